# SPDX-License-Identifier: Apache-2.0
"""Figures of published reports, from the read models and from the log alone."""
