# SPDX-License-Identifier: Apache-2.0
"""Every day on which something falls due, whatever room it belongs to: one file for each room that has such days."""
