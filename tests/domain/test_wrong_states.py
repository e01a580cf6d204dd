# SPDX-License-Identifier: Apache-2.0
"""What a lifecycle does not have from a state is refused: by the state, the step, and the states that have it."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

import pytest

from domain.billing import adjusting, deducting, delivering, fund_card, invoicing, settling
from domain.billing.order import ORDER, OrderState
from domain.contracts import amending, calling_off, disputing, drafting, performing, signing
from domain.contracts.contract import CONTRACT
from domain.contracts.state import ContractState
from domain.governance import task
from domain.governance.task import TASK, TaskState
from domain.kernel.errors import DomainError
from domain.reservations import answering, attendance, records, requesting, transfer, usage
from domain.reservations.reservation import RESERVATION, ReservationState
from domain.samples import approving, intake, reporting, testing
from domain.samples.order import SAMPLE_ORDER, SampleOrderState
from domain.vouchers import claiming, deciding, granting, lapsing, paying
from domain.vouchers.grant import GRANT, GrantState
from domain.vouchers.redemption import REDEMPTION, RedemptionState
from infrastructure.words import load_words
from tests.domain.billing.examples import opened
from tests.domain.contracts.samples import DRAFTED
from tests.domain.editions import JIANGSU
from tests.domain.governance.examples import given_task
from tests.domain.reservations.samples import REQUESTED
from tests.domain.samples.examples import applied as applied_samples
from tests.domain.vouchers.examples import applied, claimed

ROOT = Path(__file__).parents[2]
Steps = dict[str, tuple[Callable[..., Any], str]]

RESERVING: Steps = {
    "answer": (answering.answer, "requested"),
    "confirm": (answering.confirm, "requested"),
    "reject": (answering.reject, "requested"),
    "cancel": (answering.cancel, "requested, confirmed"),
    "expire": (answering.expire, "requested"),
    "reschedule": (requesting.reschedule, "confirmed"),
    "transfer": (transfer.transferable, "requested, confirmed"),
    "record_no_show": (attendance.record_no_show, "confirmed"),
    "contest_no_show": (attendance.contest, "no_show"),
    "annul_no_show": (attendance.annul, "no_show"),
    "start": (usage.start, "confirmed"),
    "complete": (usage.complete, "in_use"),
    "check_out": (usage.check_out, "in_use"),
    "abort": (usage.abort, "in_use"),
    "rate": (records.rate, "completed"),
    "correct": (records.correct, "completed"),
}
CONTRACTING: Steps = {
    "revise": (drafting.revise, "drafted, signed_by_one"),
    "abandon": (drafting.abandon, "drafted, signed_by_one"),
    "sign": (signing.sign, "drafted, signed_by_one"),
    "register_technical": (performing.register, "signed_by_both"),
    "propose_amendment": (amending.propose, "signed_by_both, registered"),
    "sign_amendment": (amending.sign, "amending"),
    "drop_amendment": (amending.drop, "amending"),
    "fulfil": (performing.fulfil, "signed_by_both, registered"),
    "place_call_off": (calling_off.place, "signed_by_both, registered, amending"),
    "begin_dispute_stage": (disputing.begin_stage, "disputed"),
    "end_dispute_stage": (disputing.end_stage, "disputed"),
    "open_dispute": (performing.open_dispute, "signed_by_both, registered, fulfilled"),
    "resolve_dispute": (performing.resolve_dispute, "disputed"),
    "terminate": (performing.terminate, "signed_by_both, registered, disputed"),
}
BILLING: Steps = {
    "deliver": (delivering.deliver, "opened"),
    "request_rework": (delivering.request_rework, "delivered"),
    "accept": (delivering.accept, "delivered"),
    "void": (delivering.void, "opened, delivered"),
    "name_fund_card": (fund_card.name_fund_card, "opened, delivered, accepted"),
    "adjust": (adjusting.adjust, "delivered, accepted"),
    "decide_adjustment": (adjusting.decide, "delivered, accepted"),
    "correct_charge": (adjusting.correct, "opened, delivered, accepted"),
    "invoice": (invoicing.invoice, "accepted"),
    "void_invoice": (invoicing.void_invoice, "invoiced"),
    "register_document": (invoicing.register_document, "invoiced, paid, settled"),
    "deduct": (deducting.deduct, "invoiced"),
    "refuse_voucher": (deducting.refuse, "invoiced"),
    "receive": (settling.receive, "invoiced"),
    "settle": (settling.settle, "paid"),
    "refund": (settling.refund, "paid, settled"),
    "book_use": (settling.book_use, "settled"),
}
GRANTING: Steps = {
    "check": (granting.check, "applied"),
    "reject": (granting.reject, "applied, checked"),
    "grant": (granting.grant_voucher, "checked"),
    "expire": (lapsing.expire, "granted, partly_used"),
    "revoke": (lapsing.revoke, "granted, partly_used"),
    "restore": (lapsing.restore, "partly_used, exhausted, expired, revoked"),
}
CLAIMING: Steps = {
    "correct": (claiming.correct, "returned"),
    "check": (claiming.check, "applied"),
    "return": (claiming.send_back, "applied, checked"),
    "publicise": (claiming.publicise, "checked"),
    "object": (claiming.object_to, "checked"),
    "approve": (deciding.approve, "checked"),
    "reject": (deciding.reject, "applied, returned, checked, held"),
    "hold": (deciding.hold, "checked, approved"),
    "release_hold": (deciding.release_hold, "held"),
    "batch": (deciding.batch, "approved"),
    "unbatch": (deciding.unbatch, "batched"),
    "reimburse": (paying.reimburse, "batched"),
    "return_payment": (paying.return_payment, "batched, reimbursed"),
    "order_clawback": (paying.order_clawback, "reimbursed"),
    "receive_clawback": (paying.receive_clawback, "clawback_ordered"),
    "annul_clawback": (paying.annul_clawback, "clawback_ordered"),
}
SAMPLES: Steps = {
    "approve_samples": (approving.approve, "waiting_for_leader"),
    "time_out_samples": (approving.time_out, "waiting_for_leader"),
    "refuse_samples": (intake.refuse, "waiting_for_leader, applied, accepted"),
    "accept_samples": (intake.accept, "applied"),
    "receive_samples": (intake.receive, "accepted"),
    "record_test": (testing.require_testable, "received"),
    "draft_report": (reporting.draft, "tested"),
    "review_report": (reporting.review, "report_drafted, reviewed_once"),
    "return_report": (reporting.send_back, "report_drafted, reviewed_once"),
    "deliver_report": (reporting.deliver, "reviewed"),
    "acknowledge_report": (reporting.acknowledge, "delivered"),
    "rate_samples": (reporting.rate, "acknowledged"),
    "withdraw_samples": (intake.withdraw, "waiting_for_leader, applied, accepted, received, tested"),
}
TASKS: Steps = {
    "postpone": (task.postpone, "open, reported"),
    "report": (task.report, "open, reported"),
    "finish": (task.finish, "open, reported"),
    "cancel": (task.cancel, "open, reported"),
}


@dataclass(frozen=True)
class Room:
    """A lifecycle: its steps with the states that have them, its states, and one thing that goes through it."""

    code: str
    steps: Steps
    states: tuple[str, ...]
    begun: Any
    sources: str

    def wrong(self) -> Iterator[tuple[str, str]]:
        """Every step from every state that does not have it."""
        for step, (_, possible) in self.steps.items():
            for state in self.states:
                if state not in possible.split(", "):
                    yield step, state


ROOMS = {
    "reservations": Room(
        "reservations.wrong_state", RESERVING, get_args(ReservationState), RESERVATION.fold([REQUESTED]), "reservations"
    ),
    "contracts": Room(
        "contracts.wrong_state", CONTRACTING, get_args(ContractState), CONTRACT.fold([DRAFTED]), "contracts"
    ),
    "billing": Room("billing.wrong_state", BILLING, get_args(OrderState), ORDER.fold([opened()]), "billing"),
    "grants": Room("vouchers.grant_wrong_state", GRANTING, get_args(GrantState), GRANT.fold([applied()]), "vouchers"),
    "claims": Room(
        "vouchers.redemption_wrong_state", CLAIMING, get_args(RedemptionState), REDEMPTION.fold([claimed()]), "vouchers"
    ),
    "samples": Room(
        "samples.wrong_state", SAMPLES, get_args(SampleOrderState), SAMPLE_ORDER.fold([applied_samples()]), "samples"
    ),
    "tasks": Room("governance.task_wrong_state", TASKS, get_args(TaskState), TASK.fold([given_task()]), "governance"),
}
OTHERWISE = {"register_technical": "contracts.not_signed_by_both"}
"""Steps whose refusal rests on an article has a code of its own."""


def refused(room: Room, step: str, state: str) -> DomainError:
    """The state is looked at before any fact: none is needed."""
    decision = room.steps[step][0]
    facts: dict[str, Any] = {}
    for name in list(inspect.signature(decision).parameters)[1:]:
        facts[name] = JIANGSU if name == "edition" else None
    with pytest.raises(DomainError) as caught:
        decision(replace(room.begun, state=state), **facts)
    return caught.value


@pytest.mark.parametrize(
    ("name", "step", "state"), [(name, *each) for name, room in ROOMS.items() for each in room.wrong()]
)
def test_the_refusal_names_the_state_the_step_and_the_possible_states(name: str, step: str, state: str) -> None:
    room = ROOMS[name]
    [violation] = refused(room, step, state).violations
    assert violation.code == OTHERWISE.get(step, room.code)
    assert violation.parameters == {"state": state, "command": step, "possible_state": room.steps[step][1]}


@pytest.mark.parametrize(
    ("name", "step", "state"), [(name, *each) for name, room in ROOMS.items() for each in room.wrong()]
)
def test_people_read_it_without_codes(name: str, step: str, state: str) -> None:
    words = load_words()
    [violation] = refused(ROOMS[name], step, state).violations
    terms = words.terms["state"]
    for language in ("zh", "en"):
        told = words.error(violation.code, language, violation.parameters)
        separator = ", " if language == "en" else "、"
        possible = ROOMS[name].steps[step][1].split(", ")
        assert told.endswith(separator.join(terms[each].read(language) for each in possible))
        assert terms[state].read(language) in told
        assert not re.search("[a-z]" if language == "zh" else "[a-z]_[a-z]", told), told


@pytest.mark.parametrize("name", ROOMS)
def test_no_step_of_the_room_is_forgotten(name: str) -> None:
    """A step that asks for a state stands in the table above."""
    room = ROOMS[name]
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "domain" / room.sources).rglob("*.py"))
    asked = set(re.findall(r'require_(?:state|running)\(\w+, "(\w+)"', sources))
    tables = [each.steps for each in ROOMS.values() if each.sources == room.sources]
    assert asked <= {step for steps in tables for step in steps}
