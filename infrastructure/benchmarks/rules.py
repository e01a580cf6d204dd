# SPDX-License-Identifier: Apache-2.0
"""`bench rules`: reserving with every kind of rule on, beside reserving with none, and a check beside the command.

All take turns in one run on one database, in one process through the bus, so that the ratios are those of the work.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import count
from statistics import median
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from application.bus import Request
from application.parties.register_user import RegisterUser
from application.reservations.checking import tried
from application.reservations.consequences import approvals_of, cancellation_of, explained_price, lanes_of
from application.reservations.nearest import nearest_of
from application.reservations.request_reservation import RequestReservation
from application.resources.publish_house_rules import PublishHouseRules
from application.standing.hold_training import HoldTraining
from domain.kernel.actor import Actor, Role
from domain.kernel.house_rules import HouseRules
from domain.kernel.time import Span
from domain.resources.resource import RESOURCE
from infrastructure.benchmarks.fixture import SLOT_MINUTES, furnish
from infrastructure.benchmarks.result import BenchResult, result_of
from infrastructure.benchmarks.schemas import OURS, bench_schemas
from infrastructure.benchmarks.slices import take_turns, turn_of
from infrastructure.bootstrap import open_platform

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from application.command import Command
    from application.looking import Look
    from application.reservations.checking import Trial
    from infrastructure.benchmarks.fixture import Fixture
    from infrastructure.benchmarks.result import Measured
    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.settings import Settings

    Note = Callable[[str], None]

NONE, ALL, MANY, CHECK, REFUSED = (
    "no rules",
    "every rule",
    "every rule, many bookings",
    "check",
    "check of a taken slot",
)
INSTRUMENTS = 16
FEW = 10
SLOT = timedelta(minutes=SLOT_MINUTES)
MOST_COST, MOST_GROWTH = 2.0, 1.25
"""Every kind of rule costs at most so many times as much as none; many bookings at most so many times as few."""
MOST_CHECK, MOST_REFUSED = 2.0, 10.0
"""A check takes at most so many times as long as the command, and where the slot is taken, with six times tried."""
QUESTION, ACCESSORY = "bench question", "bench holder"
ANY_LIMIT = 10**6


def every_kind() -> HouseRules:
    """A rule of every kind but approval, which would leave the request waiting; a request keeps all of them."""
    quotas = [
        {"name": name, "scope": scope, "recurrence": name, "measure": measure, "limit": ANY_LIMIT}
        for name, scope, measure in (
            ("daily", "user", "minutes"),
            ("weekly", "user", "minutes"),
            ("monthly", "user", "reservations"),
            ("yearly", "organisation", "minutes"),
        )
    ]
    return HouseRules.model_validate(
        {
            "lead": {"earliest_minutes": 2_000_000, "latest_minutes": 1, "change_minutes": 60, "cancel_minutes": 60},
            "lead_by_tag": {"long_term": {"earliest_minutes": 0}},
            "bands": [{"name": "day", "weekdays": [1, 2, 3, 4, 5], "start_minute": 480, "end_minute": 1080}],
            "lengths": [
                {"band": "day", "min_minutes": 30, "max_minutes": 240, "step_minutes": 30, "align_minutes": 30}
            ],
            "quotas": quotas,
            "training": {"valid_months": 24},
            "feedback": {"block_after_hours": 24},
            "conduct": {"ban_below": 60},
            "accessories": [{"name": ACCESSORY, "quantity": 2}],
            "use_types": ["use", "training"],
            "must_read": ["bench notice"],
            "questions": [QUESTION],
            "merge_gap_minutes": 5,
        }
    )


KEEPING: dict[str, Any] = {
    "rules_read": True,
    "answers": {QUESTION: "no"},
    "accessories": (ACCESSORY,),
}


def bench_rules(
    settings: Settings, dsn: str, *, bookings: int, seconds: int, progress: Note = lambda _: None
) -> BenchResult:
    """Measure in turns; one user has `bookings` reservations before, the other ten.

    Raises `BenchFailed` for a database that is not durable.
    """
    with ExitStack() as stack:
        server = stack.enter_context(bench_schemas(dsn))
        platform = stack.enter_context(open_platform(settings, dsn, only=OURS))
        home = platform.jurisdictions[OURS]
        fixture = furnish(home, 3 * INSTRUMENTS, datetime.now(UTC))
        plain, few, many = (fixture.instruments[place::3] for place in range(3))
        other = _another_user(home, fixture)
        for resource in (*few, *many):
            put_in_force(home, resource, (fixture.user, other))
        asks = {
            NONE: Asking(home, fixture, plain, fixture.user, {}),
            ALL: Asking(home, fixture, few, fixture.user, KEEPING),
            MANY: Asking(home, fixture, many, other, KEEPING),
        }
        for _ in range(FEW):
            asks[ALL]()
        for number in range(bookings):
            asks[MANY]()
            if number % 1000 == 0:
                progress(f"{number:,} of {bookings:,} bookings")
        turns = {name: turn_of([ask]) for name, ask in asks.items()}
        turns[CHECK] = turn_of([asks[ALL].check])
        turns[REFUSED] = turn_of([asks[ALL].check_taken])
        measured = take_turns(turns, seconds, progress)
    told = _told(measured) | {"bookings": bookings, "seconds": seconds}
    return result_of("rules", ALL, measured, server | told)


class Asking:
    """Requests for one free slot after another, and checks of slots that are free, or taken."""

    def __init__(
        self, home: Jurisdiction, fixture: Fixture, instruments: Sequence[UUID], user: UUID, more: dict[str, Any]
    ) -> None:
        self._bus, self._instruments, self._more = home.bus, instruments, more
        self._actor = Actor(user=user, role=Role.USER, organisation=fixture.customer)
        self._purpose = fixture.purpose
        self._numbers, self._asked = count(), 0
        self._first = (datetime.now(UTC) + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)

    def __call__(self) -> None:
        """One confirmed reservation."""
        self._asked = next(self._numbers)
        self._bus.execute(Request(self._command(self._asked), self._actor, uuid4(), uuid4()))

    def check(self) -> None:
        """All that is told of the next free slot."""
        self._bus.look(self._actor, lambda look: _all_of(look, tried(look, self._command(self._asked + 1))))

    def check_taken(self) -> None:
        """All that is told of a slot that is taken, the nearest free ones with it."""
        self._bus.look(self._actor, lambda look: _all_of(look, tried(look, self._command(self._asked))))

    def _command(self, number: int) -> RequestReservation:
        start = self._first + SLOT * (number // len(self._instruments))
        return RequestReservation(
            resource_id=self._instruments[number % len(self._instruments)],
            span=Span(start=start, end=start + SLOT),
            purpose=self._purpose,
            samples=1,
            **self._more,
        )


def _all_of(look: Look, trial: Trial) -> None:
    lanes_of(trial)
    approvals_of(trial)
    explained_price(trial)
    if trial.quote is not None:
        cancellation_of(trial, trial.quote)
    if not trial.accepted:
        nearest_of(look, trial)


def _another_user(home: Jurisdiction, fixture: Fixture) -> UUID:
    wanted = {"name": "bench 2", "user_kind": "university", "legal_person": fixture.customer}
    return _as_system(home, RegisterUser.model_validate(wanted))


def put_in_force(home: Jurisdiction, resource: UUID, users: Sequence[UUID]) -> None:
    """Publish every kind of rule for an instrument, and train the users."""
    state = RESOURCE.fold(item.event for item in home.log.stream(resource))
    assert state is not None, "it was furnished"
    staff = Actor(user=uuid4(), role=Role.MANAGING_UNIT, organisation=state.legal_person, unit=state.unit)
    passed = [{"user": user, "attended": True, "passed": True} for user in users]
    held = {"resource": resource, "held_at": datetime.now(UTC), "topic": "bench", "participants": passed}
    for command in (PublishHouseRules(resource=resource, rules=every_kind()), HoldTraining.model_validate(held)):
        home.bus.execute(Request(command, staff, uuid4(), uuid4()))


def _as_system(home: Jurisdiction, command: Command) -> UUID:
    actor = Actor(user=uuid4(), role=Role.SYSTEM)
    return home.bus.execute(Request(command, actor, uuid4(), uuid4())).id


def _told(measured: dict[str, Measured]) -> dict[str, Any]:
    """The ratios with their limits: of the medians of a turn, and of the middle latency."""
    cost, growth = _times(measured[ALL], measured[NONE]), _times(measured[MANY], measured[ALL])
    check, refused = _times(measured[CHECK], measured[ALL]), _times(measured[REFUSED], measured[ALL])
    return {
        "cost of every rule": round(cost, 3),
        "cost limit": MOST_COST,
        "many bookings against few": round(growth, 3),
        "growth limit": MOST_GROWTH,
        "command p99 ms": round(measured[ALL].percentile(99), 3),
        "check p50 ms": round(measured[CHECK].percentile(50), 3),
        "check p99 ms": round(measured[CHECK].percentile(99), 3),
        "check against the command": round(check, 3),
        "check limit": MOST_CHECK,
        "check of a taken slot p99 ms": round(measured[REFUSED].percentile(99), 3),
        "taken against the command": round(refused, 3),
        "taken limit": MOST_REFUSED,
        "within limits": cost <= MOST_COST
        and growth <= MOST_GROWTH
        and check <= MOST_CHECK
        and refused <= MOST_REFUSED,
    }


def _times(ours: Measured, theirs: Measured) -> float:
    """How many times as long ours takes: the median over turns side by side."""
    return median(
        theirs_part.per_second / part.per_second if part.per_second else 0.0
        for part, theirs_part in zip(ours.slices, theirs.slices, strict=True)
    )
