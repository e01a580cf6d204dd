# SPDX-License-Identifier: Apache-2.0
"""Which districts count as the jurisdiction's own, and which of them have a carrier."""

from datetime import date
from typing import Any

import pytest

from domain.network.events import SiteClosed, SiteOpened
from domain.parties.events import LegalPersonRegistered, UnitRegistered
from projections.sites import MODEL, coverage, hosts
from tests.projections.conftest import Stage
from tests.projections.memory_rows import History, ident

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
SITE, HOST = ident("site"), ident("host")


def at(kind: type[Any], city: str, district: str, **stated: Any) -> Any:  # noqa: ANN401 - any event that names a place
    return kind.model_construct(city=city, district=district, **stated)


def places() -> History:
    opened = SiteOpened(
        kind="regional_site",
        host_kind="district",
        host=HOST,
        name_zh="站点",
        city="南京",
        district="玄武区",
        services=("资源对接",),
        opened_on=MARCH,
    )
    log = History(MODEL).add(SITE, opened, SiteClosed(reason="r", closed_on=APRIL))
    for number, (city, district) in enumerate(
        (("徐州市", "云龙区"), ("北京市", "西城区"), ("南京", "玄武区"), ("南京市", ""))
    ):
        log.add(ident(f"person {number}"), at(LegalPersonRegistered, city, district))
    return log.add(ident("unit"), at(UnitRegistered, "连云港市", "连云区"))


@pytest.mark.parametrize(
    ("cities", "districts"),
    [
        (("南京市", "徐州市", "连云港市"), ["玄武区", "云龙区", "连云区"]),
        (("南京",), ["玄武区"]),
        (("重庆市",), []),
        (None, ["西城区", "玄武区", "云龙区", "连云区"]),
    ],
)
def test_a_district_of_another_province_is_not_one_without_a_carrier(
    stage: Stage, cities: tuple[str, ...] | None, districts: list[str]
) -> None:
    rows, _ = coverage(stage.show(places()), MARCH, cities)
    assert [row["district"] for row in rows] == districts
    assert [row["district"] for row in rows if row["covered"]] == [each for each in districts if each == "玄武区"]


def test_a_carrier_covers_its_district_while_it_serves(stage: Stage) -> None:
    cursor = stage.show(places())
    for day, covered in ((MARCH, [True]), (APRIL, [False])):
        assert [row["covered"] for row in coverage(cursor, day, ["南京市"])[0]] == covered
    assert hosts(cursor, [SITE, HOST]) == {SITE: HOST}
