# SPDX-License-Identifier: Apache-2.0
"""Commands run in this process, on a database of two empty jurisdictions."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.cli.main import main
from infrastructure.migrate import migrate
from infrastructure.policy.loader import load_regimes

HOMES = ("cli_first", "cli_second")


@dataclass(frozen=True)
class Ran:
    """What a command left: exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - whatever was printed
        return json.loads(self.out)


Tongchou = Callable[..., Ran]


@pytest.fixture
def tongchou(capsys: pytest.CaptureFixture[str]) -> Tongchou:
    """Runs a command line."""

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        streams = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Ran(left.value.code, streams.out, streams.err)

    return run


@pytest.fixture(scope="session")
def cli_database(worker_database: str) -> str:
    """The worker's database with two jurisdictions of this folder's tests."""
    for name, regime in zip(HOMES, sorted(load_regimes()), strict=True):
        migrate(worker_database, name, regime)
    return worker_database


@pytest.fixture
def home(cli_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A jurisdiction that commands find through the environment."""
    monkeypatch.setenv("TONGCHOU_DATABASE_URL", cli_database)
    monkeypatch.setenv("TONGCHOU_DATA_DIR", str(tmp_path))
    return HOMES[0]
