# SPDX-License-Identifier: Apache-2.0
"""Every kind of notice, and what its wording may speak of.

A placeholder is filled from the event and from what is known of its subject; whatever ends in `_fen` reads as yuan,
instants as Shanghai time. None of them is personal: a notice travels by mail and lies in inboxes.
"""

from __future__ import annotations

_TIME = ("instrument", "starts_at", "ends_at")
_WHY = (*_TIME, "reason")
_CONTRACT = ("number", "valid_until")
_SAMPLES = ("instrument", "sample_count", "purpose")
_ORDER = ("instrument", "amount_fen")

KINDS: dict[str, tuple[str, ...]] = {
    "reservation_requested": (*_TIME, "purpose"),
    "reservation_answered": (*_TIME, "text"),
    "reservation_confirmed": _TIME,
    "reservation_rejected": _WHY,
    "reservation_cancelled": (*_WHY, "by"),
    "reservation_moved": _WHY,
    "reservation_expired": _TIME,
    "duty_reservation_confirmed": (*_TIME, "purpose"),
    "duty_reservation_moved": (*_WHY, "former_starts_at", "former_ends_at"),
    "duty_reservation_cancelled": _WHY,
    "reservation_transferred": _WHY,
    "waiting_served": _TIME,
    "waiting_slot_free": _TIME,
    "reservation_reminder": (*_TIME, "minutes_before"),
    "no_show_recorded": _TIME,
    "no_show_contested": _WHY,
    "no_show_annulled": _WHY,
    "feedback_owed": _TIME,
    "approval_waiting": (*_TIME, "purpose"),
    "attendance_judged": (*_TIME, "outcome", "points_due"),
    "attendance_contested": _WHY,
    "attendance_upheld": _WHY,
    "attendance_annulled": _WHY,
    "attendance_superseded": _WHY,
    "penalty_imposed": ("outcome", "points", "left"),
    "points_restored": ("points", "left", "reason"),
    "ban_imposed": ("instrument", "until", "reason"),
    "ban_lifted": ("reason",),
    "training_applied": ("instrument",),
    "training_approved": ("instrument", "valid_until"),
    "training_refused": ("instrument", "reason"),
    "training_ending": ("instrument", "ends_on"),
    "training_renewed": ("instrument", "valid_until", "reason"),
    "training_lapsed": ("instrument", "ended_on", "ground"),
    "training_withdrawn": ("instrument", "reason"),
    "maintenance_scheduled": _WHY,
    "accessory_short": (*_TIME, "accessory", "quantity"),
    "series_displaced": ("instrument", "reason", "cancelled", "cancelled_days", "kept", "kept_days"),
    "instrument_suspended": _WHY,
    "contract_to_sign": _CONTRACT,
    "contract_signed": _CONTRACT,
    "contract_amendment_to_sign": (*_CONTRACT, "reason"),
    "contract_expiring": (*_CONTRACT, "due_on"),
    "contract_disputed": (*_CONTRACT, "reason"),
    "dispute_stage_begun": ("number", "stage", "body", "begun_on", "due_on"),
    "dispute_stage_ending": ("number", "item", "due_on"),
    "dispute_stage_ended": ("number", "stage", "outcome", "ended_on"),
    "dispute_resolved": ("number", "body", "outcome"),
    "contract_terminated": ("number", "reason"),
    "call_off_placed": ("instrument", "number", "ceiling_fen", "valid_until"),
    "call_off_ending": ("instrument", "number", "ceiling_fen", "due_on"),
    "call_off_cancelled": ("instrument", "number", "released_fen", "reason"),
    "sample_order_to_approve": _SAMPLES,
    "sample_order_applied": _SAMPLES,
    "sample_order_accepted": ("instrument", "sample_count", "intake_day"),
    "sample_order_refused": ("instrument", "reason"),
    "sample_order_withdrawn": ("instrument", "reason"),
    "samples_received": ("instrument", "number", "count"),
    "sample_report_delivered": ("instrument", "number"),
    "fee_to_accept": _ORDER,
    "bill_issued": _ORDER,
    "bill_voided": ("instrument", "reason"),
    "fee_refunded": ("instrument", "cash_part_fen", "voucher_part_fen", "reason"),
    "voucher_granted": ("number", "amount_fen", "valid_until"),
    "voucher_refused": ("number", "reason"),
    "voucher_expiring": ("number", "due_on"),
    "training_expiring": ("instrument", "due_on"),
    "deadline_near": ("kind", "due_on"),
}
"""The kinds by their stable names, each with the placeholders that a wording may use."""

OF_EVERY_KIND = ("unit",)
"""What may be said in any notice: the name of the managing unit that is concerned."""


def placeholders_of(kind: str) -> frozenset[str]:
    """What a wording of this kind may speak of. Raises KeyError for an unknown kind."""
    return frozenset((*KINDS[kind], *OF_EVERY_KIND))
