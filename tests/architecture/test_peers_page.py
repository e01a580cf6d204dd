# SPDX-License-Identifier: Apache-2.0
"""The page that compares us with others says nothing that no test or command proves, and leaves no row out."""

import re
from pathlib import Path

import pytest
import typer

from api.cli.main import app
from tests.peers.catalogue import COMMAND, Row, peers, proving
from tests.peers.page import PAGE, page

SOURCE = Path(__file__).parents[3] / "shared" / "design" / "peers.md"
COLUMNS = ("subject", "nemo", "libre", "ilab", "chinese", "must")
DUE_LATER = {"no", "not yet"}
BESIDE = pytest.mark.skipif(not SOURCE.exists(), reason="the source is not beside this folder")


def commands() -> set[str]:
    """Every command there is, those of groups with the group before them."""
    known = typer.main.get_command(app)
    found = set()
    for name, command in known.commands.items():  # type: ignore[attr-defined]
        found.add(name)
        found |= {f"{name} {inner}" for inner in getattr(command, "commands", {})}
    return found


@pytest.mark.parametrize("row", peers().rows, ids=lambda row: row.subject[:60])
def test_every_row_is_proved_by_tests_or_a_command_that_exist(row: Row) -> None:
    assert row.proof or row.ours in DUE_LATER, "a claim without proof"
    for proof in row.proof:
        if proof.startswith(COMMAND):
            words = proof.removeprefix(COMMAND).split()
            assert {words[0], " ".join(words[:2])} & commands(), proof
        else:
            assert proving(proof), f"{proof}: no such test"


@pytest.mark.parametrize("row", peers().rows, ids=lambda row: row.subject[:60])
def test_whatever_is_no_plain_yes_says_what_is_missing(row: Row) -> None:
    assert bool(row.missing) == (row.ours != "yes")


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.peers"


@BESIDE
def test_no_row_of_the_source_is_left_out_or_told_otherwise() -> None:
    lines = [line for line in SOURCE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    stated = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines[1:]]
    ours = [tuple(getattr(row, column) for column in COLUMNS) for row in peers().capability]
    assert ours == stated


@BESIDE
def test_every_complaint_and_defect_of_the_source_has_a_row() -> None:
    """Complaints are told by their numbers, defects by the words in which the source tells them."""
    text = SOURCE.read_text(encoding="utf-8")
    complaints = text.partition("complain about most\n")[2].partition("## ")[0]
    numbers = set(re.findall(r"#\d+", complaints))
    told = " ".join(row.subject for row in peers().complaint)
    assert numbers <= set(re.findall(r"#\d+", told))
    defects = text.partition("Defects seen in the field")[2].partition("## ")[0].partition("\n")[2]
    normal = re.sub(r"\s+", " ", defects.replace("\n- ", " ").lstrip("- "))
    for row in peers().defect:
        assert row.subject in normal, row.subject
    rest = normal
    for row in peers().defect:
        rest = rest.replace(row.subject, "")
    assert rest.strip() == ""
