# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.kernel.errors import refusal
from domain.kernel.event import Event
from domain.reservations.admission import admit
from domain.reservations.events import ReservationConfirmed, ReservationRescheduled
from domain.reservations.facts import Asker, Offer
from domain.reservations.requesting import reschedule
from domain.reservations.reservation import RESERVATION, Reservation
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import given
from tests.domain.reservations.samples import (
    ASKER,
    CONFIRMED,
    CONTRACT,
    GRANT,
    MORNING,
    NOW,
    OFFER,
    REQUESTED,
    WISH,
    ask,
    asked,
    at,
    limited,
    minutes,
    opening,
    span,
)


def test_a_request_holds_the_time_with_set_up_and_clean_down() -> None:
    given(RESERVATION).when(ask).then(REQUESTED)


def test_a_published_rule_confirms_in_the_same_breath() -> None:
    outcome = given(RESERVATION).when(ask, automatic=True).then(REQUESTED, ReservationConfirmed(automatic=True))
    assert outcome.state.state == "confirmed"


def test_what_the_limit_says_of_grace_and_charges_is_pinned() -> None:
    offer = limited(version=3, grace_minutes=30, no_show_charge=True)
    given(RESERVATION).when(ask, offer=offer).then(asked(limit_version=3, grace_minutes=30, no_show_charge=True))


def test_a_request_rests_on_the_purposes_of_its_regime() -> None:
    (event,) = given(RESERVATION).when(ask).events
    assert event.basis is not None
    assert event.basis.regime == JIANGSU.regime
    assert "scope.service_purposes" in event.basis.values


@pytest.mark.parametrize(
    ("offer", "code"),
    [
        (replace(OFFER, state="suspended"), "resource_not_published"),
        (replace(OFFER, bookable=False), "resource_not_bookable"),
        (replace(OFFER, provider_takes_part=False), "provider_has_left"),
        (replace(OFFER, customs_valid=False), "customs_condition_not_valid"),
        (replace(OFFER, opening=None), "no_opening_published"),
        (replace(OFFER, contract_covers=False), "contract_does_not_cover"),
        (opening(on_grid=False), "off_grid"),
        (opening(min_minutes=121), "too_short"),
        (opening(max_minutes=119), "too_long"),
        (opening(within_hours=False), "outside_opening_hours"),
    ],
)
def test_what_is_not_offered_is_refused(offer: Offer, code: str) -> None:
    given(RESERVATION).when(ask, offer=offer).then_refused(f"reservations.{code}")


def test_the_shortest_and_the_longest_time_are_allowed() -> None:
    given(RESERVATION).when(ask, offer=opening(min_minutes=120, max_minutes=120)).then(REQUESTED)


@pytest.mark.parametrize(
    ("asker", "code"),
    [
        (replace(ASKER, active=False), "user_not_active"),
        (replace(ASKER, belongs=False), "user_of_another_organisation"),
        (replace(ASKER, customer=None), "user_without_organisation"),
        (replace(ASKER, owns_voucher=False), "voucher_of_somebody_else"),
    ],
)
def test_who_may_not_ask_is_refused(asker: Asker, code: str) -> None:
    given(RESERVATION).when(ask, asker=asker).then_refused(f"reservations.{code}")


def test_an_individual_needs_no_organisation() -> None:
    person = replace(ASKER, user_kind="individual", customer=None)
    given(RESERVATION).when(ask, asker=person).then(asked(user_kind="individual", customer=None))


def test_a_voucher_is_not_for_ones_own_instruments() -> None:
    wish, own = replace(WISH, voucher_grant=GRANT), replace(ASKER, external=False)
    given(RESERVATION).when(ask, wish=wish, asker=own).then_refused("reservations.voucher_for_internal_use")
    given(RESERVATION).when(ask, wish=wish).then(asked(voucher_grant=GRANT))


def test_a_missing_price_is_told_with_the_rest() -> None:
    offer = replace(OFFER, price=refusal("resources.no_price_for_user_kind"), bookable=False)
    given(RESERVATION).when(ask, offer=offer).then_refused(
        "reservations.resource_not_bookable", "resources.no_price_for_user_kind"
    )


def test_every_broken_rule_comes_back_at_once_with_its_article() -> None:
    offer = replace(OFFER, state="draft", opening=None, limit=limited(excluded_user_kinds=("enterprise",)).limit)
    wish = replace(WISH, purpose="tourism")
    refused = (
        given(RESERVATION)
        .when(ask, wish=wish, offer=offer, now=at(10))
        .then_refused(
            "reservations.resource_not_published",
            "reservations.start_in_past",
            "reservations.no_opening_published",
            "reservations.user_kind_excluded",
            "reservations.purpose_not_served",
        )
    )
    purpose = next(item for item in refused.violations if item.code == "reservations.purpose_not_served")
    assert purpose.citation is not None
    assert purpose.citation.article == "JS 4"
    assert (purpose.field, purpose.overridable_by) == ("purpose", None), "no command overrides it"


def test_each_regime_has_its_own_purposes() -> None:
    wish = replace(WISH, purpose="product_development")
    given(RESERVATION).when(ask, wish=wish, edition=CHONGQING).then(asked(purpose="product_development"))
    given(RESERVATION).when(ask, wish=wish).then_refused("reservations.purpose_not_served")


def test_the_start_lies_in_the_future() -> None:
    given(RESERVATION).when(ask, now=at(8, 59, 59)).then(REQUESTED)
    given(RESERVATION).when(ask, now=at(9)).then_refused("reservations.start_in_past")


@pytest.mark.parametrize(
    ("ahead", "codes"),
    [(60, ()), (59, ("too_short_notice",)), (1440, ()), (1441, ("too_far_ahead",))],
)
def test_lead_times_are_those_of_the_published_limit(ahead: int, codes: tuple[str, ...]) -> None:
    offer = limited(earliest_minutes_before=1440, latest_minutes_before=60)
    outcome = given(RESERVATION).when(ask, offer=offer, now=at(9) - minutes(ahead))
    if codes:
        outcome.then_refused(*(f"reservations.{code}" for code in codes))
    else:
        outcome.then(asked(limit_version=1))


def test_JS_14_1_a_kind_of_user_is_excluded_only_under_a_limit_already_published() -> None:
    person = replace(ASKER, user_kind="individual", customer=None)
    given(RESERVATION).when(ask, asker=person).then(asked(user_kind="individual", customer=None))
    # Published at 10:00: at 09:59:59 the resource has no limit yet, from 10:00:00 on it has.
    refused = (
        given(RESERVATION)
        .when(ask, asker=person, offer=limited(version=7, excluded_user_kinds=("individual",)))
        .then_refused("reservations.user_kind_excluded")
    )
    (violation,) = refused.violations
    assert violation.parameters == {"user_kind": "individual", "limit": 7}
    assert violation.citation is not None
    assert "JS 14" in violation.citation.article


AFTERNOON = span(at(14), at(16))


def move(reservation: Reservation, offer: Offer = OFFER, hour: int = 8) -> list[Event]:
    now, wish = at(hour), replace(WISH, span=AFTERNOON)
    admitted = admit(wish=wish, asker=ASKER, offer=offer, edition=JIANGSU, now=now)
    return reschedule(reservation, admitted, lane=2, reason="样品未到", consent="电话", now=now)


MOVED = ReservationRescheduled(
    span=AFTERNOON,
    held=span(at(13, 50), at(16, 20)),
    lane=2,
    quote=REQUESTED.quote,
    opening_version=1,
    reason="样品未到",
    consent="电话",
)


def test_a_confirmed_reservation_moves_and_keeps_its_lineage() -> None:
    past = asked(contract=CONTRACT, answers={"磁性": "否"})
    state = given(RESERVATION, past, CONFIRMED).when(move).then(MOVED).state
    assert (state.span, state.lane, state.state) == (AFTERNOON, 2, "confirmed")
    assert (state.contract, state.answers) == (CONTRACT, {"磁性": "否"})


def test_the_new_time_obeys_the_rules_of_a_request() -> None:
    given(RESERVATION, REQUESTED, CONFIRMED).when(move, offer=opening(on_grid=False)).then_refused(
        "reservations.off_grid"
    )


def test_only_a_confirmed_reservation_that_has_not_begun_moves() -> None:
    given(RESERVATION, REQUESTED).when(move).then_refused("reservations.wrong_state")
    given(RESERVATION, REQUESTED, CONFIRMED).when(move, hour=9).then_refused("reservations.already_begun")


def test_JS_16_1_times_are_half_open() -> None:
    block = span(at(9), at(11))
    assert block.overlaps(span(at(10, 59), at(12)))
    assert not block.overlaps(span(at(11), at(12)))
    assert MORNING.start - timedelta(hours=12) > NOW
