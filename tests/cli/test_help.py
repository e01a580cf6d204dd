# SPDX-License-Identifier: Apache-2.0
"""Every command is there, takes the options all take, and answers `--help` without a database."""

import subprocess
import sys

import pytest

from tests.cli.conftest import Tongchou

COMMANDS = (
    "demo", "serve", "worker", "migrate", "import instruments", "import ledger", "gaps", "certificate", "deadlines",
    "simulate", "replay", "verify", "policy show", "policy check",
    "projections rebuild", "bench append", "bench reserve", "bench search", "channels check",
    "token create", "token revoke",
)  # fmt: skip
HEAVY = ("psycopg", "pydantic", "fastapi", "eventsourcing", "openpyxl", "domain", "infrastructure")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(tongchou: Tongchou, command: str) -> None:
    ran = tongchou(*command.split(), "--help")
    assert ran.code == 0
    assert "--data-dir" in ran.out
    assert "--jurisdiction" in ran.out


def test_the_whole_is_explained(tongchou: Tongchou) -> None:
    ran = tongchou("--help")
    assert ran.code == 0
    assert all(command.split()[0] in ran.out for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("verify", "--no-such-option"),
        ("replay", "not-an-id"),
        ("replay", "5f0c6a52-6c1e-5b0a-9d3e-6f3f0d9c2a11", "--at", "2026-03-01T09:00"),
        ("replay", "5f0c6a52-6c1e-5b0a-9d3e-6f3f0d9c2a11", "--at", "yesterday"),
        ("serve", "--port", "70000"),
        ("migrate", "--jurisdiction", "x", "--regime", "atlantis"),
        ("migrate", "--regime", "atlantis"),
        ("projections", "rebuild", "no_such_model"),
        ("token", "create", "--role", "emperor", "--name", "x"),
        ("token", "create", "--role", "auditor"),
        ("token", "revoke", "no-hash", "--user", "5f0c6a52-6c1e-5b0a-9d3e-6f3f0d9c2a11"),
        ("import", "instruments", "a.csv", "--unit", "U", "--defaults", "nothing"),
    ],
)
def test_a_wrong_call_is_exit_2_and_says_why(tongchou: Tongchou, arguments: tuple[str, ...]) -> None:
    ran = tongchou(*arguments)
    assert ran.code == 2
    assert ran.err
    assert "Traceback" not in ran.err


def test_help_comes_at_once_for_nothing_heavy_is_imported() -> None:
    program = f"import sys, api.cli.main; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
