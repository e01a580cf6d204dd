# SPDX-License-Identifier: Apache-2.0
"""Publishing a duty roster: versions, and everything that is refused, both sides of each boundary."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from domain.resources import duty_roster as decide
from domain.resources.duty_events import DutyEntry, DutyException, DutyRosterPublished
from domain.resources.events import ResourceTransferred
from domain.resources.resource import RESOURCE
from domain.resources.state import LIVE
from tests.domain.editions import JIANGSU
from tests.domain.given import Outcome, given
from tests.domain.resources.examples import OTHER_UNIT, OWNER, TODAY, history, registered
from tests.domain.resources.test_duty import ANN, BOB, CAI, entry

STAFF = {ANN: decide.Staff(OWNER, active=True), BOB: decide.Staff(OWNER, active=True)}
OTHER = UUID(int=5)


def exception(day: date = TODAY, **stated: Any) -> DutyException:  # noqa: ANN401 - any field
    return DutyException(day=day, **stated)


def publish(*entries: DutyEntry, **changes: Any) -> Outcome:  # noqa: ANN401 - any fact of the decision
    past = changes.pop("past", (registered(),))
    stated: dict[str, Any] = {
        "entries": entries,
        "exceptions": (),
        "effective_from": TODAY,
        "staff": STAFF,
        "edition": JIANGSU,
        "today": TODAY,
    }
    return given(RESOURCE, *past).when(decide.publish_duty_roster, **(stated | changes))


FIRST = DutyRosterPublished(roster_version=1, effective_from=TODAY, entries=(entry(ANN),))


def test_each_version_is_whole_and_rests_on_what_must_be_public() -> None:
    outcome = publish(entry(ANN)).then(FIRST)
    assert outcome.events[0].basis == JIANGSU.basis("resource.publication_items")
    second = publish(entry(ANN, BOB), exceptions=(exception(),), past=(registered(), FIRST)).state
    assert (second.duty_version, [each.roster_version for each in second.duty_rosters]) == (2, [1, 2])
    publish(past=(registered(), FIRST)).then(DutyRosterPublished(roster_version=2, effective_from=TODAY, entries=()))


def test_with_the_instrument_its_unit_loses_the_roster_and_versions_count_on() -> None:
    moved = ResourceTransferred(
        to_unit=OTHER_UNIT, to_legal_person=OTHER, from_unit=UUID(int=11), asset_number="B-1", reason="划转"
    )
    past = (registered(), FIRST, moved)
    state = RESOURCE.fold(past)
    assert state is not None
    assert state.duty_rosters == ()
    publish(entry(ANN), past=past).then_refused("resources.duty_person_of_another")
    anew = publish(entry(CAI), past=past, staff={CAI: decide.Staff(OTHER, active=True)})
    assert anew.state.duty_version == 2


@pytest.mark.parametrize(("days", "codes"), [(-1, ["resources.duty_backdated"]), (0, []), (1, []), (400, [])], ids=str)
def test_it_takes_effect_today_at_the_earliest(days: int, codes: list[str]) -> None:
    outcome = publish(entry(ANN), effective_from=TODAY + timedelta(days=days))
    assert (list(outcome.refused.codes) if outcome.refused else []) == codes


@pytest.mark.parametrize(
    ("one", "other", "refused"),
    [
        (entry(ANN, end=600), entry(BOB, start=600), False),
        (entry(ANN, end=601), entry(BOB, start=600), True),
        (entry(ANN, weekdays=(1,)), entry(BOB, weekdays=(2,)), False),
        (entry(ANN, weekdays=(1, 2)), entry(BOB, weekdays=(2, 3)), True),
        (entry(ANN), entry(ANN, start=600, end=720), False),
        (entry(ANN, BOB), entry(BOB, ANN, start=600, end=720), False),
        (entry(ANN), entry(ANN, BOB, start=600, end=720), True),
    ],
)
def test_different_people_share_a_time_only_in_one_entry(one: DutyEntry, other: DutyEntry, *, refused: bool) -> None:
    outcome = publish(one, other)
    if not refused:
        assert outcome.refused is None
        return
    (broken,) = outcome.then_refused("resources.duty_overlaps").violations
    assert (broken.parameters["place"], broken.parameters["other"]) == (1, 2)
    assert broken.parameters["weekday"] in (1, 2)


@pytest.mark.parametrize(("start", "end", "sound"), [(0, 1440, True), (-1, 60, False), (0, 1441, False)])
def test_minutes_lie_within_a_day(start: int, end: int, *, sound: bool) -> None:
    if sound:
        assert publish(entry(ANN, start=start, end=end)).refused is None
        return
    with pytest.raises(ValidationError):
        entry(ANN, start=start, end=end)


@pytest.mark.parametrize(
    ("exceptions", "codes"),
    [
        ((exception(),), []),
        ((exception(persons=(BOB,), start_minute=0, end_minute=1440),), []),
        ((exception(start_minute=540),), ["resources.duty_minutes_incomplete"]),
        ((exception(end_minute=540),), ["resources.duty_minutes_incomplete"]),
        ((exception(start_minute=540, end_minute=541),), []),
        ((exception(start_minute=540, end_minute=540),), ["resources.duty_ends_before_start"]),
        ((exception(TODAY - timedelta(days=1)),), ["resources.duty_day_before_roster"]),
        ((exception(), exception(TODAY + timedelta(days=1))), []),
        ((exception(), exception(persons=(BOB,))), ["resources.duty_day_twice"]),
        ((exception(start_minute=0, end_minute=60), exception(start_minute=60, end_minute=90)), []),
        (
            (exception(start_minute=0, end_minute=61), exception(start_minute=60, end_minute=90)),
            ["resources.duty_day_twice"],
        ),
        ((exception(start_minute=0, end_minute=60), exception()), ["resources.duty_day_twice"]),
    ],
)
def test_exceptions_are_complete_in_order_ahead_and_apart(
    exceptions: tuple[DutyException, ...], codes: list[str]
) -> None:
    outcome = publish(entry(ANN), exceptions=exceptions)
    assert (sorted(outcome.refused.codes) if outcome.refused else []) == codes


@pytest.mark.parametrize(
    ("staff", "code"),
    [
        ({}, "resources.duty_person_unknown"),
        ({ANN: decide.Staff(OWNER, active=False)}, "resources.duty_person_inactive"),
        ({ANN: decide.Staff(OTHER, active=True)}, "resources.duty_person_of_another"),
        ({ANN: decide.Staff(None, active=True)}, "resources.duty_person_of_another"),
    ],
)
def test_only_known_active_staff_of_its_legal_person_is_on_duty(staff: dict[UUID, decide.Staff], code: str) -> None:
    (broken,) = publish(entry(ANN), staff=staff).then_refused(code).violations
    assert broken.parameters["user"] == str(ANN)
    publish(exceptions=(exception(persons=(ANN,)),), staff=staff).then_refused(code)


def test_everything_broken_is_told_at_once() -> None:
    publish(
        entry(ANN, start=600, end=600),
        entry(BOB),
        entry(CAI),
        exceptions=(exception(start_minute=1),),
        effective_from=TODAY - timedelta(days=1),
    ).then_refused(
        "resources.duty_backdated",
        "resources.duty_ends_before_start",
        "resources.duty_overlaps",
        "resources.duty_minutes_incomplete",
        "resources.duty_person_unknown",
    )


def test_the_same_roster_again_and_one_for_what_is_not_booked_are_refused() -> None:
    publish(entry(ANN), past=(registered(), FIRST)).then_refused("resources.duty_unchanged")
    publish(entry(ANN), past=(registered(bookable=False),)).then_refused("resources.not_bookable")


@pytest.mark.parametrize("standing", LIVE)
def test_it_is_published_as_long_as_the_instrument_may_be_shared(standing: str) -> None:
    outcome = publish(entry(ANN), past=history(standing))
    if standing.startswith("exempt"):
        outcome.then_refused("resources.wrong_state")
    else:
        assert outcome.refused is None
