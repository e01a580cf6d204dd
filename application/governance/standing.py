# SPDX-License-Identifier: Apache-2.0
"""Whether a deadline still stands: asked of its subject itself, because the list of deadlines may be behind.

One function for each kind, on one page; a kind without one is refused.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.contracts.call_off import CALL_OFF
from domain.contracts.contract import CONTRACT
from domain.governance.task import TASK
from domain.kernel.errors import refusal
from domain.network.broker import BROKER
from domain.network.qualification import QUALIFICATION
from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.user import USER
from domain.resources.due import listing_stands, submission_stands
from domain.resources.resource import RESOURCE
from domain.vouchers.grant import GRANT

if TYPE_CHECKING:
    from collections.abc import Callable

    from application.work import Work
    from domain.governance.deadline import Due


def stands(work: Work, due: Due) -> bool:
    """Whether what is due is due on that day still. Raises `DomainError` `governance.deadline_kind_unknown`."""
    ask = ASK.get(due.kind)
    if ask is None:
        raise refusal("governance.deadline_kind_unknown", field="kind", kind=due.kind, known=", ".join(ASK))
    return ask(work, due)


def _exemption_review(work: Work, due: Due) -> bool:
    resource = work.load(RESOURCE, due.subject).state
    return resource.state in ("exempt_claimed", "exempt") and resource.review_on == due.due_on


def _customs_condition(work: Work, due: Due) -> bool:
    resource = work.load(RESOURCE, due.subject).state
    last = max((condition.valid_until for condition in resource.customs), default=None)
    supervised = resource.supervision_ended_on is None and resource.state != "withdrawn"
    return supervised and last == due.due_on


def _operator_authorisation(work: Work, due: Due) -> bool:
    resource = work.load(RESOURCE, due.subject).state
    running = any((period.subject, period.valid_until) == (due.item, due.due_on) for period in resource.operators)
    return running and resource.state != "withdrawn"


def _voucher_expiry(work: Work, due: Due) -> bool:
    """One that is used up has nothing to lapse, until a refund gives something back."""
    grant = work.load(GRANT, due.subject).state
    return grant.usable and grant.valid_until == due.due_on


def _contract_end(work: Work, due: Due) -> bool:
    contract = work.load(CONTRACT, due.subject).state
    return contract.in_force and contract.terms.valid_until == due.due_on


def _dispute_stage(work: Work, due: Due) -> bool:
    stages = work.load(CONTRACT, due.subject).state.stages
    running = [held for held in stages if held.outcome is None]
    return any((held.stage, held.due_on) == (due.item, due.due_on) for held in running)


def _call_off_end(work: Work, due: Due) -> bool:
    call_off = work.load(CALL_OFF, due.subject).state
    return call_off.state == "placed" and call_off.valid_until == due.due_on


def _sme_evidence(work: Work, due: Due) -> bool:
    proofs = work.load(LEGAL_PERSON, due.subject).state.sme_evidence
    return max((proof.valid_until for proof in proofs), default=None) == due.due_on


def _user_qualification(work: Work, due: Due) -> bool:
    user = work.load(USER, due.subject).state
    ends = [item.valid_until for item in user.qualifications if str(item.resource) == due.item]
    return user.active and max(ends, default=None) == due.due_on


def _office_task(work: Work, due: Due) -> bool:
    task = work.load(TASK, due.subject).state
    return task.state == "open" and task.due_on == due.due_on


def _listing(work: Work, due: Due, *, binding: bool) -> bool:
    return listing_stands(work.load(RESOURCE, due.subject).state, due.due_on, binding=binding)


def _submission(work: Work, due: Due) -> bool:
    return submission_stands(work.load(RESOURCE, due.subject).state, due.due_on)


def _finance_lease(work: Work, due: Due) -> bool:
    leases = work.load(RESOURCE, due.subject).state.leases
    running = [lease.valid_until for lease in leases if lease.ended_on is None and lease.contract_number == due.item]
    return due.due_on in running


def _broker_registration(work: Work, due: Due) -> bool:
    broker = work.load(BROKER, due.subject).state
    return broker.ended_on is None and max(last for _, last in broker.periods) == due.due_on


def _service_qualification(work: Work, due: Due) -> bool:
    held = work.load(QUALIFICATION, due.subject).state
    return held.withdrawn_on is None and max(last for _, last in held.periods) == due.due_on


ASK: dict[str, Callable[[Work, Due], bool]] = {
    "exemption_review": _exemption_review,
    "customs_condition": _customs_condition,
    "operator_authorisation": _operator_authorisation,
    "voucher_expiry": _voucher_expiry,
    "contract_end": _contract_end,
    "contract_last_days": _contract_end,
    "dispute_stage": _dispute_stage,
    "call_off_end": _call_off_end,
    "sme_evidence": _sme_evidence,
    "user_qualification": _user_qualification,
    "finance_lease": _finance_lease,
    "broker_registration": _broker_registration,
    "service_qualification": _service_qualification,
    "office_task": _office_task,
    "resource_listing": partial(_listing, binding=True),
    "resource_listing_warning": partial(_listing, binding=False),
    "project_submission": _submission,
}
"""Every kind of deadline of which reminders are issued."""
