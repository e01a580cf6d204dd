# SPDX-License-Identifier: Apache-2.0
"""Which days are due, for whom, and which of them are still to be issued."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.billing.events import FeeRefunded, OrderSettled, ServiceOrderVoided
from domain.contracts.events import (
    AmendmentProposed,
    AmendmentSigned,
    ContractFulfilled,
    ContractTerminated,
    DisputeOpened,
    DisputeResolved,
)
from domain.governance.events import (
    DeadlinePassed,
    DeadlineReminded,
    OfficeTaskGiven,
    OfficeTaskOverdue,
    OfficeTaskPostponed,
    OfficeTaskReported,
)
from domain.kernel.event import Event
from domain.network.events import BrokerEnded, BrokerRegistered, BrokerRenewed, QualificationRecorded
from domain.parties.events import LegalPersonRegistered, TechSmeEvidenceRecorded, UserQualified, UserRegistered
from domain.reservations.events import UsageAborted, UsageCompleted, UsageStarted
from domain.resources.custody_events import CustomsSupervisionEnded, FinanceLeaseRecorded
from domain.resources.events import (
    CustomsConditionRecorded,
    ExemptionClaimed,
    ExemptionConfirmed,
    ExemptionEnded,
    OperationAuthorisationEnded,
    OperationAuthorised,
    ResourceTransferred,
    ResourceWithdrawn,
)
from domain.vouchers.events import (
    VoucherAmountRestored,
    VoucherAmountUsed,
    VoucherApplied,
    VoucherExpired,
    VoucherGranted,
)
from projections.deadlines.model import MODEL, deadlines, kinds, to_pass, to_remind_of
from projections.deadlines.table import DEADLINES
from projections.readmodel import Row
from tests.projections.conftest import Stage
from tests.projections.examples import CUSTOMER, PROVIDER, SEM, UNIT, USER, opened, personal, registered
from tests.projections.memory_rows import History, ident
from tests.projections.test_contract_register import AUTHORITY, DRAFTED, SIGNING, document, signed

APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
GRANT, TASK, OPERATOR, CONTRACT = ident("grant"), ident("task"), ident("operator"), ident("contract")


def claimed(review_on: date = APRIL) -> ExemptionClaimed:
    return ExemptionClaimed(ground="secrecy", reason="r", review_on=review_on)


def reminded(due_on: date = APRIL, kind: str = "exemption_review") -> DeadlineReminded:
    return DeadlineReminded(kind=kind, subject=SEM, item="", due_on=due_on, days_before=30)


def passed(due_on: date = APRIL) -> DeadlinePassed:
    return DeadlinePassed(kind="exemption_review", subject=SEM, item="", due_on=due_on)


def some(kind: type[Event], **stated: Any) -> Event:  # noqa: ANN401 - what the deadline rests on, and nothing else
    return kind.model_construct(**stated)


def shown(*past: Event) -> History:
    return History(MODEL).add(SEM, registered(), *past)


def the(log: History, kind: str = "exemption_review", subject: UUID = SEM, item: str = "") -> Row:
    return log.row(DEADLINES, kind, subject, item)


def test_a_deadline_belongs_to_the_unit_of_its_resource_and_moves_with_it() -> None:
    log = shown(claimed())
    assert (the(log)["unit"], the(log)["organisation"]) == (UNIT, PROVIDER)
    moved: dict[str, Any] = {
        "to_unit": ident("u2"),
        "to_legal_person": ident("p2"),
        "from_unit": UNIT,
        "asset_number": "A-1",
    }
    log.add(SEM, ResourceTransferred(**moved, reason="r"))
    assert (the(log)["unit"], the(log)["organisation"]) == (ident("u2"), ident("p2"))


@pytest.mark.parametrize("end", [ExemptionEnded(reason="r"), ResourceWithdrawn(ground="sold", reason="r")])
def test_what_is_done_or_gone_is_no_longer_due(end: Event, stage: Stage) -> None:
    log = shown(claimed(), end)
    assert the(log)["lifted_at"] is not None
    cursor = stage.show(log)
    assert to_remind_of(cursor, "exemption_review", first=APRIL, last=APRIL) == []
    assert to_pass(cursor, "exemption_review", MAY) == []
    assert deadlines(cursor, today=MAY).rows == []
    assert [row["standing"] for row in deadlines(cursor, today=MAY, lifted=True).rows] == ["lifted"]


def test_what_was_issued_is_not_due_again_until_the_day_moves(stage: Stage) -> None:
    log = shown(claimed(), ExemptionConfirmed(review_on=APRIL)).add(ident("d"), reminded(), passed())
    assert the(log)["reminded_at"] is not None
    assert the(log)["passed_at"] is not None
    log.add(SEM, ExemptionConfirmed(review_on=JUNE)).add(ident("d"), passed())
    assert (the(log)["due_on"], the(log)["reminded_at"], the(log)["passed_at"]) == (JUNE, None, None)
    cursor = stage.show(log)
    assert [row["due_on"] for row in to_remind_of(cursor, "exemption_review", first=MAY, last=JUNE)] == [JUNE]
    assert kinds(cursor) == ["exemption_review"]


def test_the_last_day_is_not_over_and_a_reminder_is_for_days_ahead(stage: Stage) -> None:
    cursor = stage.show(shown(claimed()))
    kind = "exemption_review"
    assert to_pass(cursor, kind, APRIL) == []
    assert len(to_pass(cursor, kind, date(2026, 4, 2))) == 1
    assert to_remind_of(cursor, kind, first=date(2026, 4, 2), last=MAY) == []
    assert len(to_remind_of(cursor, kind, first=APRIL, last=APRIL)) == 1


def test_what_was_entered_late_needs_no_reminder(stage: Stage) -> None:
    cursor = stage.show(shown(claimed(date(2025, 12, 1))))
    kind = "exemption_review"
    assert to_remind_of(cursor, kind, first=date(2025, 1, 1), last=MAY) == []
    assert len(to_pass(cursor, kind, MAY)) == 1


def test_the_latest_of_several_periods_counts() -> None:
    def condition(until: date) -> CustomsConditionRecorded:
        return CustomsConditionRecorded(notice_number="n", valid_from=date(2026, 1, 1), valid_until=until)

    log = shown(condition(JUNE), condition(MAY))
    assert the(log, "customs_condition")["due_on"] == JUNE


def test_each_operator_has_a_deadline_and_sees_it(stage: Stage) -> None:
    period: dict[str, Any] = {"scope": "s", "valid_from": date(2026, 1, 1), "valid_until": MAY}
    other = ident("other")
    log = shown(OperationAuthorised(operator=OPERATOR, **period), OperationAuthorised(operator=other, **period))
    log.add(SEM, OperationAuthorisationEnded(operator=other, reason="r"))
    cursor = stage.show(log)
    assert [row["item"] for row in deadlines(cursor, today=APRIL).rows] == [str(OPERATOR)]
    assert len(deadlines(cursor, today=APRIL, organisation=OPERATOR).rows) == 1
    assert len(deadlines(cursor, today=APRIL, since=MAY).rows) == 1
    assert deadlines(cursor, today=APRIL, since=JUNE).rows == []
    assert len(deadlines(cursor, today=APRIL, organisation=PROVIDER).rows) == 1
    assert deadlines(cursor, today=APRIL, organisation=other).rows == []


def test_a_contract_is_due_from_the_second_signature_to_the_day_last_agreed() -> None:
    log = History(MODEL).add(CONTRACT, DRAFTED, signed("user"))
    assert log.rows.get(DEADLINES, "contract_end", CONTRACT, "") is None
    log.add(CONTRACT, signed("provider"))
    assert the(log, "contract_end", CONTRACT)["due_on"] == date(2026, 12, 31)
    log.add(CONTRACT, AmendmentProposed(**document(2, JUNE), reason="r", proposed_by="user"))
    assert the(log, "contract_end", CONTRACT)["due_on"] == date(2026, 12, 31)
    sides: dict[str, Any] = {
        f"{side}_{part}": value
        for side in ("provider", "user")
        for part, value in {"signatory": personal("n"), "authority": AUTHORITY, "signing": SIGNING}.items()
    }
    log.add(CONTRACT, AmendmentSigned(document_version=2, digest="d2", **sides))
    row = the(log, "contract_end", CONTRACT)
    assert (row["due_on"], row["unit"], row["counterparty"], row["person"]) == (JUNE, UNIT, CUSTOMER, USER)
    terminated = some(ContractTerminated, reason="r")
    assert the(log.add(CONTRACT, terminated), "contract_end", CONTRACT)["lifted_at"] is not None


def voucher(*past: Event) -> History:
    """One of 100 fen."""
    applied = some(VoucherApplied, beneficiary=CUSTOMER, beneficiary_is_person=False)
    return History(MODEL).add(GRANT, applied, some(VoucherGranted, amount_fen=100, valid_until=MAY), *past)


def used(amount_fen: int) -> Event:
    return some(VoucherAmountUsed, amount_fen=amount_fen)


def test_a_voucher_runs_out_by_an_event_of_its_own_and_leaves_nothing_to_do(stage: Stage) -> None:
    log = voucher(used(60))
    row = the(log, "voucher_expiry", GRANT)
    assert (row["organisation"], row["due_on"], row["passed_at"]) == (CUSTOMER, MAY, None)
    log.add(GRANT, some(VoucherExpired))
    assert the(log, "voucher_expiry", GRANT)["passed_at"] is not None
    log.add(GRANT, some(VoucherAmountRestored, amount_fen=60), some(VoucherExpired))
    assert deadlines(stage.show(log), today=JUNE).rows == []


def test_a_used_up_voucher_is_due_again_when_a_refund_gives_it_back() -> None:
    remind = DeadlineReminded(kind="voucher_expiry", subject=GRANT, item="", due_on=MAY, days_before=30)
    log = voucher().add(ident("d"), remind).add(GRANT, used(40), used(60))
    assert the(log, "voucher_expiry", GRANT)["lifted_at"] is not None
    log.add(GRANT, some(VoucherAmountRestored, amount_fen=1))
    row = the(log, "voucher_expiry", GRANT)
    assert (row["due_on"], row["lifted_at"]) == (MAY, None)
    assert row["reminded_at"] is not None, "nobody is reminded twice of one day"
    assert the(log.add(GRANT, some(VoucherExpired)), "voucher_expiry", GRANT)["lifted_at"] is not None


OVER = DeadlinePassed(kind="contract_end", subject=CONTRACT, item="", due_on=date(2026, 12, 31))
START = some(UsageStarted, contract=CONTRACT)


def contracted(*past: tuple[str, Event]) -> Row:
    """The last day of a contract after what happened to it and under it, each on the stream that its name gives."""
    log = History(MODEL).add(CONTRACT, DRAFTED, signed("user"), signed("provider"))
    for name, event in past:
        log.add(ident(name), event)
    return the(log, "contract_end", CONTRACT)


@pytest.mark.parametrize(
    ("past", "left"),
    [
        pytest.param([("d", OVER)], False, id="nobody used anything"),
        pytest.param([("u", START)], True, id="not over yet"),
        pytest.param([("u", START), ("d", OVER)], True, id="a use goes on"),
        pytest.param([("u", START), ("d", OVER), ("u", some(UsageCompleted))], False, id="used and free"),
        pytest.param([("u", START), ("u", some(UsageAborted)), ("o", opened(contract=CONTRACT)), ("d", OVER)], True),
        pytest.param([("o", opened(contract=CONTRACT)), ("d", OVER), ("o", some(OrderSettled))], False, id="settled"),
        pytest.param([("o", opened(contract=CONTRACT)), ("d", OVER), ("o", some(ServiceOrderVoided))], False),
        pytest.param([("o", opened(contract=CONTRACT)), ("o", some(FeeRefunded)), ("d", OVER)], False),
        pytest.param([("d", OVER), ("o", opened(contract=CONTRACT))], True, id="a late order calls it back"),
        pytest.param([("o", opened(contract=ident("another"))), ("d", OVER)], False, id="of another contract"),
        pytest.param([("contract", some(DisputeOpened)), ("d", OVER)], True, id="disputed"),
        pytest.param([("contract", some(DisputeOpened)), ("d", OVER), ("contract", some(DisputeResolved))], False),
        pytest.param([("contract", some(ContractFulfilled)), ("o", opened(contract=CONTRACT))], False, id="closed"),
        pytest.param([("o", opened(contract=CONTRACT)), ("d", OVER), ("contract", some(ContractTerminated))], False),
    ],
)
def test_a_contract_past_its_day_is_listed_while_something_is_left_to_do(
    past: list[tuple[str, Event]], *, left: bool
) -> None:
    assert (contracted(*past)["lifted_at"] is None) is left


def test_a_task_is_due_until_it_is_reported_and_anew_when_postponed() -> None:
    given = OfficeTaskGiven(
        title="t",
        description="d",
        given_by="council",
        assignee="service_centre",
        organisation=None,
        due_on=APRIL,
        decision_reference=None,
    )
    log = History(MODEL).add(TASK, given, OfficeTaskOverdue(due_on=APRIL))
    assert the(log, "office_task", TASK)["passed_at"] is not None
    log.add(TASK, OfficeTaskReported(report="r", digest=None))
    assert the(log, "office_task", TASK)["lifted_at"] is not None
    log.add(TASK, OfficeTaskPostponed(due_on=JUNE, reason="r"))
    row = the(log, "office_task", TASK)
    assert (row["due_on"], row["role"], row["lifted_at"], row["passed_at"]) == (JUNE, "service_centre", None, None)


def test_evidence_and_qualifications_of_parties() -> None:
    firm = some(LegalPersonRegistered)
    log = shown().add(CUSTOMER, firm, TechSmeEvidenceRecorded(number="1", valid_from=APRIL, valid_until=JUNE))
    assert the(log, "sme_evidence", CUSTOMER)["organisation"] == CUSTOMER
    joined = some(UserRegistered, unit=None, legal_person=CUSTOMER)
    log.add(USER, joined, UserQualified(resource=SEM, valid_from=APRIL, valid_until=MAY))
    row = the(log, "user_qualification", USER, str(SEM))
    assert (row["person"], row["unit"], row["due_on"]) == (USER, UNIT, MAY)


def test_what_is_in_other_hands_or_released_by_customs() -> None:
    lease = FinanceLeaseRecorded(
        lessor=PROVIDER, lessee=OPERATOR, contract_number="L-1", valid_from=APRIL, valid_until=JUNE
    )
    condition = CustomsConditionRecorded(notice_number="n", valid_from=APRIL, valid_until=MAY)
    log = shown(lease, condition, CustomsSupervisionEnded(ended_on=APRIL, notice_number="m", ground="duty_paid"))
    assert the(log, "finance_lease", item="L-1")["counterparty"] == OPERATOR
    assert the(log, "customs_condition")["lifted_at"] is not None


def test_registrations_of_brokers_and_qualifications_run_to_their_latest_day() -> None:
    log = shown().add(TASK, some(BrokerRegistered, user=USER, employer=CUSTOMER, valid_until=APRIL))
    log.add(TASK, BrokerRenewed(valid_from=APRIL, valid_until=JUNE))
    row = the(log, "broker_registration", TASK)
    assert (row["person"], row["organisation"], row["due_on"]) == (USER, CUSTOMER, JUNE)
    log.add(TASK, BrokerEnded(reason="r", ended_on=MAY))
    assert the(log, "broker_registration", TASK)["lifted_at"] is not None
    log.add(GRANT, some(QualificationRecorded, unit=UNIT, legal_person=PROVIDER, valid_until=MAY))
    assert the(log, "service_qualification", GRANT)["unit"] == UNIT
