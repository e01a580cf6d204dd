# SPDX-License-Identifier: Apache-2.0
"""No statement that is due is without a test, and the page says what is so."""

import re
from pathlib import Path

import pytest

from tests.conformance.catalogue import articles, named_after, rows
from tests.conformance.page import PAGE, page

SOURCE = Path(__file__).parents[3] / "shared" / "regulations" / "05-conformance.md"
SOURCE_ROW = re.compile(r"\| ((?:JS|CQ)-\w+\.\d+) \| (.*?) \| (.*?) \| (.*?) \| (.*?) \|$", re.MULTILINE)
IN_THIS_ROOM = "conformance/"


@pytest.mark.parametrize("name", [row.id for row in rows().values() if row.due])
def test_a_statement_that_is_due_has_a_test_of_both_sides(name: str) -> None:
    assert [test for test in named_after().get(name, []) if test.startswith(IN_THIS_ROOM)]


def test_every_test_is_named_after_a_statement_that_exists() -> None:
    assert set(named_after()) <= set(rows())


def test_every_statement_belongs_to_an_article() -> None:
    named = {name for statements in articles().values() if isinstance(statements, list) for name in statements}
    assert named == set(rows())


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.conformance.page"


@pytest.mark.skipif(not SOURCE.exists(), reason="the catalogue's source is not beside this folder")
def test_the_catalogue_says_what_its_source_says() -> None:
    source = {found[0]: found[1:] for found in SOURCE_ROW.findall(SOURCE.read_text(encoding="utf-8"))}
    assert {row.id: (row.statement, row.boundary, row.words, row.basis) for row in rows().values()} == source
