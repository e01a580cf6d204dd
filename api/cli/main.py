# SPDX-License-Identifier: Apache-2.0
"""The commands of `tongchou` on one page."""

from __future__ import annotations

import logging
import sys
from typing import NoReturn

import typer

from api.cli import bench, channels, importing, policy, projections, report, token
from api.cli.certificate import certificate
from api.cli.console import note
from api.cli.deadlines import deadlines
from api.cli.demo import demo
from api.cli.explain import explain
from api.cli.failures import explained
from api.cli.gaps import gaps
from api.cli.migrate import migrate
from api.cli.replay import replay
from api.cli.serve import serve
from api.cli.simulate import simulate
from api.cli.verify import verify
from api.cli.worker import worker

app = typer.Typer(
    name="tongchou",
    help="Tongchou 统筹: a province shares its publicly paid scientific instruments.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
RUN = "Run the platform"
ASK = "Ask what is known, and prove it"
ENTER = "Bring in, decide, let in"
for panel, commands in {
    RUN: (demo, serve, worker, migrate, simulate),
    ASK: (explain, replay, verify, gaps, deadlines, certificate),
}.items():
    for command in commands:
        app.command(rich_help_panel=panel)(command)
for name, group, panel in (
    ("bench", bench.app, RUN),
    ("projections", projections.app, RUN),
    ("report", report.app, ASK),
    ("channels", channels.app, ASK),
    ("import", importing.app, ENTER),
    ("policy", policy.app, ENTER),
    ("token", token.app, ENTER),
):
    app.add_typer(group, name=name, rich_help_panel=panel)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command and exit: 0 done, 1 refused or failed with one sentence on standard error, 2 wrongly called."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    try:
        app(arguments)
    except Exception as error:
        sentence = explained(error)
        if sentence is None:
            raise
        note(sentence)
        sys.exit(1)
    sys.exit(0)
