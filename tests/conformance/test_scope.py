# SPDX-License-Identifier: Apache-2.0
"""Whom the regulations bind and whom they serve: units by kind (JS 3, 32; CQ 3), users by kind (JS 14, CQ 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.kernel.errors import DomainError
from domain.parties import unit as units
from domain.reservations.admission import admit
from tests.conformance.editions import chongqing, jiangsu
from tests.domain.parties.examples import unit
from tests.domain.reservations.samples import ASKER, NOW, OFFER, WISH

if TYPE_CHECKING:
    from domain.policy import Edition

MADE_UP = "made_up"


def refused_for_its_kind(edition: Edition, kind: str, mode: str) -> tuple[str, ...]:
    """The codes with which a unit of a kind and mode is refused."""
    try:
        units.register(unit(kind=kind, scope_mode=mode), institution_joined=True, edition=edition)
    except DomainError as refused:
        return refused.codes
    return ()


@pytest.mark.parametrize(
    ("kind", "mode", "codes"),
    [
        ("provincial_university", "direct", ()),
        ("provincial_research_institute", "direct", ()),
        ("other_holder_of_public_resources", "direct", ()),
        ("ministry_affiliated_university", "by_reference", ()),
        ("ministry_affiliated_research_institute", "by_reference", ()),
        ("other_ministry_affiliated_unit", "by_reference", ()),
        ("ministry_affiliated_university", "direct", ("parties.wrong_scope_mode",)),
        ("provincial_university", "by_reference", ("parties.wrong_scope_mode",)),
        (MADE_UP, "direct", ("parties.unknown_unit_kind",)),
        (MADE_UP, "by_reference", ("parties.unknown_unit_kind", "parties.wrong_scope_mode")),
    ],
)
def test_JS_32_1_ministry_units_apply_the_pack_by_reference(kind: str, mode: str, codes: tuple[str, ...]) -> None:
    assert refused_for_its_kind(jiangsu(), kind, mode) == codes


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("university", ()),
        ("research_institute", ()),
        ("enterprise", ()),
        ("other", ()),
        (MADE_UP, ("parties.unknown_unit_kind",)),
    ],
)
def test_CQ_3_1_resources_are_held_by_four_kinds_of_units(kind: str, codes: tuple[str, ...]) -> None:
    assert refused_for_its_kind(chongqing(), kind, "direct") == codes


def refused_as_user(edition: Edition, kind: str, *, external: bool) -> tuple[str, ...]:
    """The codes with which the request of a user of a kind is refused."""
    try:
        asker = replace(ASKER, user_kind=kind, external=external)
        admit(wish=WISH, asker=asker, offer=OFFER, edition=edition, now=NOW)
    except DomainError as refused:
        return refused.codes
    return ()


KINDS = ("university", "research_institute", "enterprise", "social_rd_organisation", "individual")


@pytest.mark.parametrize("kind", KINDS)
def test_JS_14_1_users_of_the_five_kinds_may_request(kind: str) -> None:
    assert refused_as_user(jiangsu(), kind, external=True) == ()


def test_JS_14_1_nobody_else_is_served() -> None:
    assert refused_as_user(jiangsu(), MADE_UP, external=True) == ("reservations.user_kind_not_served",)


@pytest.mark.parametrize("kind", KINDS)
def test_CQ_4_1_users_are_other_units_and_individuals(kind: str) -> None:
    assert refused_as_user(chongqing(), kind, external=True) == ()


@pytest.mark.parametrize(("external", "codes"), [(True, ("reservations.user_kind_not_served",)), (False, ())])
def test_CQ_4_1_the_own_legal_person_is_internal(external: bool, codes: tuple[str, ...]) -> None:  # noqa: FBT001
    assert refused_as_user(chongqing(), MADE_UP, external=external) == codes
