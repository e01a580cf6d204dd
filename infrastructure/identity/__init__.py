# SPDX-License-Identifier: Apache-2.0
"""Clock, ids, tokens and the keys of personal data."""
