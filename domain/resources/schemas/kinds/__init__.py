# SPDX-License-Identifier: Apache-2.0
"""One file for each second-level kind of resource."""
