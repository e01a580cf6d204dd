# SPDX-License-Identifier: Apache-2.0
"""The two regulations as dated data with citations, and what every room asks of them."""

from domain.policy.edition import Edition, Regime
from domain.policy.parameter import Decision, Limits, Parameter

__all__ = ["Decision", "Edition", "Limits", "Parameter", "Regime"]
