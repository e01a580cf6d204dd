# SPDX-License-Identifier: Apache-2.0
"""Loading of regimes from their data files."""

from infrastructure.policy.loader import load_regime, load_regimes
from infrastructure.policy.shape import RegimeFileError

__all__ = ["RegimeFileError", "load_regime", "load_regimes"]
