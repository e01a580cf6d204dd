# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of governance."""

from api.http.addresses.row import Row

TABLE: tuple[Row, ...] = ()
