# SPDX-License-Identifier: Apache-2.0
"""Instruments of the demonstration, each from the registry to publication in the steps of lifecycle 6.1."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from application.resources.accept_resource_data import AcceptResourceData
from application.resources.publish_opening import PublishOpening
from application.resources.publish_opening_limit import PublishOpeningLimit
from application.resources.publish_resource import PublishResource
from application.resources.publish_tariff import PublishTariff
from application.resources.record_cost_sheet import RecordCostSheet
from application.resources.record_customs_condition import RecordCustomsCondition
from application.resources.register_resource import RegisterResource
from application.resources.submit_resource_data import SubmitResourceData
from domain.kernel.actor import Role
from domain.kernel.money import allocate, fen_from_yuan, share_down
from domain.kernel.time import local_date, midnight
from domain.resources.registration import schema_of
from domain.resources.tariff import USER_KINDS
from domain.resources.values import (
    BookingTerms,
    CostElement,
    FeeLine,
    FundingShare,
    OpeningWindow,
    PublicationItems,
)
from infrastructure.demonstration.catalogue import opening_windows

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.kernel.actor import Actor
    from infrastructure.demonstration.agenda import Agenda
    from infrastructure.demonstration.catalogue import Catalogue, Row
    from infrastructure.demonstration.issuing import Issuer
    from infrastructure.demonstration.people import People

EQUIPPED = datetime(2023, 12, 18, 1, 0, tzinfo=UTC)
IN_FORCE_FROM = date(2024, 1, 1)
ELEMENTS = ("material", "running_cost", "labour_service")
LARGE_FROM_FEN = 50_000_000
RATED_MINUTES = 60
DAY_MINUTES = 24 * 60
LISTED_AFTER = timedelta(days=20)
"""Within the 30 days of CQ 12."""


@dataclass(frozen=True)
class Instrument:
    """What the demonstration knows of an instrument it made."""

    id: UUID
    row: Row
    windows: tuple[OpeningWindow, ...]
    terms: BookingTerms
    manager: Actor


@dataclass
class Equipping:
    """Registers and publishes every instrument of a catalogue."""

    catalogue: Catalogue
    issuer: Issuer
    people: People
    resource_type: str
    standard: Callable[[], UUID]
    """What submissions are checked against."""
    now: datetime = EQUIPPED
    instruments: list[Instrument] = field(default_factory=list)

    def equip(self, agenda: Agenda) -> None:
        """Publish every instrument: now, or some days after its acceptance where that is yet to come."""
        for row in self.catalogue.instruments:
            ready = midnight(date.fromisoformat(row["accepted_on"]) + LISTED_AFTER)
            agenda.at(max(ready, EQUIPPED), lambda now, row=row: self._equip(row, now))  # type: ignore[misc]

    def _equip(self, row: Row, now: datetime) -> None:
        self.now = max(self.now, now)
        self.instruments.append(self._instrument(row))

    def _tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def _instrument(self, row: Row) -> Instrument:
        manager = self.people.first("instrument_manager", unit=row["unit_code"])
        platform = self.people.first("service_centre_officer").model_copy(update={"role": Role.RECEIVING_PLATFORM})
        resource = self._register(row, manager)
        windows, terms = _opening(row)
        for command in (*self._prices(row, resource), *self._rules(row, resource, windows, terms)):
            self.issuer.do(command, manager, self._tick())
        submit = SubmitResourceData(resource=resource, schema_name=schema_of(self.resource_type))
        self.issuer.do(submit, manager, self._tick())
        self.issuer.do(AcceptResourceData(resource=resource, standard=self.standard()), platform, self._tick())
        self.issuer.do(PublishResource(resource=resource, items=self._items(row)), manager, self._tick())
        return Instrument(resource, row, windows, terms, manager)

    def _register(self, row: Row, manager: Actor) -> UUID:
        value = fen_from_yuan(row["price_yuan"])
        unit = next(unit for unit in self.catalogue.units if unit["unit_code"] == row["unit_code"])
        command = RegisterResource(
            unit=self.people.units[row["unit_code"]],
            type=self.resource_type,
            bookable=True,
            asset_number=row["asset_no"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            aliases=tuple(alias for alias in row["aliases"].split(";") if alias),
            model=row["model"],
            manufacturer=row["manufacturer"],
            origin_country=row["origin_country_code"],
            class_code=row["nrii_class_code"],
            subject_code=row["subject_code"],
            original_value_fen=value,
            funding=_funding(row, value),
            acquired_on=date.fromisoformat(row["acquired_on"]),
            accepted_on=date.fromisoformat(row["accepted_on"]),
            location=row["location"],
            city=unit["city"],
            district=unit["district"],
            large=value >= LARGE_FROM_FEN,
            duty_free=row["duty_free"] == "true",
            description=row["service_content_zh"],
        )
        return self.issuer.do(command, manager, self._tick()).id

    def _prices(self, row: Row, resource: UUID) -> tuple[RecordCostSheet, PublishTariff]:
        costs = [fen_from_yuan(row[f"cost_{name}_yuan"]) for name in ("material", "running", "labour")]
        start_up = fen_from_yuan(row["startup_fee_yuan"] or "0")
        elements = [
            CostElement(kind=kind, unit="hour", cost_fen=cost) for kind, cost in zip(ELEMENTS, costs, strict=True)
        ]
        lines = [
            FeeLine(user_kind=user_kind, kind=kind, unit="hour", price_fen=price)
            for user_kind in USER_KINDS
            for kind, price in zip(
                ELEMENTS,
                allocate(fen_from_yuan(row[f"fee_{user_kind}_yuan"]), [Decimal(cost) for cost in costs]),
                strict=True,
            )
        ]
        if start_up:
            elements.append(CostElement(kind="labour_service", unit="use", cost_fen=start_up))
            lines += [
                FeeLine(user_kind=user_kind, kind="labour_service", unit="use", price_fen=start_up)
                for user_kind in USER_KINDS[1:]
            ]
        return (
            RecordCostSheet(resource=resource, elements=tuple(elements), accounting_period="2023"),
            PublishTariff(
                resource=resource, effective_from=max(IN_FORCE_FROM, local_date(self.now)), lines=tuple(lines)
            ),
        )

    def _rules(
        self, row: Row, resource: UUID, windows: tuple[OpeningWindow, ...], terms: BookingTerms
    ) -> list[PublishOpening | PublishOpeningLimit | RecordCustomsCondition]:
        house = self.catalogue.houses["units"].get(row["unit_code"], self.catalogue.houses["default"])
        commands: list[PublishOpening | PublishOpeningLimit | RecordCustomsCondition] = [
            PublishOpening(
                resource=resource,
                effective_from=max(IN_FORCE_FROM, local_date(self.now)),
                windows=windows,
                terms=terms,
                rated_minutes_per_year=int(row["rated_hours_per_year"]) * RATED_MINUTES,
            ),
            PublishOpeningLimit(
                resource=resource,
                earliest_minutes_before=house["earliest_days"] * DAY_MINUTES,
                latest_minutes_before=house["latest_minutes"],
                cancel_minutes_before=house["cancel_minutes"],
                grace_minutes=house["grace_minutes"],
                text=_limit_text(house),
            ),
        ]
        if row["duty_free"] == "true":
            commands.append(
                RecordCustomsCondition(
                    resource=resource,
                    notice_number=row["customs_notice_no"],
                    valid_from=date.fromisoformat(row["accepted_on"]),
                    valid_until=date.fromisoformat(row["customs_valid_until"]),
                )
            )
        return commands

    def _items(self, row: Row) -> PublicationItems:
        unit = next(unit for unit in self.catalogue.units if unit["unit_code"] == row["unit_code"])
        return PublicationItems(
            sharing_rules=unit["sharing_rules_title"],
            service_mode=row["service_mode"],
            service_content=row["service_content_zh"],
            fee_standard="按收费标准第1版",
            opening_limit="按公布的开放限制",
            catalogue=unit["portal_url"],
        )


def _funding(row: Row, value: int) -> tuple[FundingShare, ...]:
    fiscal = share_down(value, Decimal(row["fiscal_share"]))
    state = share_down(value, Decimal(row["state_capital_share"]))
    parts = (
        FundingShare(source="provincial_fiscal_funds", amount_fen=fiscal),
        FundingShare(source="state_owned_capital", amount_fen=state),
        FundingShare(source="own_funds", amount_fen=value - fiscal - state),
    )
    return tuple(part for part in parts if part.amount_fen)


def _opening(row: Row) -> tuple[tuple[OpeningWindow, ...], BookingTerms]:
    windows = tuple(
        OpeningWindow(weekday=weekday, start_minute=start, end_minute=end)
        for weekday, start, end in opening_windows(row["opening_hours"])
    )
    terms = BookingTerms(
        slot_minutes=int(row["slot_minutes"]),
        min_minutes=int(row["min_minutes"]),
        max_minutes=int(row["max_minutes"]),
        setup_minutes=int(row["setup_minutes"]),
        cleanup_minutes=int(row["cleanup_minutes"]),
        capacity=int(row["capacity"]),
        confirmation=row["confirmation"],  # type: ignore[arg-type]
    )
    return windows, terms


def _limit_text(house: dict[str, int]) -> str:
    return (
        f"最早提前{house['earliest_days']}天、最迟提前{house['latest_minutes']}分钟预约；"
        f"免费取消须提前{house['cancel_minutes']}分钟；迟到{house['grace_minutes']}分钟以上按爽约处理"
    )
