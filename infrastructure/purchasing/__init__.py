# SPDX-License-Identifier: Apache-2.0
"""The registry as purchase reviews ask it."""
