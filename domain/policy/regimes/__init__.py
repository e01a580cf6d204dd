# SPDX-License-Identifier: Apache-2.0
"""The editions of the regulations as data, one file each; `infrastructure.policy` reads them."""
