# SPDX-License-Identifier: Apache-2.0
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.contracts import output
from domain.contracts.identifiers import doi, isbn, patent
from domain.contracts.output import OUTPUT, Origin
from domain.contracts.output_events import OutputWithdrawn
from tests.domain.contracts.samples import CONTRACT_ID, CUSTOMER, PROVIDER, UNIT, USER
from tests.domain.editions import JIANGSU
from tests.domain.given import given

TODAY = date(2026, 9, 1)
ORIGIN = Origin(UNIT, PROVIDER, CUSTOMER, USER, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("read", "text", "written"),
    [
        (doi, "10.1000/182", "10.1000/182"),
        (doi, "https://doi.org/10.1038/S41586-020-2649-2", "10.1038/s41586-020-2649-2"),
        (doi, "doi: 10.1000/182", "10.1000/182"),
        (doi, "10.100/182", None),
        (doi, "11.1000/182", None),
        (doi, "10.1000/", None),
        (doi, "10.1000/a b", None),
        (isbn, "978-0-306-40615-7", "9780306406157"),
        (isbn, "978-0-306-40615-8", None),
        (isbn, "0-306-40615-2", "9780306406157"),
        (isbn, "0-8044-2957-X", "9780804429573"),
        (isbn, "0-306-40615-3", None),
        (isbn, "977-0-306-40615-7", None),
        (isbn, "978030640615", None),
        (patent, "CN200310102344.5", "CN200310102344.5"),
        (patent, "CN200310102344.4", None),
        (patent, "ZL 2003 1 0102344.5", "CN200310102344.5"),
        (patent, "CN112345678A", "CN112345678A"),
        (patent, "CN12345A", None),
        (patent, "US11000000B2", "US11000000B2"),
        (patent, "PCT/CN2025/123456", "PCT/CN2025/123456"),
        (patent, "专利1号", None),
    ],
)
def test_identifiers_are_checked_and_written_in_one_way(read: Any, text: str, written: str | None) -> None:  # noqa: ANN401
    assert read(text) == written


def recording(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    facts: dict[str, Any] = {
        "kind": "paper",
        "title": "论文",
        "identifier": "10.1000/182",
        "published_on": date(2026, 8, 1),
        "acknowledged": True,
        "wording": "使用了共享平台资源",
        "proof_sha256": None,
        "contract": CONTRACT_ID,
        "reservations": (),
        "origins": [ORIGIN],
        "today": TODAY,
        "edition": JIANGSU,
    }
    return {**facts, **changes}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({}, None),
        ({"origins": []}, "contracts.output_of_nothing"),
        (
            {"origins": [ORIGIN, Origin(UNIT, PROVIDER, UUID(int=88), USER, date(2026, 3, 1))]},
            "contracts.output_of_several_parties",
        ),
        ({"identifier": "10.1/x"}, "contracts.identifier_malformed"),
        ({"kind": "monograph"}, "contracts.identifier_malformed"),
        ({"published_on": TODAY}, None),
        ({"published_on": date(2026, 9, 2)}, "contracts.output_in_future"),
        ({"published_on": date(2026, 3, 1)}, None),
        ({"published_on": date(2026, 2, 28)}, "contracts.output_older_than_use"),
        ({"origins": [Origin(UNIT, PROVIDER, CUSTOMER, USER, None)]}, "contracts.output_before_use"),
        ({"acknowledged": False}, "contracts.wording_without_acknowledgement"),
        ({"acknowledged": False, "wording": ""}, None),
    ],
)
def test_what_may_be_recorded(changes: dict[str, Any], broken: str | None) -> None:
    outcome = given(OUTPUT).when(output.record, **recording(**changes))
    if broken:
        outcome.then_refused(broken)
    else:
        assert outcome.refused is None


def test_a_mistake_is_taken_back_once() -> None:
    recorded = output.record(**recording())[0]
    gone = OutputWithdrawn(unit=UNIT, identifier="10.1000/182", reason="误填")
    given(OUTPUT, recorded).when(output.withdraw, reason="误填").then(gone)
    given(OUTPUT, recorded, gone).when(output.withdraw, reason="误填").then_refused("contracts.output_withdrawn")
