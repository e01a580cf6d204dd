# SPDX-License-Identifier: Apache-2.0
"""A demonstration province for each regime, driven through the commands that users issue, on an injected clock."""
