# SPDX-License-Identifier: Apache-2.0
"""Throughput beside the bare limit: the same insert through the bare driver, in the same run, on the same server."""
