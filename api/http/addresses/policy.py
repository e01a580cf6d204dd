# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of policy."""

from api.http.addresses.row import Row

TABLE: tuple[Row, ...] = ()
