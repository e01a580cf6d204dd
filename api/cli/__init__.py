# SPDX-License-Identifier: Apache-2.0
"""The `tongchou` command: one file for each of its commands, which import what they need only when they run."""
