# SPDX-License-Identifier: Apache-2.0
"""Loading of regimes from their data files."""
