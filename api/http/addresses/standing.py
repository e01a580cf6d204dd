# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of a user's standing with a unit."""

from api.http.addresses.row import DONE, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/standing/{user}/tags", "GiveTag", DONE),
    ("POST", "/standing/{user}/tags/{tag}/removal", "TakeTag", DONE),
)
