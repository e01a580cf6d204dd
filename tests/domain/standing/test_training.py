# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta

import pytest

from domain.kernel.errors import DomainError
from domain.kernel.event import Event
from domain.kernel.house_rules import TrainingRule
from domain.standing import training
from domain.standing.events import (
    QualificationApplied,
    QualificationApproved,
    QualificationLapsed,
    QualificationRefused,
    QualificationReminded,
    QualificationRenewed,
    QualificationWithdrawn,
)
from domain.standing.qualification import months_after
from domain.standing.standing import STANDING
from tests.domain.editions import JIANGSU
from tests.domain.given import given
from tests.domain.standing.samples import BOUND, OPENED, RESOURCE, TODAY, at, use

LAST = date(2028, 3, 2)
RULE = TrainingRule(valid_months=24, lapse_months=6, reminder_days=7)
APPLIED = QualificationApplied(resource=RESOURCE)
APPROVED = QualificationApproved(
    resource=RESOURCE,
    valid_from=TODAY,
    valid_until=LAST,
    remind_on=LAST - timedelta(days=7),
    versions=BOUND,
)
DISUSED = APPROVED.model_copy(update={"lapse_months": 6})
HOW = {"resource": RESOURCE, "rule": RULE, "versions": BOUND, "edition": JIANGSU, "today": TODAY}
DAY = timedelta(days=1)


def apply(*past: Event, today: date = TODAY):  # type: ignore[no-untyped-def]  # noqa: ANN201
    return given(STANDING, OPENED, *past).when(training.apply, resource=RESOURCE, note="", today=today)


def test_whoever_applies_waits_and_does_not_apply_twice() -> None:
    apply().then(APPLIED)
    apply(APPLIED).then_refused("standing.already_applied")


@pytest.mark.parametrize(
    "ended",
    [
        (APPLIED, QualificationRefused(resource=RESOURCE, reason="未考核")),
        (APPROVED, QualificationWithdrawn(resource=RESOURCE, reason="违规")),
        (APPROVED, QualificationLapsed(resource=RESOURCE, ground="expiry", ended_on=LAST)),
    ],
    ids=["refused", "withdrawn", "lapsed"],
)
def test_after_a_refusal_an_end_or_a_withdrawal_one_applies_anew(ended: tuple[Event, ...]) -> None:
    apply(*ended).then(APPLIED)


@pytest.mark.parametrize(
    ("today", "refused"),
    [
        (LAST - 8 * DAY, True),
        (LAST - 7 * DAY, False),
        (LAST, False),
        (LAST + DAY, False),
    ],
)
def test_while_qualified_one_applies_from_the_day_of_the_reminder_on(today: date, *, refused: bool) -> None:
    outcome = apply(APPROVED, today=today)
    if refused:
        outcome.then_refused("standing.already_qualified")
    else:
        outcome.then(APPLIED)


def test_an_application_is_approved_for_the_months_published() -> None:
    outcome = given(STANDING, OPENED, APPLIED).when(training.approve, valid_until=None, training=None, **HOW)
    state = outcome.then(DISUSED).state
    held = state.qualifications[RESOURCE]
    assert (held.step, held.applied, held.valid_until) == ("held", False, LAST)
    nobody = given(STANDING, OPENED).when(training.approve, valid_until=None, training=None, **HOW)
    nobody.then_refused("standing.not_applied")
    given(STANDING, OPENED).when(training.approve, valid_until=None, training=RESOURCE, **HOW).then(
        DISUSED.model_copy(update={"training": RESOURCE})
    )


@pytest.mark.parametrize(
    ("valid_until", "codes"),
    [
        (TODAY - DAY, ["standing.last_day_past"]),
        (TODAY, []),
        (LAST, []),
        (LAST + DAY, ["standing.longer_than_published"]),
    ],
)
def test_a_last_day_of_ones_own_lies_within_the_months_published(valid_until: date, codes: list[str]) -> None:
    outcome = given(STANDING, OPENED, APPLIED).when(training.approve, valid_until=valid_until, training=None, **HOW)
    if codes:
        assert outcome.then_refused(*codes).violations[0].field == "valid_until"
    else:
        assert outcome.state.qualifications[RESOURCE].valid_until == valid_until


def test_a_refusal_needs_an_application_and_leaves_what_is_held() -> None:
    refused = QualificationRefused(resource=RESOURCE, reason="未考核")
    how = {"resource": RESOURCE, "reason": "未考核"}
    given(STANDING, OPENED).when(training.refuse, **how).then_refused("standing.not_applied")
    state = given(STANDING, OPENED, APPROVED, APPLIED).when(training.refuse, **how).then(refused).state
    assert state.qualifications[RESOURCE].step == "held"


def test_without_published_training_nobody_is_asked_to_apply() -> None:
    with pytest.raises(DomainError) as refused:
        training.require_rule(None, JIANGSU)
    assert refused.value.codes == ("standing.no_training_demanded",)
    assert refused.value.violations[0].citation is not None


def test_what_holds_is_renewed_and_what_has_ended_is_not() -> None:
    how = {**HOW, "today": LAST, "valid_until": None, "reason": "复训"}
    renewed = given(STANDING, OPENED, APPROVED).when(training.renew, **how)
    (event,) = renewed.events
    assert isinstance(event, QualificationRenewed)
    assert event.valid_until == months_after(LAST, 24)
    given(STANDING, OPENED, APPROVED).when(training.renew, **how | {"today": LAST + DAY}).then_refused(
        "standing.not_qualified"
    )


def test_a_withdrawal_is_at_once_and_once() -> None:
    how = {"resource": RESOURCE, "reason": "违规"}
    withdrawn = QualificationWithdrawn(resource=RESOURCE, reason="违规")
    state = given(STANDING, OPENED, APPROVED).when(training.withdraw, **how).then(withdrawn).state
    assert not state.qualifications[RESOURCE].holds_on(TODAY, None)
    given(STANDING, OPENED, APPROVED, withdrawn).when(training.withdraw, **how).then_refused("standing.not_qualified")


@pytest.mark.parametrize(
    ("today", "reminded"), [(LAST - 8 * DAY, False), (LAST - 7 * DAY, True), (LAST, True), (LAST + DAY, False)]
)
def test_the_reminder_comes_seven_days_before_the_end_also_late(today: date, *, reminded: bool) -> None:
    outcome = given(STANDING, OPENED, APPROVED).when(training.remind, resource=RESOURCE, today=today)
    event = QualificationReminded(resource=RESOURCE, ground="expiry", ends_on=LAST)
    outcome.then(*([event] if reminded else []))
    given(STANDING, OPENED, APPROVED, event).when(training.remind, resource=RESOURCE, today=today).then()


@pytest.mark.parametrize(("today", "over"), [(LAST, False), (LAST + DAY, True), (LAST + 30 * DAY, True)])
def test_it_lapses_after_its_last_day_with_that_day_however_late(today: date, *, over: bool) -> None:
    outcome = given(STANDING, OPENED, APPROVED).when(training.lapse, resource=RESOURCE, today=today)
    outcome.then(*([QualificationLapsed(resource=RESOURCE, ground="expiry", ended_on=LAST)] if over else []))


def test_it_lapses_months_after_the_last_use_and_each_use_puts_that_off() -> None:
    unused = date(2026, 9, 2)
    fresh = given(STANDING, OPENED, DISUSED)
    assert fresh.state.qualifications[RESOURCE].holds_on(unused, None)
    assert not fresh.state.qualifications[RESOURCE].holds_on(unused + DAY, None)
    fresh.when(training.lapse, resource=RESOURCE, today=unused).then()
    fresh.when(training.lapse, resource=RESOURCE, today=unused + DAY).then(
        QualificationLapsed(resource=RESOURCE, ground="disuse", ended_on=unused)
    )
    used = given(STANDING, OPENED, DISUSED, use(ended_at=at(11, month=8, day=31)))
    used.when(training.lapse, resource=RESOURCE, today=date(2027, 2, 28)).then()
    used.when(training.lapse, resource=RESOURCE, today=date(2027, 3, 1)).then(
        QualificationLapsed(resource=RESOURCE, ground="disuse", ended_on=date(2027, 2, 28))
    )
    used.when(training.remind, resource=RESOURCE, today=date(2027, 2, 21)).then(
        QualificationReminded(resource=RESOURCE, ground="disuse", ends_on=date(2027, 2, 28))
    )


def test_nobody_speaks_of_an_end_that_has_moved() -> None:
    state = given(STANDING, OPENED, APPROVED).state
    training.require_end(state, resource=RESOURCE, ends_on=LAST)
    with pytest.raises(DomainError, match="ends_otherwise"):
        training.require_end(state, resource=RESOURCE, ends_on=LAST - DAY)
