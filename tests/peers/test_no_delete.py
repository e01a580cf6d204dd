# SPDX-License-Identifier: Apache-2.0
"""Peers delete through their interface without a trace. Ours has no way to; the tables' rights are proved beside it."""

from fastapi import FastAPI


def test_no_address_of_the_API_deletes(app: FastAPI) -> None:
    methods = {method for path in app.openapi()["paths"].values() for method in path}
    assert "post" in methods
    assert "delete" not in methods
