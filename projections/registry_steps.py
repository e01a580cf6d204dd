# SPDX-License-Identifier: Apache-2.0
"""How far a resource has come in the registry's rows: handed in, returned, accepted, opened, exempt (lifecycle 6.1)."""

from __future__ import annotations

from datetime import datetime

from domain.kernel.event import Recorded
from domain.resources import events as facts
from domain.resources import registry_events as registry
from domain.resources.deadlines import Submission, counting
from projections.handlers import known
from projections.readmodel import Row, Rows
from projections.registry_table import REGISTRY, change, on, touch


@on
def _submit(_event: facts.ResourceDataSubmitted, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, REGISTRY, recorded.stream)
    one = {"at": recorded.meta.occurred_at.isoformat(), "returned": False, "conceded": False}
    handed_in = [*row["submissions"], one]
    anew = dict.fromkeys(("certificate", "received_by", "standard"))
    touch(rows, recorded, state="submitted", **anew, **_submitted(handed_in))


@on
def _return(event: facts.ResourceDataReturned, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, REGISTRY, recorded.stream)
    corrections = {"reasons": list(event.reasons), "items": [], "returned_at": recorded.meta.occurred_at.isoformat()}
    handed_in = _last_marked(row, "returned")
    change(rows, recorded, state="draft", returns=row["returns"] + 1, corrections=corrections, **_submitted(handed_in))


@on
def _correct(event: registry.CorrectionRequested, recorded: Recorded, rows: Rows) -> None:
    corrections = known(rows, REGISTRY, recorded.stream)["corrections"] or {}
    items = event.model_dump(mode="json", include={"items"})
    change(rows, recorded, corrections={**corrections, **items})


@on
def _concede(_event: registry.ReturnConceded, recorded: Recorded, rows: Rows) -> None:
    """The last return was wrong: of the submissions returned, the last is meant, though another may have followed."""
    handed_in = list(known(rows, REGISTRY, recorded.stream)["submissions"])
    place = max(index for index, one in enumerate(handed_in) if one["returned"])
    handed_in[place] = {**handed_in[place], "conceded": True}
    change(rows, recorded, **_submitted(handed_in))


@on
def _accept(event: facts.ResourceDataAccepted, recorded: Recorded, rows: Rows) -> None:
    standard = {"title": event.standard, "document": None, "document_version": None, "decision_reference": None}
    change(rows, recorded, state="accepted", received_by=event.received_by, corrections=None, standard=standard)


@on
def _apply(event: registry.StandardApplied, recorded: Recorded, rows: Rows) -> None:
    standard = known(rows, REGISTRY, recorded.stream)["standard"]
    stated = event.model_dump(mode="json", include={"document", "document_version", "decision", "decision_reference"})
    change(rows, recorded, standard=standard | stated)


@on
def _certify(event: facts.SubmissionCertificateIssued, recorded: Recorded, rows: Rows) -> None:
    state = known(rows, REGISTRY, recorded.stream)["state"]
    change(rows, recorded, certificate=event.number, state="certified" if state == "accepted" else state)


@on
def _check(event: registry.QualityChecked, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, REGISTRY, recorded.stream)
    meta = recorded.meta
    found = event.model_dump(mode="json", exclude={"basis", "dimension"})
    found |= {"checked_at": meta.occurred_at.isoformat(), "by_role": meta.actor.role.value}
    found |= {"by_organisation": None if meta.actor.organisation is None else str(meta.actor.organisation)}
    quality = {**row["quality"], event.dimension: found}
    failed = sorted(name for name, check in quality.items() if not check["passed"])
    change(rows, recorded, quality=quality, failed_dimensions=failed)


@on
def _excuse(event: registry.ListingExceptionGranted, recorded: Recorded, rows: Rows) -> None:
    change(rows, recorded, listing_exception=event.model_dump(mode="json", exclude={"basis"}))


@on
def _publish(_event: facts.ResourcePublished, recorded: Recorded, rows: Rows) -> None:
    opened_at = known(rows, REGISTRY, recorded.stream)["opened_at"] or recorded.meta.occurred_at
    touch(rows, recorded, state="published", opened_at=opened_at)


@on
def _claim(event: facts.ExemptionClaimed, recorded: Recorded, rows: Rows) -> None:
    claimed = event.model_dump(mode="json", include={"ground", "reason", "review_on"})
    claimed |= {"state": "claimed", "claimed_at": recorded.meta.occurred_at.isoformat()}
    change(rows, recorded, state="exempt_claimed", exemption=claimed)


@on
def _confirm(event: facts.ExemptionConfirmed, recorded: Recorded, rows: Rows) -> None:
    claimed = known(rows, REGISTRY, recorded.stream)["exemption"]
    confirmed = {"state": "confirmed", "review_on": event.review_on.isoformat()}
    change(rows, recorded, state="exempt", exemption=claimed | confirmed)


@on
def _unexempt(_event: facts.ExemptionRefused | facts.ExemptionEnded, recorded: Recorded, rows: Rows) -> None:
    change(rows, recorded, state="draft", exemption=None)


@on
def _suspend(_event: facts.ResourceSuspended, recorded: Recorded, rows: Rows) -> None:
    touch(rows, recorded, state="suspended")


@on
def _resume(_event: facts.ResourceResumed, recorded: Recorded, rows: Rows) -> None:
    touch(rows, recorded, state="published")


@on
def _withdraw(_event: facts.ResourceWithdrawn, recorded: Recorded, rows: Rows) -> None:
    change(rows, recorded, state="withdrawn")


def _last_marked(row: Row, mark: str) -> list[Row]:
    *earlier, last = row["submissions"]
    return [*earlier, {**last, mark: True}]


def _submitted(handed_in: list[Row]) -> Row:
    known_ = (Submission(datetime.fromisoformat(one["at"]), one["returned"], one["conceded"]) for one in handed_in)
    return {"submissions": handed_in, "submitted_at": counting(known_)}
