# SPDX-License-Identifier: Apache-2.0
"""A made-up history of a large catalogue: instruments of many units with prices and hours, and some reservations.

Names follow the national classes, with the words that catalogues put before them; every eighth is an electron
microscope. The same seed gives the same history.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel.actor import Actor, Role
from domain.kernel.event import Meta, Recorded
from domain.kernel.quote import Quote
from domain.kernel.time import Span, local_date, midnight
from domain.parties.events import UnitRegistered
from domain.reservations.events import ReservationRequested
from domain.resources.events import OpeningPublished, ResourcePublished, ResourceRegistered, TariffPublished
from domain.resources.values import BookingTerms, FeeLine, OpeningWindow, PublicationItems
from projections.search import class_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.kernel.event import Event

CITIES = ("南京市", "苏州市", "无锡市", "常州市", "徐州市", "南通市", "扬州市", "镇江市", "盐城市", "泰州市")
DISTRICTS_A_CITY, INSTRUMENTS_A_UNIT = 6, 333
PAST_EACH, AHEAD_EACH, LATER_EACH = 8, 12, 8
"""Reservations in the year before of every instrument, and of a microscope in the next two weeks and the ten after."""
MAKERS = ("日立", "岛津", "国仪量子", "Zeiss", "Bruker", "Agilent", "Waters", "Thermo Fisher", "JEOL", "PerkinElmer")
ATTRIBUTES = ("", "场发射", "高分辨", "超高分辨", "台式", "全自动", "多功能", "低温", "原位", "高通量", "便携式")
MICROSCOPES = {"010101": "透射电子显微镜", "010102": "扫描电子显微镜"}
MICROSCOPES_IN_100, COMMON_IN_100, COMMON_CLASSES = 11, 40, 120
SEED = 1
ITEMS = PublicationItems(
    sharing_rules="办法",
    service_mode="自主",
    service_content="测试",
    fee_standard="1",
    opening_limit="无",
    catalogue="目录",
)
PUBLISHED = ResourcePublished(items=ITEMS, portal_url="https://portal.example/")


class CatalogueHistory:
    """The events of a catalogue of so many instruments, published before the day `now`."""

    def __init__(self, instruments: int, now: datetime) -> None:
        self._instruments = instruments
        self._now = now
        self._chance = Random(SEED)  # noqa: S311 - a made-up catalogue, the same for every seed
        self._position = 0
        self._classes = [code for code in class_names() if not code.endswith("00")]
        since = local_date(now) - timedelta(days=30)
        self._openings = [_opening(since, hours) for hours in (7, 8, 9)]
        self._reservation = _reservation(_NOBODY, Span(start=now, end=now + timedelta(hours=1)))
        self._tariffs = [_tariff(since, price) for price in (5_000, 12_000, 25_000, 40_000, 80_000, 150_000, 400_000)]
        self.units = [self.fresh_id() for _ in range(-(-instruments // INSTRUMENTS_A_UNIT))]
        self.instruments: list[UUID] = []
        self.microscopes: list[UUID] = []
        self.reserved = 0
        self.models: list[str] = []

    def catalogue(self) -> Iterator[Recorded]:
        """Units and instruments."""
        for number, unit in enumerate(self.units):
            yield self.recorded(unit, _unit(unit, number))
        for number in range(self._instruments):
            stream, place = self.fresh_id(), number // INSTRUMENTS_A_UNIT
            registered = self._instrument(self.units[place], place, number)
            self.instruments.append(stream)
            if registered.class_code in MICROSCOPES:
                self.microscopes.append(stream)
            self.models.append(registered.model)
            hours, fees = self._chance.choice(self._openings), self._chance.choice(self._tariffs)
            for event in (registered, hours, fees, PUBLISHED):
                yield self.recorded(stream, event)

    def reservations(self) -> Iterator[Recorded]:
        """Past ones of every instrument, and of every microscope those ahead; call it after `catalogue`."""
        for resource in self.instruments:
            yield from self._reserved(resource, PAST_EACH, -365, 0)
        for resource in self.microscopes:
            yield from self._reserved(resource, AHEAD_EACH, 0, 14)
            yield from self._reserved(resource, LATER_EACH, 14, 84)

    def crowd(self, each: int) -> Iterator[Recorded]:
        """So many of every instrument, half of them in the year before and half in the sixty days ahead."""
        for resource in self.instruments:
            yield from self._reserved(resource, each - each // 2, -365, 0)
            yield from self._reserved(resource, each // 2, 0, 60)

    def _reserved(self, resource: UUID, number: int, first_day: int, end_day: int) -> Iterator[Recorded]:
        begin, chance = midnight(local_date(self._now)), self._chance
        for _ in range(number):
            start = begin + timedelta(days=chance.randrange(first_day, end_day), hours=chance.randrange(8, 16))
            span = Span(start=start, end=start + timedelta(hours=chance.randint(1, 3)))
            self.reserved += 1
            changes = {"resource": resource, "span": span, "held": span}
            yield self.recorded(self.fresh_id(), self._reservation.model_copy(update=changes))

    def _instrument(self, unit: UUID, place: int, number: int) -> ResourceRegistered:
        chance = self._chance
        drawn = chance.randrange(100)
        if drawn < MICROSCOPES_IN_100:
            code = chance.choice(list(MICROSCOPES))
        else:
            few = drawn < MICROSCOPES_IN_100 + COMMON_IN_100
            code = chance.choice(self._classes[:COMMON_CLASSES] if few else self._classes)
        return ResourceRegistered(
            unit=unit,
            legal_person=unit,
            type="condition",
            bookable=True,
            holding="physical",
            asset_number=f"A{number:07d}",
            name_zh=chance.choice(ATTRIBUTES) + MICROSCOPES.get(code, class_names()[code]),
            model=f"{''.join(chance.choices('ABCDEFGHJKLMSTX', k=3))}-{chance.randint(100, 9999)}",
            manufacturer=chance.choice(MAKERS),
            class_code=code,
            original_value_fen=100_000_000,
            funding=(),
            city=CITIES[place % len(CITIES)],
            district=f"{place % DISTRICTS_A_CITY + 1}区",
            duty_free=chance.randrange(20) == 0,
        )

    def recorded(self, stream: UUID, event: Event) -> Recorded:
        """The event at the next position."""
        self._position += 1
        return Recorded(
            stream, 1, self._position, self._now, event, _META.model_copy(update={"occurred_at": self._now})
        )

    def fresh_id(self) -> UUID:
        """An id of this history."""
        return UUID(int=self._chance.getrandbits(128))


_NOBODY = UUID(int=0)
_META = Meta(
    occurred_at=datetime.fromisoformat("2026-01-01T00:00:00Z"),
    actor=Actor(user=_NOBODY, role=Role.SYSTEM),
    command_id=_NOBODY,
    command="Bench",
    correlation_id=_NOBODY,
)


def _unit(unit: UUID, number: int) -> UnitRegistered:
    return UnitRegistered(
        legal_person=unit,
        code=f"B{number:04d}",
        name_zh=f"示例第{number + 1}大学分析测试中心",
        name_en=f"Example University {number + 1}",
        kind="provincial_university",
        scope_mode="direct",
        city=CITIES[number % len(CITIES)],
        district="",
        competent_department="",
    )


def _opening(since: date, hours: int) -> OpeningPublished:
    windows = tuple(OpeningWindow(weekday=day, start_minute=9 * 60, end_minute=(9 + hours) * 60) for day in range(1, 6))
    terms = BookingTerms(slot_minutes=30, min_minutes=60, max_minutes=480, setup_minutes=15, confirmation="automatic")
    return OpeningPublished(
        opening_version=1, effective_from=since, windows=windows, terms=terms, rated_minutes_per_year=86_400
    )


def _tariff(since: date, price_fen: int) -> TariffPublished:
    line = FeeLine(user_kind="enterprise", kind="machine_time", unit="hour", price_fen=price_fen)
    return TariffPublished(tariff_version=1, effective_from=since, lines=(line,), cost_sheet_version=None)


def _reservation(unit: UUID, span: Span) -> ReservationRequested:
    return ReservationRequested(
        resource=unit,
        unit=unit,
        provider=unit,
        user=unit,
        user_kind="university",
        customer=unit,
        external=True,
        span=span,
        held=span,
        lane=1,
        purpose="research",
        use_type="use",
        project_type="research",
        service_mode="self_operated",
        quote=Quote(tariff_version=1, user_kind="university", lines=()),
        opening_version=1,
        requested_by=unit,
    )
