# SPDX-License-Identifier: Apache-2.0
"""A managing unit (JS 3, 8; CQ 3, 12): the body responsible for resources, part of a legal person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.parties.closure_events import UnitClosureAnnounced, UnitClosureLifted
from domain.parties.events import (
    ScopeMode,
    SharingRulesPublished,
    UnitHouseRulesPublished,
    UnitMappedToLegalPerson,
    UnitMerged,
    UnitRegistered,
    UnitRenamed,
)
from domain.parties.period_events import UnitPeriodLocked
from domain.policy.closing import Closure, lifted

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.kernel.house_rules import HouseRules
    from domain.policy import Edition

INSTITUTION = "professional_institution"
"""The kind of unit through which a professional institution serves (JS 19.c); it holds no public resources by law."""


@dataclass(frozen=True, slots=True)
class SharingRules:
    """The unit's own rules of open sharing, in force from a day on."""

    version: int
    title: str
    number: str
    digest: str
    effective_from: date


@dataclass(frozen=True, slots=True)
class Mapping:
    """To which legal person the unit belongs from a day on; None is the first one, from the beginning."""

    legal_person: UUID
    effective_from: date | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stands."""

    legal_person: UUID
    code: str
    name_zh: str
    name_en: str
    kind: str
    scope_mode: ScopeMode
    city: str
    district: str
    competent_department: str
    portal_url: str | None
    mappings: tuple[Mapping, ...]
    sharing_rules: SharingRules | None = None
    house_rules: tuple[HouseRules, ...] = ()
    """Every version published for all instruments, the first one first: version n stands at place n - 1."""
    closures: tuple[Closure, ...] = ()
    merged_into: UUID | None = None
    period: UnitPeriodLocked | None = None
    """Up to which day records of use are settled, as last said."""

    def legal_person_on(self, day: date) -> UUID:
        """The legal person the unit belonged to on a day (JS 30.a)."""
        past = [item for item in self.mappings if item.effective_from is None or item.effective_from <= day]
        return past[-1].legal_person

    def sharing_rules_on(self, day: date) -> bool:
        """Whether the unit has sharing rules in force."""
        return self.sharing_rules is not None and self.sharing_rules.effective_from <= day


Change = (
    UnitRegistered
    | UnitRenamed
    | UnitMerged
    | UnitMappedToLegalPerson
    | SharingRulesPublished
    | UnitHouseRulesPublished
    | UnitClosureAnnounced
    | UnitClosureLifted
    | UnitPeriodLocked
)


def evolve(state: Unit | None, event: Change) -> Unit:  # noqa: PLR0911 - one line an event
    """The unit after an event."""
    if isinstance(event, UnitRegistered):
        stated = {name: value for name, value in event if name != "basis"}
        return Unit(**stated, mappings=(Mapping(event.legal_person, None),))
    assert state is not None
    match event:
        case UnitRenamed():
            return replace(state, name_zh=event.name_zh, name_en=event.name_en)
        case UnitMerged():
            return replace(state, merged_into=event.successor)
        case UnitMappedToLegalPerson():
            mapping = Mapping(event.legal_person, event.effective_from)
            return replace(state, legal_person=event.legal_person, mappings=(*state.mappings, mapping))
        case SharingRulesPublished():
            rules = SharingRules(event.rules_version, event.title, event.number, event.digest, event.effective_from)
            return replace(state, sharing_rules=rules)
        case UnitHouseRulesPublished():
            return replace(state, house_rules=(*state.house_rules, event.rules))
        case UnitClosureAnnounced() | UnitClosureLifted():
            return replace(state, closures=_closures_after(state.closures, event))
        case UnitPeriodLocked():
            return replace(state, period=event)


def _closures_after(
    closures: tuple[Closure, ...], event: UnitClosureAnnounced | UnitClosureLifted
) -> tuple[Closure, ...]:
    if isinstance(event, UnitClosureLifted):
        return lifted(closures, event.closure, event.lifted_from)
    return (*closures, Closure(event.closure, event.spans, event.reason))


UNIT = Aggregate(
    "parties.Unit",
    evolve,
    (
        UnitRegistered,
        UnitRenamed,
        UnitMerged,
        UnitMappedToLegalPerson,
        SharingRulesPublished,
        UnitHouseRulesPublished,
        UnitClosureAnnounced,
        UnitClosureLifted,
        UnitPeriodLocked,
    ),
)


def require_living(state: Unit) -> None:
    """Refuse what is asked of a unit that has ended in another one: `parties.unit_merged`."""
    if state.merged_into is not None:
        raise refusal("parties.unit_merged", code_of_unit=state.code, successor=str(state.merged_into))


def register(particulars: UnitRegistered, *, institution_joined: bool, edition: Edition) -> list[Event]:
    """Enter a unit of a kind the regime knows: directly bound, bound by reference (JS 32) or voluntary.

    The unit of a professional institution needs the institution to have joined. Raises `parties.unknown_unit_kind`,
    `parties.wrong_scope_mode`, `parties.not_joined`.
    """
    by_reference = tuple(edition.optional("scope.by_reference_kinds") or ())
    kinds = (*edition.value("scope.unit_kinds"), *by_reference, INSTITUTION)
    kind, mode = particulars.kind, particulars.scope_mode
    rules = Rules()
    citation = edition.citation("scope.unit_kinds")
    rules.require(
        kind in kinds, "parties.unknown_unit_kind", citation=citation, field="kind", kind=kind, known=", ".join(kinds)
    )
    rules.require(
        (mode == "by_reference") == (kind in by_reference) and (kind != INSTITUTION or mode == "voluntary"),
        "parties.wrong_scope_mode",
        citation=edition.citation("scope.by_reference_kinds"),
        field="scope_mode",
        kind=kind,
        scope_mode=mode,
    )
    rules.require(kind != INSTITUTION or institution_joined, "parties.not_joined", field="legal_person")
    rules.enforce()
    return [
        particulars.model_copy(update={"basis": edition.basis("scope.unit_kinds", "scope.by_reference_kinds")}),
    ]


def rename(state: Unit, *, name_zh: str, name_en: str, reason: str) -> list[Event]:
    """Give the unit another name. Raises `parties.unit_merged`, `parties.nothing_changed`."""
    require_living(state)
    if (name_zh, name_en) == (state.name_zh, state.name_en):
        raise refusal("parties.nothing_changed")
    return [UnitRenamed(name_zh=name_zh, name_en=name_en, reason=reason)]


def merge(state: Unit, *, unit: UUID, successor: UUID, successor_state: Unit, decision_reference: str) -> list[Event]:
    """End the unit in its successor. Raises `parties.unit_merged`, `parties.merged_into_itself`."""
    require_living(state)
    require_living(successor_state)
    if unit == successor:
        raise refusal("parties.merged_into_itself", field="successor")
    return [UnitMerged(successor=successor, decision_reference=decision_reference)]


def map_to(
    state: Unit, *, legal_person: UUID, effective_from: date, decision_reference: str, today: date
) -> list[Event]:
    """Say to which legal person the unit belongs from a day on; the day has come and follows that of the last mapping.

    Raises `parties.unit_merged`, `parties.nothing_changed`, `parties.mapping_not_yet_effective`,
    `parties.mapping_out_of_order`.
    """
    require_living(state)
    last = state.mappings[-1].effective_from
    rules = Rules()
    rules.require(legal_person != state.legal_person, "parties.nothing_changed", field="legal_person")
    rules.require(effective_from <= today, "parties.mapping_not_yet_effective", field="effective_from")
    rules.require(last is None or last < effective_from, "parties.mapping_out_of_order", field="effective_from")
    rules.enforce()
    return [
        UnitMappedToLegalPerson(
            legal_person=legal_person, effective_from=effective_from, decision_reference=decision_reference
        )
    ]


def publish_sharing_rules(
    state: Unit, *, title: str, number: str, digest: str, effective_from: date, edition: Edition
) -> list[Event]:
    """Publish the next version of the unit's sharing rules (JS 8(1), 15; CQ 12, 14).

    Raises `parties.unit_merged`, `parties.rules_go_backwards`.
    """
    require_living(state)
    last = state.sharing_rules
    if last is not None and effective_from < last.effective_from:
        raise refusal("parties.rules_go_backwards", field="effective_from", last=last.effective_from.isoformat())
    return [
        SharingRulesPublished(
            rules_version=last.version + 1 if last else 1,
            title=title,
            number=number,
            digest=digest,
            effective_from=effective_from,
            basis=edition.basis("resource.sharing_rules_required"),
        )
    ]
