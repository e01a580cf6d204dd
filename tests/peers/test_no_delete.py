# SPDX-License-Identifier: Apache-2.0
"""Peers delete through their interface without a trace. Ours has no way to; the tables' rights are proved beside it."""

from typing import Any

from fastapi import FastAPI


def test_no_address_of_the_API_deletes(app: FastAPI) -> None:
    """Of all that is served, described or not."""
    routes: list[Any] = list(app.router.routes)
    methods = {method for route in routes for method in route.methods}
    assert methods == {"GET", "HEAD", "PATCH", "POST", "PUT"}
