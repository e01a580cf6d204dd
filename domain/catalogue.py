# SPDX-License-Identifier: Apache-2.0
"""Every aggregate, event type and claim on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.billing.claims import claims_of as billing_claims
from domain.billing.order import ORDER
from domain.calendars.claims import claims_of as calendar_claims
from domain.calendars.feed import FEED
from domain.contracts.access import ACCESS_LOG
from domain.contracts.call_off import CALL_OFF
from domain.contracts.claims import claims_of as contract_claims
from domain.contracts.contract import CONTRACT
from domain.contracts.output import OUTPUT
from domain.contracts.template import TEMPLATE
from domain.governance.activity import ACTIVITY
from domain.governance.claims import claims_of as governance_claims
from domain.governance.deadline import DEADLINE
from domain.governance.decision import DECISION
from domain.governance.document import DOCUMENT
from domain.governance.task import TASK
from domain.network.broker import BROKER
from domain.network.claims import claims_of as network_claims
from domain.network.demand import DEMAND
from domain.network.payment import PAYMENT
from domain.network.product import PRODUCT
from domain.network.qualification import QUALIFICATION
from domain.network.site import SITE
from domain.notices.claims import claims_of as notice_claims
from domain.notices.delivery import NOTICE, READING
from domain.notices.inbox import INBOX
from domain.notices.template import WORDINGS
from domain.parties.claims import claims_of as party_claims
from domain.parties.group import GROUP
from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.membership import MEMBERSHIPS
from domain.parties.proxy import PROXIES
from domain.parties.unit import UNIT
from domain.parties.user import USER
from domain.policy.claims import claims_of as policy_claims
from domain.policy.decided import DECIDED
from domain.purchasing.claims import claims_of as purchasing_claims
from domain.purchasing.review import PURCHASE_REVIEW
from domain.purchasing.warning import WARNING_CATALOGUE
from domain.reservations.claims import claims_of as reservation_claims
from domain.reservations.day_sheet import DAY_SHEET
from domain.reservations.reservation import RESERVATION
from domain.reservations.series.series import SERIES
from domain.reservations.waiting import WAITING
from domain.resources.channels import CHANNEL
from domain.resources.claims import claims_of as resource_claims
from domain.resources.ledger.ledger import ASSET_LEDGER
from domain.resources.resource import RESOURCE
from domain.samples.claims import claims_of as sample_claims
from domain.samples.order import SAMPLE_ORDER
from domain.standing.claims import claims_of as standing_claims
from domain.standing.group import GROUP_STANDING
from domain.standing.session import TRAINING
from domain.standing.standing import STANDING
from domain.statistics.claims import claims_of as statistics_claims
from domain.statistics.report import REPORT
from domain.vouchers.batch import BATCH
from domain.vouchers.claims import claims_of as voucher_claims
from domain.vouchers.grant import GRANT
from domain.vouchers.programme import PROGRAMME
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from domain.kernel.claims import Claim
    from domain.kernel.event import Aggregate, Event

AGGREGATES: tuple[Aggregate[Any], ...] = (
    LEGAL_PERSON,
    UNIT,
    USER,
    GROUP,
    MEMBERSHIPS,
    PROXIES,
    RESOURCE,
    ASSET_LEDGER,
    CHANNEL,
    RESERVATION,
    WAITING,
    SERIES,
    DAY_SHEET,
    SAMPLE_ORDER,
    STANDING,
    GROUP_STANDING,
    TRAINING,
    CONTRACT,
    CALL_OFF,
    TEMPLATE,
    OUTPUT,
    ACCESS_LOG,
    ORDER,
    PROGRAMME,
    GRANT,
    REDEMPTION,
    BATCH,
    DECISION,
    DOCUMENT,
    TASK,
    ACTIVITY,
    DEADLINE,
    DECIDED,
    REPORT,
    SITE,
    BROKER,
    DEMAND,
    PRODUCT,
    QUALIFICATION,
    PAYMENT,
    PURCHASE_REVIEW,
    WARNING_CATALOGUE,
    INBOX,
    NOTICE,
    READING,
    WORDINGS,
    FEED,
)

_CLAIMS: dict[str, Callable[[UUID, Event], Iterable[Claim]]] = {
    "parties": party_claims,
    "resources": resource_claims,
    "reservations": reservation_claims,
    "standing": standing_claims,
    "samples": sample_claims,
    "contracts": contract_claims,
    "billing": billing_claims,
    "vouchers": voucher_claims,
    "policy": policy_claims,
    "governance": governance_claims,
    "purchasing": purchasing_claims,
    "network": network_claims,
    "statistics": statistics_claims,
    "notices": notice_claims,
    "calendars": calendar_claims,
}

UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""(type, version) to the function that lifts its data to the next version. Append-only."""


def _by_type() -> dict[str, type[Event]]:
    """Event classes by type. Raises ValueError when two claim the same type."""
    known: dict[str, type[Event]] = {}
    for aggregate in AGGREGATES:
        for event in aggregate.events:
            if event.TYPE in known:
                message = f"{event.TYPE} is defined twice"
                raise ValueError(message)
            known[event.TYPE] = event
    return known


EVENT_TYPES = _by_type()
AGGREGATE_OF: dict[str, Aggregate[Any]] = {
    event.TYPE: aggregate for aggregate in AGGREGATES for event in aggregate.events
}


def claims_of(stream: UUID, event: Event) -> Iterable[Claim]:
    """What an event claims, gives back or draws upon."""
    return _CLAIMS[event.TYPE.partition(".")[0]](stream, event)
