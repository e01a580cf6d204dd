# SPDX-License-Identifier: Apache-2.0
"""What a person reads: results on standard output; progress, notes and failures on standard error."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import TaskID

    Step = Callable[[str, int, int], None]


WIDTH_OF_A_FILE = 160


def output() -> Console:
    """The console of standard output, made when asked for, since a test or a pipe may have replaced the stream.

    Where nobody's window sets the width, tables get room.
    """
    return Console(soft_wrap=True, width=None if sys.stdout.isatty() else WIDTH_OF_A_FILE)


def note(text: str) -> None:
    """Tell a person something that is no result."""
    Console(stderr=True, soft_wrap=True, highlight=False).print(text, markup=False)


def print_document(document: object) -> None:
    """The one JSON document of `--json`. Decimals and other exact values are written as text."""
    print(orjson.dumps(document, default=str, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode())


@contextmanager
def progress_bars() -> Iterator[Step]:
    """Bars on standard error: call what is yielded with a label, how much is done, and the whole."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True)) as bars:

        def step(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = bars.add_task(label, total=total)
            bars.update(tasks[label], completed=done, total=total)

        yield step
