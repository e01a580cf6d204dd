# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of purchasing."""

from api.http.addresses.row import Row

TABLE: tuple[Row, ...] = ()
