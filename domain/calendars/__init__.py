# SPDX-License-Identifier: Apache-2.0
"""Calendar feeds for other tools: who may subscribe to what, by a token that can be taken back."""
