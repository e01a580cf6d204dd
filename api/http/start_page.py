# SPDX-License-Identifier: Apache-2.0
"""The page at `/`: what this is, which jurisdictions it serves, and what to try. Two languages, no script."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, select_autoescape
from starlette.responses import HTMLResponse

if TYPE_CHECKING:
    from jinja2 import Template

    from infrastructure.bootstrap import Platform

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@cache
def _template() -> Template:
    environment = Environment(autoescape=select_autoescape(default=True), trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(files("api.http").joinpath("start_page.html").read_text("utf-8"))


@cache
def style() -> str:
    """The page's style sheet."""
    return files("api.http").joinpath("start_page.css").read_text("utf-8")


def start_page(platform: Platform, address: str) -> HTMLResponse:
    """The page, made anew for each reader: it is small. `address` is where they have reached us."""
    served = platform.jurisdictions.values()
    html = _template().render(
        address=address, jurisdictions=served, demonstration=any(each.demonstration for each in served)
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": POLICY, "Content-Language": "zh-CN, en"})
