# SPDX-License-Identifier: Apache-2.0
"""The rules that keep the way from one machine to a nation open, each with what would break it."""
