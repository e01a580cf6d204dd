# SPDX-License-Identifier: Apache-2.0
"""The catalogue: what is shown of a resource, to whom, and how it is found."""

from datetime import date
from random import Random
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
from projections.instrument_index import INDEX, band_of
from projections.instrument_search import Found, Search, search
from projections.instrument_tables import INSTRUMENTS
from projections.instrument_terms import outside_price
from projections.instruments import MODEL, in_force, instrument, is_public
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


@pytest.mark.parametrize("place", ["南京", "南京市", "玄武", "nanjing", "NJ", "xuanwu", "njs"])
def test_places_are_words_in_chinese_and_pinyin(stage: Stage, place: str) -> None:
    history = History(MODEL)
    for key, city, district in (("here", "南京市", "玄武区"), ("there", "苏州市", "姑苏区"), ("nowhere", "", "")):
        given = registered(name_zh="场发射扫描电子显微镜", asset_number=key, city=city, district=district)
        history.add(ident(key), given, PUBLISHED)
    nmr = registered(
        name_zh="核磁共振波谱仪", name_en="", class_code="", asset_number="n", city="南京市", district="玄武区"
    )
    history.add(ident("nmr"), nmr, PUBLISHED)
    cursor = stage.show(history)
    assert [row["id"] for row in search(cursor, Search(f"电镜 {place}")).rows] == [ident("here")]
    assert search(cursor, Search(f"{place} SEM")).total == 1
    assert search(cursor, Search(place)).total == 2


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


def test_counts_ahead_are_what_counting_finds_whatever_happened(stage: Stage) -> None:
    chance, history = Random(1), History(MODEL).add(UNIT, UNIT_REGISTERED)
    happened: list[Event] = [
        PUBLISHED,
        CLAIMED,
        ExemptionRefused(reason="r"),
        ResourceSuspended(ground="fault", reason="r", open_reservations=()),
        ResourceWithdrawn(ground="sold", reason="r"),
        tariff(1, date(2026, 1, 1), 20_000),
        tariff(2, date(2026, 1, 1), 400_000),
        ResourceUpdated(reason="r", class_code="010601"),
        ResourceUpdated(reason="r", class_code=""),
    ]
    for number in range(40):
        code, city = chance.choice(["010102", "020304", "0101", ""]), chance.choice(["南京市", "苏州市"])
        particulars = registered(asset_number=f"A-{number}", class_code=code, city=city, duty_free=number % 3 == 0)
        history.add(ident(f"r{number}"), particulars, PUBLISHED, *chance.sample(happened, k=chance.randrange(5)))
    cursor = stage.show(history)
    for scope in ("", "01", "0101", "010102"):
        ahead = search(cursor, Search(class_prefix=scope))
        counted = search(cursor, Search(class_prefix=scope, own_unit=ident("nobody")))
        assert (ahead.total, ahead.facets) == (counted.total, counted.facets)
        assert sum(facet.count for facet in ahead.facets["price_band"]) == ahead.total > 0


def test_relevance_puts_names_before_aliases(stage: Stage) -> None:
    history = History(MODEL)
    for number, (name, model) in enumerate(
        [("质谱", "X-1"), ("高分辨质谱仪", "X-2"), ("质谱仪", "X-3"), ("ICP-MS", "X-4"), ("核磁", "质谱")]
    ):
        given = registered(name_zh=name, name_en="", model=model, class_code="", asset_number=f"A-{number}")
        history.add(ident(name), given, PUBLISHED)
    cursor = stage.show(history)
    assert names(search(cursor, Search("质谱"))) == ["核磁", "质谱", "质谱仪", "高分辨质谱仪", "ICP-MS"]
    first = search(cursor, Search("质谱"), limit=3)
    assert names(search(cursor, Search("质谱"), limit=3, after=first.next)) == ["高分辨质谱仪", "ICP-MS"]
    assert names(search(cursor, Search("质谱", sort="name")))[0] == "高分辨质谱仪"


def test_by_price_what_has_none_comes_last(catalogue: Any) -> None:  # noqa: ANN401
    found = search(catalogue, Search(sort="price", own_unit=UNIT))
    assert [row["price_fen"] for row in found.rows] == [20_100, 30_100, 32_100, 40_100, None]


@pytest.mark.parametrize("sort", ["name", "price", "relevance"])
def test_any_order_can_be_paged_through(catalogue: Any, sort: Any) -> None:  # noqa: ANN401
    wanted, after = Search(sort=sort, own_unit=UNIT), None
    seen: list[str] = []
    while True:
        page = search(catalogue, wanted, limit=2, after=after)
        seen += names(page)
        after = page.next
        if after is None:
            break
    assert seen == names(search(catalogue, wanted))
    assert len(seen) == 5


def test_facets_are_left_out_on_request(catalogue: Any) -> None:  # noqa: ANN401
    for wanted in (Search(), Search("发")):
        found = search(catalogue, wanted, facets=False)
        assert (found.total, found.facets) == (search(catalogue, wanted).total, {})


@pytest.mark.parametrize(
    ("fen", "band"),
    [(None, ""), (0, "0-10000"), (9_999, "0-10000"), (10_000, "10000-30000"), (299_999, "100000-300000")],
)
def test_price_bands_begin_where_they_say(fen: int | None, band: str) -> None:
    assert band_of(fen) == band
    assert band_of(300_000) == "300000-"


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (None, "未公布价格", "no price published"),
        (10_000, "100.00 元至不满 300.00 元", "¥100.00 to below ¥300.00"),
        (400_000, "3,000.00 元起", "¥3,000.00 or more"),
    ],
)
def test_a_price_band_has_a_name_in_yuan(fen: int | None, zh: str, en: str, stage: Stage) -> None:
    priced = [] if fen is None else [tariff(1, date(2026, 1, 1), fen)]
    found = search(stage.show(History(MODEL).add(ident("r"), registered(), PUBLISHED, *priced)), Search())
    (band,), (answer,) = found.facets["price_band"], found.facets["duty_free"]
    assert (band.name_zh, band.name_en) == (zh, en)
    assert (answer.value, answer.name_zh, answer.name_en) == ("false", "否", "no")
