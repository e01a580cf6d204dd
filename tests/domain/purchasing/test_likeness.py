# SPDX-License-Identifier: Apache-2.0
from typing import Any
from uuid import UUID

import pytest

from domain.purchasing.facilities import Facility, Search, Sought
from domain.purchasing.likeness import model_key, rank, similarity_percent

UNIT = UUID(int=11)
SEARCH = Search((Sought("场发射扫描电子显微镜", "010102", "Regulus 8100"),), UNIT, "南京市", "栖霞区")


def facility(number: int, **changes: Any) -> Facility:  # noqa: ANN401 - any field
    stated: dict[str, Any] = {
        "resource": UUID(int=number),
        "unit": UUID(int=number + 100),
        "names": ("离心机",),
        "model": "",
        "class_code": "020202",
        "city": "苏州市",
        "district": "",
        "original_value_fen": 1,
    }
    return Facility(**stated | changes)


def test_the_class_or_the_model_makes_a_candidate_and_a_name_alone_does_not() -> None:
    named = facility(1, names=("场发射扫描电子显微镜",))
    same_class = facility(2, class_code="010102")
    same_model = facility(3, model="REGULUS-8100")
    found = rank(SEARCH, [named, same_class, same_model, facility(4)])
    assert [(item.resource.int, item.points) for item in found] == [(2, 40), (3, 30)]


def test_every_point_has_its_reason() -> None:
    same = facility(
        1,
        class_code="010102",
        model="Regulus8100",
        names=("扫描电镜", "场发射扫描电子显微镜"),
        city="南京",
        district="栖霞区",
    )
    [found] = rank(SEARCH, [same])
    reasons = [(reason.code, reason.points) for reason in found.reasons]
    assert reasons == [("same_class", 40), ("same_model", 30), ("similar_name", 20), ("same_district", 8)]
    assert found.points == sum(points for _, points in reasons)


@pytest.mark.parametrize(
    ("changes", "nearness"),
    [
        ({"unit": UNIT}, "same_unit"),
        ({"city": "南京"}, "same_city"),
        ({"city": "南京", "district": "栖霞区"}, "same_district"),
        ({"city": "苏州", "district": "栖霞区"}, "same_jurisdiction"),
    ],
)
def test_how_near_it_is(changes: dict[str, Any], nearness: str) -> None:
    [found] = rank(SEARCH, [facility(1, class_code="010102", **changes)])
    assert found.nearness == nearness


def test_models_and_names_are_compared_by_what_matters() -> None:
    assert model_key("Ｒegulus－8100 ") == model_key("REGULUS 8100")
    assert similarity_percent("扫描电镜", "扫描电镜") == 100
    assert similarity_percent("扫描电子显微镜", "扫描电镜") == 44
    assert similarity_percent("镜", "镜") == similarity_percent("", "镜") == 0


def test_a_facility_stands_once_beside_the_item_it_resembles_most() -> None:
    two = Search((Sought("离心机", "020202"), Sought("扫描电镜", "010102", "S-1")), UNIT)
    [found] = rank(two, [facility(1, class_code="010102", model="S1")])
    assert found.item == 1
