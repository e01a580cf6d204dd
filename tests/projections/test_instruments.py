# SPDX-License-Identifier: Apache-2.0
"""The catalogue: what is shown of a resource, to whom, and how it is found."""

from datetime import date
from typing import Any

import pytest

from domain.kernel.event import Event
from domain.resources.events import (
    ExemptionClaimed,
    ExemptionRefused,
    ResourceDataAccepted,
    ResourceDataSubmitted,
    ResourceReassigned,
    ResourceSuspended,
    ResourceUpdated,
    ResourceWithdrawn,
    SubmissionCertificateIssued,
    TariffPublished,
)
from domain.resources.values import FeeLine
from projections.instrument_index import INDEX
from projections.instrument_search import Found, Search, search
from projections.instruments import INSTRUMENTS, MODEL, in_force, instrument, is_public, outside_price
from projections.paging import InvalidPageToken
from tests.projections.conftest import Stage
from tests.projections.examples import PUBLISHED, SEM, UNIT, opening, registered
from tests.projections.memory_rows import History, ident
from tests.projections.test_parties import UNIT_REGISTERED

CLAIMED = ExemptionClaimed(ground="state_secret", reason="r", review_on=date(2027, 1, 1))


def fee(user_kind: str, kind: str, unit: Any, price_fen: int) -> FeeLine:  # noqa: ANN401 - a unit of measure
    return FeeLine(user_kind=user_kind, kind=kind, unit=unit, price_fen=price_fen)


def tariff(version: int, day: date, price_fen: int) -> TariffPublished:
    lines = (
        fee("internal", "machine_time", "hour", 1),
        fee("enterprise", "machine_time", "hour", price_fen),
        fee("enterprise", "labour", "hour", 100),
        fee("university", "machine_time", "hour", price_fen + 500),
        fee("enterprise", "start_up", "use", 5),
    )
    return TariffPublished(tariff_version=version, effective_from=day, lines=lines, cost_sheet_version=None)


def states(*events: Event) -> str:
    return str(History(MODEL).add(SEM, registered(), *events).row(INSTRUMENTS, SEM)["state"])


def test_states_follow_the_lifecycle() -> None:
    submitted = ResourceDataSubmitted(schema_name="s", data_digest="d")
    certified = (submitted, ResourceDataAccepted(standard="s"), SubmissionCertificateIssued(number="C-1"))
    assert states() == "draft"
    assert states(*certified) == "certified"
    assert states(*certified, PUBLISHED, SubmissionCertificateIssued(number="C-2")) == "published"
    assert states(PUBLISHED, CLAIMED) == "exempt_claimed"
    assert states(PUBLISHED, CLAIMED, ExemptionRefused(reason="r")) == "draft"


def test_a_reassigned_resource_waits_for_its_new_unit() -> None:
    moved = ResourceReassigned(
        to_unit=ident("new"),
        to_legal_person=ident("other"),
        from_unit=UNIT,
        asset_number="B-9",
        decision_reference="d",
        reason="r",
    )
    row = History(MODEL).add(SEM, registered(), PUBLISHED, moved).row(INSTRUMENTS, SEM)
    assert (row["state"], row["unit"], row["asset_number"], row["version"]) == (
        "suspended",
        ident("new"),
        "B-9",
        3,
    )
    assert states(ResourceDataSubmitted(schema_name="s", data_digest="d"), moved) == "draft"


def test_the_tariff_in_force_is_chosen_by_the_day() -> None:
    history = History(MODEL).add(
        SEM, registered(), tariff(1, date(2026, 1, 1), 32_000), tariff(2, date(2026, 4, 1), 40_000)
    )
    row = history.row(INSTRUMENTS, SEM)
    versions = [in_force(row["tariffs"], day) for day in (date(2025, 12, 31), date(2026, 3, 31), date(2026, 4, 1))]
    assert [version and version["tariff_version"] for version in versions] == [None, 1, 2]
    assert (row["price_fen"], row["price_per"]) == (40_100, "hour")


def test_a_price_by_the_sample_stands_in_where_none_is_by_the_hour() -> None:
    assert outside_price((fee("enterprise", "test", "sample", 900), fee("internal", "test", "hour", 1))) == (
        900,
        "sample",
    )
    assert outside_price((fee("internal", "test", "hour", 1),)) == (None, None)


def test_an_update_renews_what_search_finds() -> None:
    day = date(2025, 1, 1)
    update = ResourceUpdated(reason="r", name_zh="核磁共振波谱仪", name_en="NMR", class_code="010601", acquired_on=day)
    history = History(MODEL).add(SEM, registered(), update)
    assert "核磁" in history.row(INDEX, SEM)["grams"]
    assert "电镜" not in history.row(INDEX, SEM)["grams"]
    assert history.row(INSTRUMENTS, SEM)["acquired_on"] == day


@pytest.fixture
def catalogue(stage: Stage) -> Any:  # noqa: ANN401 - a cursor
    history = History(MODEL).add(UNIT, UNIT_REGISTERED)
    named = [
        ("tem", "场发射透射电子显微镜", "010101", "南京市"),
        ("nmr", "核磁共振波谱仪", "010601", "苏州市"),
        ("secret", "冷冻电镜", "010101", "南京市"),
    ]
    history.add(SEM, registered(), opening(date(2026, 1, 1)), tariff(1, date(2026, 1, 1), 32_000), PUBLISHED)
    for number, (key, name, code, city) in enumerate(named, start=2):
        particulars = registered(name_zh=name, name_en="", class_code=code, city=city, asset_number=f"A-{number}")
        history.add(ident(key), particulars, tariff(1, date(2026, 1, 1), 10_000 * number), PUBLISHED)
    history.add(ident("secret"), CLAIMED)
    history.add(ident("draft"), registered(name_zh="拉曼光谱仪", class_code="010410"))
    return stage.show(history)


def names(found: Found) -> list[str]:
    return [row["name_zh"] for row in found.rows]


def test_search_finds_by_alias_initials_and_class(catalogue: Any) -> None:  # noqa: ANN401
    assert names(search(catalogue, Search("电镜"))) == ["场发射扫描电子显微镜", "场发射透射电子显微镜"]
    assert names(search(catalogue, Search("SEM"))) == ["场发射扫描电子显微镜"]
    assert names(search(catalogue, Search("hcgz"))) == ["核磁共振波谱仪"]
    assert names(search(catalogue, Search("场发射 透射"))) == ["场发射透射电子显微镜"]
    assert names(search(catalogue, Search(class_prefix="0106"))) == ["核磁共振波谱仪"]
    assert names(search(catalogue, Search("hecigongzhen"))) == ["核磁共振波谱仪"]
    assert names(search(catalogue, Search("不存在"))) == []


def test_words_of_the_units_name_count_too(stage: Stage) -> None:
    history = History(MODEL).add(UNIT, UNIT_REGISTERED.model_copy(update={"name_zh": "涂山大学测试中心"}))
    history.add(ident("sem"), registered(), PUBLISHED)
    cursor = stage.show(history)
    assert names(search(cursor, Search("涂山 显微镜"))) == names(search(cursor, Search("tushan SEM"))) != []
    assert names(search(cursor, Search("涂山 透射"))) == []


def test_exempt_and_unpublished_resources_are_hidden_from_the_public(catalogue: Any) -> None:  # noqa: ANN401
    everybody = search(catalogue, Search())
    assert (everybody.total, everybody.more) == (3, False)
    assert "冷冻电镜" not in names(everybody)
    assert names(search(catalogue, Search(state="exempt_claimed"))) == []
    own = search(catalogue, Search(own_unit=UNIT))
    assert own.total == 5
    row = instrument(catalogue, ident("secret"))
    assert row is not None
    assert not is_public(row)


def test_facets_count_what_was_found(catalogue: Any) -> None:  # noqa: ANN401
    facets = search(catalogue, Search(city="南京市")).facets
    assert [(facet.value, facet.name_zh, facet.count) for facet in facets["unit"]] == [(str(UNIT), "分析测试中心", 2)]
    assert [(facet.value, facet.name_zh, facet.count) for facet in facets["class"]] == [("01", "分析仪器", 2)]
    deeper = search(catalogue, Search(class_prefix="01")).facets
    assert [(facet.value, facet.count) for facet in deeper["class"]] == [("0101", 2), ("0106", 1)]
    assert [(facet.value, facet.count) for facet in deeper["city"]] == [("南京市", 2), ("苏州市", 1)]


def test_prices_bound_a_search(catalogue: Any) -> None:  # noqa: ANN401
    found = search(catalogue, Search(lowest_price_fen=20_100, highest_price_fen=30_100))
    assert names(found) == ["场发射透射电子显微镜", "核磁共振波谱仪"]


def test_pages_follow_pinyin_without_gap_or_repetition(catalogue: Any) -> None:  # noqa: ANN401
    first = search(catalogue, Search(), limit=2)
    second = search(catalogue, Search(), limit=2, after=first.next)
    assert names(first) == ["场发射扫描电子显微镜", "场发射透射电子显微镜"]
    assert (names(second), second.next) == (["核磁共振波谱仪"], None)
    assert first.rows[0]["unit_name_zh"] == "分析测试中心"
    assert "grams" not in first.rows[0]


@pytest.mark.parametrize("token", ["", "%", "bm9wZQ==", "WzFd", "WyJ4IiwgIngiXQ=="])
def test_a_page_token_from_elsewhere_is_refused(catalogue: Any, token: str) -> None:  # noqa: ANN401
    with pytest.raises(InvalidPageToken):
        search(catalogue, Search(), after=token)


def test_a_withdrawn_or_suspended_resource() -> None:
    suspended = ResourceSuspended(ground="fault", reason="broken", open_reservations=())
    row = History(MODEL).add(SEM, registered(), PUBLISHED, suspended).row(INSTRUMENTS, SEM)
    assert is_public(row)
    assert row["suspension"] == {"ground": "fault", "reason": "broken"}
    assert states(PUBLISHED, ResourceWithdrawn(ground="sold", reason="r")) == "withdrawn"
