# SPDX-License-Identifier: Apache-2.0
"""A time that is said to be free can be had; one that is taken is not offered again."""

from typing import Any

import pytest

from tests.api.desk import Desk, Province, publish_instrument, wish

JIANGSU = {"jurisdiction": "jiangsu"}


def first(desk: Desk, **query: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any parameter
    answer = desk.read("/first-free", **JIANGSU, **query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_what_is_free_first_can_be_reserved_and_is_then_taken(desk: Desk, province: Province) -> None:
    [offered] = first(desk, q="扫描电镜", minutes=120)
    [slot] = offered["slots"]
    made = desk.send("/reservations", wish(province, span=slot), desk.customer(province))
    assert made.status_code == 201, made.text
    desk.project()
    [later] = first(desk, q="扫描电镜", minutes=120)
    assert later["slots"][0]["start"] >= slot["end"]


def test_every_slot_offered_can_be_reserved_one_after_the_other(desk: Desk, province: Province) -> None:
    [offered] = first(desk, instruments=str(province.instrument), slots=6)
    assert len(offered["slots"]) == 6
    for slot in offered["slots"]:
        made = desk.send("/reservations", wish(province, span=slot), desk.customer(province))
        assert made.status_code == 201, made.text


def test_a_search_keeps_to_what_is_free_and_counts_it(desk: Desk, province: Province) -> None:
    publish_instrument(desk, province.unit, "JS-U01-2")
    desk.project()
    found = desk.read("/instruments", **JIANGSU, free_within_days=7, free_facet="true").json()
    assert found["total"] == 2
    assert [(each["value"], each["count"]) for each in found["facets"]["free"]] == [("7", 2), ("14", 2), ("30", 2)]
    assert found["facets"]["unit"][0]["count"] == 2
    nothing = desk.read("/instruments", **JIANGSU, free_within_days=7, minutes=44_640).json()
    assert (nothing["total"], nothing["items"]) == (0, [])


def test_an_exempt_instrument_leaves_search_facets_and_free_times_at_once(desk: Desk, province: Province) -> None:
    assert desk.read("/instruments", **JIANGSU, q="电镜").json()["total"] == 1
    body = {"ground": "secrecy", "reason": "涉密", "review_on": "2027-01-01"}
    path = f"/instruments/{province.instrument}/exemption"
    assert desk.send(path, body, desk.manager(province)).status_code == 200
    desk.project()
    found = desk.read("/instruments", **JIANGSU, q="电镜").json()
    everything = desk.read("/instruments", **JIANGSU).json()
    for each in (found, everything):
        assert (each["items"], each["total"]) == ([], 0)
        assert not any(each["facets"].values())
    assert first(desk, q="电镜") == first(desk, instruments=str(province.instrument)) == []
    assert desk.read(f"/instruments/{province.instrument}", **JIANGSU).status_code == 404


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("minutes=0", "minutes"),
        ("days=93", "days"),
        ("instruments=x", "instruments"),
        ("slots=11", "slots"),
        ("from=yesterday", "from"),
        ("user_kind=king", "user_kind"),
        ("sort=colour", "sort"),
    ],
)
def test_a_wrong_question_is_named(desk: Desk, query: str, field: str) -> None:
    answer = desk.client.get(f"/api/v1/first-free?jurisdiction=jiangsu&{query}")
    assert (answer.status_code, answer.json()["violations"][0]["field"]) == (422, field), answer.text
