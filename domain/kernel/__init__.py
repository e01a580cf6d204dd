# SPDX-License-Identifier: Apache-2.0
"""Words that every room speaks: events, folds, money, spans of time, claims, errors with citations."""
