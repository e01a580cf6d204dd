# SPDX-License-Identifier: Apache-2.0
"""Looking whether published pages can be reached. Nothing here happens unless a person asks for it."""
