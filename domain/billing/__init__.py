# SPDX-License-Identifier: Apache-2.0
"""From delivered service to settled income (lifecycle 6.5)."""
