# SPDX-License-Identifier: Apache-2.0
"""Voucher money from budget to payment: programmes, grants, claims, batches. Amounts in fen."""

from datetime import date
from uuid import UUID

from domain.kernel.event import Recorded
from domain.vouchers.events import (
    ClawbackAnnulled,
    ClawbackOrdered,
    ClawbackPartlyReceived,
    ClawbackReceived,
    ObjectionDecided,
    ObjectionRaised,
    PaymentReturned,
    ProgrammeBudgetRaised,
    RedemptionApplied,
    RedemptionApproved,
    RedemptionBatched,
    RedemptionChecked,
    RedemptionCorrected,
    RedemptionHeld,
    RedemptionHoldReleased,
    RedemptionPartlyReimbursed,
    RedemptionPublicised,
    RedemptionReimbursed,
    RedemptionRejected,
    RedemptionUnbatched,
    ReimbursementBatchFrozen,
    ReimbursementBatchSettled,
    ReturnedForCorrection,
    VoucherAmountReleased,
    VoucherAmountReserved,
    VoucherAmountRestored,
    VoucherAmountUsed,
    VoucherApplicationRejected,
    VoucherApplied,
    VoucherEligibilityChecked,
    VoucherExpired,
    VoucherGranted,
    VoucherProgrammeClosed,
    VoucherProgrammeEstablished,
    VoucherRevoked,
)
from domain.vouchers.values import FundingPart
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, fetch
from projections.readmodel import ReadModel, Rows
from projections.voucher_tables import BATCHES, BUDGETS, GRANTS, PAYMENTS, PROGRAMMES, REDEMPTIONS

on = Handlers()


@on
def _establish(event: VoucherProgrammeEstablished, recorded: Recorded, rows: Rows) -> None:
    terms = event.programme
    decided = event.model_dump(include=set(PROGRAMMES.columns))
    settled = terms.model_dump(include={"settlement_mode", "payee", "opens_on", "closes_on"})
    row = new_row(
        PROGRAMMES,
        id=recorded.stream,
        state="open",
        version=recorded.version,
        terms=terms.model_dump(mode="json", exclude={"funders"}),
        **decided,
        **settled,
    )
    rows.put(PROGRAMMES, row)
    for funder in terms.funders:
        budget = {"funder": funder.legal_person, "kind": funder.kind, "share": str(funder.share)}
        none = {"granted_fen": 0, "returned_fen": 0, "paid_fen": 0}
        row = new_row(BUDGETS, programme=recorded.stream, budget_fen=funder.budget_fen, **budget, **none)
        rows.put(BUDGETS, row)


@on
def _raise_budget(event: ProgrammeBudgetRaised, recorded: Recorded, rows: Rows) -> None:
    rows.add(BUDGETS, recorded.stream, event.funder, budget_fen=event.amount_fen)


@on
def _apply_for_grant(event: VoucherApplied, recorded: Recorded, rows: Rows) -> None:
    wanted = event.model_dump(exclude={"basis"})
    none = {"amount_fen": 0, "reserved_fen": 0, "used_fen": 0, "returned_fen": 0}
    rows.put(GRANTS, new_row(GRANTS, id=recorded.stream, state="applied", version=recorded.version, **wanted, **none))


@on
def _grant(event: VoucherGranted, recorded: Recorded, rows: Rows) -> None:
    granted = event.model_dump(include={"amount_fen", "valid_until", "granted_on"})
    funding = [part.model_dump(mode="json") for part in event.funding]
    amend(rows, GRANTS, recorded, funding=funding, **granted)
    _to_budgets(rows, event.programme, event.funding, "granted_fen")


@on
def _reserve(event: VoucherAmountReserved, recorded: Recorded, rows: Rows) -> None:
    rows.add(GRANTS, recorded.stream, reserved_fen=event.amount_fen)


@on
def _release(event: VoucherAmountReleased, recorded: Recorded, rows: Rows) -> None:
    rows.add(GRANTS, recorded.stream, reserved_fen=-event.amount_fen)


@on
def _use(event: VoucherAmountUsed, recorded: Recorded, rows: Rows) -> None:
    rows.add(GRANTS, recorded.stream, used_fen=event.amount_fen, reserved_fen=-event.from_reserved_fen)


@on
def _restore(event: VoucherAmountRestored, recorded: Recorded, rows: Rows) -> None:
    rows.add(GRANTS, recorded.stream, used_fen=-event.amount_fen)


@on
def _weigh(_event: VoucherAmountUsed | VoucherAmountRestored, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, GRANTS, recorded.stream)
    used = "exhausted" if row["used_fen"] == row["amount_fen"] else "partly_used"
    amend(rows, GRANTS, recorded, state=used if row["used_fen"] else "granted")


@on
def _lapse(event: VoucherExpired | VoucherRevoked, recorded: Recorded, rows: Rows) -> None:
    rows.add(GRANTS, recorded.stream, returned_fen=event.unused_fen)
    _to_budgets(rows, known(rows, GRANTS, recorded.stream)["programme"], event.returned, "returned_fen")


@on
def _claim(event: RedemptionApplied, recorded: Recorded, rows: Rows) -> None:
    claim = event.model_dump(include=REDEMPTIONS.columns.keys() - {"invoice"})
    none = dict.fromkeys(("approved_fen", "paid_fen", "clawback_fen", "recovered_fen", "returns", "objections"), 0)
    row = new_row(
        REDEMPTIONS,
        id=recorded.stream,
        grant_id=event.grant,
        order_id=event.order,
        state="applied",
        invoice=event.invoice.model_dump(mode="json"),
        applied_at=recorded.meta.occurred_at,
        version=recorded.version,
        **claim,
        **none,
    )
    rows.put(REDEMPTIONS, row)


@on
def _return(event: ReturnedForCorrection, recorded: Recorded, rows: Rows) -> None:
    amend(rows, REDEMPTIONS, recorded, returns=event.count, correct_by=event.deadline, shown_until=None)


@on
def _correct(event: RedemptionCorrected, recorded: Recorded, rows: Rows) -> None:
    invoice = event.invoice.model_dump(mode="json")
    amend(rows, REDEMPTIONS, recorded, amount_fen=event.amount_fen, invoice=invoice, correct_by=None)


@on
def _publicise(event: RedemptionPublicised, recorded: Recorded, rows: Rows) -> None:
    amend(rows, REDEMPTIONS, recorded, shown_until=event.shown_until)


@on
def _object(event: ObjectionRaised | ObjectionDecided, recorded: Recorded, rows: Rows) -> None:
    """Open objections are counted."""
    rows.add(REDEMPTIONS, recorded.stream, objections=1 if isinstance(event, ObjectionRaised) else -1)
    amend(rows, REDEMPTIONS, recorded)


@on
def _approve(event: RedemptionApproved, recorded: Recorded, rows: Rows) -> None:
    funding = [part.model_dump(mode="json") for part in event.funding]
    amend(rows, REDEMPTIONS, recorded, approved_fen=event.amount_fen, funding=funding)


@on
def _disapprove(_event: RedemptionRejected | RedemptionHoldReleased, recorded: Recorded, rows: Rows) -> None:
    amend(rows, REDEMPTIONS, recorded, approved_fen=0, funding=None)


@on
def _batch(event: RedemptionBatched | RedemptionUnbatched, recorded: Recorded, rows: Rows) -> None:
    amend(rows, REDEMPTIONS, recorded, batch=event.batch if isinstance(event, RedemptionBatched) else None)


@on
def _pay(event: RedemptionPartlyReimbursed | RedemptionReimbursed, recorded: Recorded, rows: Rows) -> None:
    _move_payment(rows, recorded.stream, event.funder, event.amount_fen)


@on
def _take_back(event: PaymentReturned, recorded: Recorded, rows: Rows) -> None:
    _move_payment(rows, recorded.stream, event.funder, -event.amount_fen)


@on
def _claw_back(event: ClawbackOrdered, recorded: Recorded, rows: Rows) -> None:
    amend(rows, REDEMPTIONS, recorded, clawback_fen=event.amount_fen, recovered_fen=0)


@on
def _recover(event: ClawbackPartlyReceived | ClawbackReceived, recorded: Recorded, rows: Rows) -> None:
    rows.add(REDEMPTIONS, recorded.stream, recovered_fen=event.amount_fen)


@on
def _annul(_event: ClawbackAnnulled, recorded: Recorded, rows: Rows) -> None:
    amend(rows, REDEMPTIONS, recorded, clawback_fen=0, recovered_fen=0)


@on
def _freeze(event: ReimbursementBatchFrozen, recorded: Recorded, rows: Rows) -> None:
    frozen = event.model_dump(include={"number", "programme", "total_fen", "digest"})
    nested = event.model_dump(mode="json", include={"funding"})
    nested["items"] = [{"redemption": str(redemption), "amount_fen": amount} for redemption, amount in event.items]
    row = new_row(BATCHES, id=recorded.stream, state="frozen", paid_fen=0, version=recorded.version, **frozen, **nested)
    rows.put(BATCHES, row | {"frozen_at": recorded.meta.occurred_at})


@on
def _settle(event: ReimbursementBatchSettled, recorded: Recorded, rows: Rows) -> None:
    amend(rows, BATCHES, recorded, paid_fen=event.paid_fen)


on.states(PROGRAMMES, {ProgrammeBudgetRaised: None, VoucherProgrammeClosed: "closed"})
on.states(
    GRANTS,
    {
        VoucherEligibilityChecked: "checked",
        VoucherApplicationRejected: "rejected",
        VoucherGranted: "granted",
        VoucherAmountReserved: None,
        VoucherAmountReleased: None,
        VoucherExpired: "expired",
        VoucherRevoked: "revoked",
    },
)
on.states(
    REDEMPTIONS,
    {
        RedemptionChecked: "checked",
        ReturnedForCorrection: "returned",
        RedemptionCorrected: "applied",
        RedemptionApproved: "approved",
        RedemptionRejected: "rejected",
        RedemptionHeld: "held",
        RedemptionHoldReleased: "checked",
        RedemptionBatched: "batched",
        RedemptionUnbatched: "approved",
        RedemptionPartlyReimbursed: "batched",
        RedemptionReimbursed: "reimbursed",
        PaymentReturned: "batched",
        ClawbackOrdered: "clawback_ordered",
        ClawbackPartlyReceived: None,
        ClawbackReceived: "clawed_back",
        ClawbackAnnulled: "reimbursed",
    },
)
on.states(BATCHES, {ReimbursementBatchSettled: "settled"})
MODEL = ReadModel(
    "voucher_balances",
    (PROGRAMMES, BUDGETS, GRANTS, REDEMPTIONS, PAYMENTS, BATCHES),
    on.apply,
    version=2,  # items of a batch name their parts
    types=on.types,
)


def grants_to_expire(cursor: Cursor, today: date) -> list[UUID]:
    """Usable grants whose last day of validity is over, so that their rest lapses."""
    rows = fetch(
        cursor,
        "SELECT id FROM voucher_grants WHERE state IN ('granted', 'partly_used') AND valid_until < %s"
        " ORDER BY valid_until, id",
        (today,),
    )
    return [row["id"] for row in rows]


def _to_budgets(rows: Rows, programme: UUID, parts: tuple[FundingPart, ...], column: str) -> None:
    for part in parts:
        rows.add(BUDGETS, programme, part.funder, **{column: part.amount_fen})


def _move_payment(rows: Rows, redemption: UUID, funder: UUID, amount_fen: int) -> None:
    programme = known(rows, REDEMPTIONS, redemption)["programme"]
    rows.add(PAYMENTS, redemption, funder, paid_fen=amount_fen)
    rows.add(REDEMPTIONS, redemption, paid_fen=amount_fen)
    rows.add(BUDGETS, programme, funder, paid_fen=amount_fen)
