# SPDX-License-Identifier: Apache-2.0
"""The two regulations as dated data with citations, and what every room asks of them."""

from domain.policy.edition import Edition, Parameter, Regime

__all__ = ["Edition", "Parameter", "Regime"]
