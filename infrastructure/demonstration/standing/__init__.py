# SPDX-License-Identifier: Apache-2.0
"""Where registry, documents, purchases and network stand when the demonstration ends."""
