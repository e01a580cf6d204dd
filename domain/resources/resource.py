# SPDX-License-Identifier: Apache-2.0
"""A resource folded from its events (lifecycle 6.1 with ruling 8.15).

The decisions live beside it by subject: registration, publication, exemption, custody, pricing, hours, upkeep.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from domain.kernel.event import Aggregate
from domain.policy.closing import Closure, lifted
from domain.resources import booking_events as booking
from domain.resources import closure_events as closing
from domain.resources import custody_events as custody
from domain.resources import duty_events as duty
from domain.resources import events as facts
from domain.resources import fee_events as fees
from domain.resources import registry_events as registry
from domain.resources.duty import DutyRoster
from domain.resources.lanes import Hold
from domain.resources.opening import Opening
from domain.resources.records import Assessment, Description, Project
from domain.resources.state import CostSheet, Lease, OpeningLimit, Period, Resource, Standing
from domain.resources.tariff import Tariff

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.kernel.event import Event

__all__ = ["RESOURCE", "Resource", "evolve"]


def evolve(state: Resource | None, event: Event) -> Resource:
    """The resource after an event."""
    if isinstance(event, facts.ResourceRegistered):
        return Resource(**_stated(event))
    assert state is not None
    return _FOLDS[type(event)](state, event)


_PARTICULARS = frozenset(field.name for field in fields(Resource))


def _stated(event: Event) -> dict[str, Any]:
    """The particulars an event states; what it leaves out stays as it is."""
    return {name: value for name, value in event if name in _PARTICULARS and value is not None}


def _to(standing: Standing) -> Callable[[Resource, Any], Resource]:
    return lambda state, _: replace(state, state=standing)


def _exempt(standing: Standing) -> Callable[[Resource, Any], Resource]:
    return lambda state, event: replace(state, state=standing, review_on=event.review_on)


def _submitted(state: Resource, _: facts.ResourceDataSubmitted) -> Resource:
    return replace(state, state="submitted", certificate=None, received_by=None)


def _returned(state: Resource, _: facts.ResourceDataReturned) -> Resource:
    return replace(state, state="draft", returns=state.returns + 1)


def _accepted(state: Resource, event: facts.ResourceDataAccepted) -> Resource:
    return replace(state, state="accepted", received_by=event.received_by)


def _certified(state: Resource, event: facts.SubmissionCertificateIssued) -> Resource:
    standing: Standing = "published" if state.state == "published" else "certified"
    return replace(state, state=standing, certificate=event.number)


def _published(state: Resource, event: facts.ResourcePublished) -> Resource:
    return replace(state, state="published", items=event.items, portal_url=event.portal_url)


def _costed(state: Resource, event: facts.CostSheetRecorded) -> Resource:
    sheet = CostSheet(event.sheet_version, event.elements, event.accounting_period)
    return replace(state, cost_sheets=(*state.cost_sheets, sheet))


def _priced(state: Resource, event: facts.TariffPublished) -> Resource:
    tariff = Tariff(event.tariff_version, event.effective_from, event.lines)
    return replace(state, tariffs=(*state.tariffs, tariff))


def _priced_in_full(state: Resource, event: fees.FeeStandardPublished) -> Resource:
    tariff = Tariff(event.tariff_version, event.effective_from, event.standard.lines, event.standard)
    return replace(state, tariffs=(*state.tariffs, tariff))


def _opened(state: Resource, event: facts.OpeningPublished) -> Resource:
    opening = Opening(
        event.opening_version, event.effective_from, event.windows, event.terms, event.rated_minutes_per_year
    )
    return replace(state, openings=(*state.openings, opening))


def _limited(state: Resource, event: facts.OpeningLimitPublished) -> Resource:
    limit = OpeningLimit(
        event.limit_version,
        event.excluded_user_kinds,
        event.earliest_minutes_before,
        event.latest_minutes_before,
        event.cancel_minutes_before,
        event.grace_minutes,
        event.no_show_charge,
        event.text,
    )
    return replace(state, limits=(*state.limits, limit))


def _ruled(state: Resource, event: booking.HouseRulesPublished) -> Resource:
    return replace(state, house_rules=(*state.house_rules, event.rules))


def _staffed(state: Resource, event: duty.DutyRosterPublished) -> Resource:
    rosters = (*state.duty_rosters, DutyRoster.of(event))
    return replace(state, duty_rosters=rosters, duty_version=event.roster_version)


def _cleared(state: Resource, event: facts.CustomsConditionRecorded) -> Resource:
    condition = Period(event.notice_number, event.valid_from, event.valid_until)
    return replace(state, customs=(*state.customs, condition))


def _authorised(state: Resource, event: facts.OperationAuthorised) -> Resource:
    period = Period(str(event.operator), event.valid_from, event.valid_until)
    return replace(state, operators=(*state.operators, period), ever_operated=(*state.ever_operated, period))


def _dismissed(state: Resource, event: facts.OperationAuthorisationEnded) -> Resource:
    left = tuple(item for item in state.operators if item.subject != str(event.operator))
    return replace(state, operators=left)


def _leased(state: Resource, event: custody.FinanceLeaseRecorded) -> Resource:
    """The lessee operates the resource as long as the lease runs."""
    lease = Lease(event.lessor, event.lessee, event.contract_number, event.valid_from, event.valid_until)
    period = Period(str(event.lessee), event.valid_from, event.valid_until)
    return replace(
        state,
        leases=(*state.leases, lease),
        operators=(*state.operators, period),
        ever_operated=(*state.ever_operated, period),
    )


def _lease_over(state: Resource, event: custody.FinanceLeaseEnded) -> Resource:
    running = [lease.ended_on is None and lease.contract_number == event.contract_number for lease in state.leases]
    place = running.index(True)
    over = replace(state.leases[place], ended_on=event.ended_on)
    by_lease = Period(str(over.lessee), over.valid_from, over.valid_until)
    shorter = replace(by_lease, valid_until=min(over.valid_until, event.ended_on - timedelta(days=1)))
    return replace(
        state,
        leases=(*state.leases[:place], over, *state.leases[place + 1 :]),
        operators=tuple(shorter if item == by_lease else item for item in state.operators),
    )


def _released(state: Resource, event: custody.CustomsSupervisionEnded) -> Resource:
    return replace(state, supervision_ended_on=event.ended_on)


def _moved(state: Resource, event: facts.ResourceReassigned | facts.ResourceTransferred) -> Resource:
    """The new unit answers for it from now on: what was public waits for its rules, what was in hand begins anew."""
    standing: Standing = state.state
    if standing in ("published", "suspended"):
        standing = "suspended"
    elif standing in ("submitted", "accepted", "certified"):
        standing = "draft"
    moved = replace(state, state=standing, unit=event.to_unit, legal_person=event.to_legal_person)
    return replace(moved, portal_url="", duty_rosters=())


def _maintained(state: Resource, event: facts.MaintenanceScheduled) -> Resource:
    hold = Hold(event.maintenance, event.span, event.lanes, event.kind)
    return replace(state, maintenances=(*state.maintenances, hold))


def _maintenance_over(state: Resource, event: facts.MaintenanceEnded) -> Resource:
    held = tuple(
        replace(hold, released=True, ended_at=event.ended_at) if hold.id == event.maintenance else hold
        for hold in state.maintenances
    )
    return replace(state, maintenances=held)


def _blocked(state: Resource, event: facts.InternalBlockEntered) -> Resource:
    hold = Hold(event.block, event.span, event.lanes, "internal")
    return replace(state, blocks=(*state.blocks, hold))


def _lifted(state: Resource, event: facts.InternalBlockLifted) -> Resource:
    held = tuple(replace(hold, released=True) if hold.id == event.block else hold for hold in state.blocks)
    return replace(state, blocks=held)


def _closed(state: Resource, event: closing.ClosureAnnounced) -> Resource:
    closure = Closure(event.closure, event.spans, event.reason, event.lanes)
    return replace(state, closures=(*state.closures, closure))


def _open_again(state: Resource, event: closing.ClosureLifted) -> Resource:
    return replace(state, closures=lifted(state.closures, event.closure, event.lifted_from))


def _described(state: Resource, event: registry.ResourceDescribed) -> Resource:
    stated = Description(event.kind, event.schema_version, event.classification, event.values)
    return replace(state, described=stated)


def _assessed(state: Resource, event: registry.ResourceAssessed) -> Resource:
    return replace(state, assessment=Assessment.of(event))


def _linked(state: Resource, event: registry.ProjectLinked) -> Resource:
    project = Project(event.project_number, event.project_title, event.planned_acceptance_at, event.binding)
    return replace(state, project=project)


def _project_accepted(state: Resource, event: registry.ProjectAccepted) -> Resource:
    assert state.project is not None
    return replace(state, project=replace(state.project, accepted_at=event.accepted_at))


def _unchanged(state: Resource, _: Event) -> Resource:
    return state


_FOLDS: dict[type[Event], Callable[[Resource, Any], Resource]] = {
    facts.ResourceDataSubmitted: _submitted,
    facts.ResourceDataReturned: _returned,
    facts.ResourceDataAccepted: _accepted,
    facts.SubmissionCertificateIssued: _certified,
    facts.CostSheetRecorded: _costed,
    facts.TariffPublished: _priced,
    fees.FeeStandardPublished: _priced_in_full,
    facts.OpeningPublished: _opened,
    facts.OpeningLimitPublished: _limited,
    booking.HouseRulesPublished: _ruled,
    booking.AccessoriesLowered: _unchanged,
    duty.DutyRosterPublished: _staffed,
    facts.CustomsConditionRecorded: _cleared,
    facts.ResourcePublished: _published,
    facts.ResourceUpdated: lambda state, event: replace(state, **_stated(event)),
    facts.OperationAuthorised: _authorised,
    facts.OperationAuthorisationEnded: _dismissed,
    facts.ResourceSuspended: _to("suspended"),
    facts.ResourceResumed: _to("published"),
    facts.ExemptionClaimed: _exempt("exempt_claimed"),
    facts.ExemptionConfirmed: _exempt("exempt"),
    facts.ExemptionRefused: _to("draft"),
    facts.ExemptionEnded: _to("draft"),
    facts.ResourceReassigned: _moved,
    facts.ResourceTransferred: _moved,
    facts.ResourceWithdrawn: _to("withdrawn"),
    facts.MaintenanceScheduled: _maintained,
    facts.MaintenanceEnded: _maintenance_over,
    facts.InternalBlockEntered: _blocked,
    facts.InternalBlockLifted: _lifted,
    closing.ClosureAnnounced: _closed,
    closing.ClosureLifted: _open_again,
    registry.ResourceDescribed: _described,
    registry.ResourceAssessed: _assessed,
    registry.StandardApplied: _unchanged,
    registry.CorrectionRequested: _unchanged,
    registry.ReturnConceded: lambda state, event: replace(state, conceded_return=event.return_count),
    registry.QualityChecked: _unchanged,
    registry.ResourceDataConfirmed: _unchanged,
    registry.ProjectLinked: _linked,
    registry.ProjectAccepted: _project_accepted,
    registry.ListingExceptionGranted: lambda state, _: replace(state, listing_excused=True),
    custody.FinanceLeaseRecorded: _leased,
    custody.FinanceLeaseEnded: _lease_over,
    custody.OutsideUseApproved: lambda state, _: state,
    custody.CustomsSupervisionEnded: _released,
}

RESOURCE = Aggregate("resources.Resource", evolve, (facts.ResourceRegistered, *_FOLDS))
