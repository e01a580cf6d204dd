# SPDX-License-Identifier: Apache-2.0
"""The registry: what each resource is under the regime, what is due of it and until when, what is wrong with it.

No policy is asked: what a resource is was stamped when it was judged. No clock is read: moments are stored, and whether
one is past is for the reader, who says as of when (`registry_lists`).
"""

from __future__ import annotations

from datetime import datetime

from domain.kernel.event import Recorded
from domain.resources import events as facts
from domain.resources import registry_events as registry
from domain.resources.deadlines import Submission, counting, overdue_from
from domain.resources.resource import RESOURCE
from projections.handlers import Handlers, amend, known, new_row
from projections.readmodel import ReadModel, Row, Rows, Table

OPEN_TO_USERS = ("published", "suspended")
NEVER_A_GAP = (*OPEN_TO_USERS, "exempt", "withdrawn")
GAP = {"certified": "accepted", "exempt_claimed": "exemption_claimed"}
"""The reason of a gap where it is not the name of the state itself."""
AFTER_TRANSFER = {"published": "suspended", "submitted": "draft", "accepted": "draft", "certified": "draft"}
REGISTRY = Table(
    "registry",
    ("id",),
    {
        "id": "uuid",
        "unit": "uuid",
        "legal_person": "uuid",
        "type": "text",
        "state": "text",
        "asset_number": "text",
        "name_zh": "text",
        "name_en": "text",
        "original_value_fen": "bigint",
        "accepted_on": "date",
        "registered_at": "timestamptz",
        "updated_at": "timestamptz",  # when the unit last stated or confirmed something of it
        "public": "boolean",  # null: never judged
        "encouraged": "boolean",
        "counted": "boolean",
        "gap_reason": "text",  # null: not in the inclusion gap
        "kind": "text",
        "schema_version": "bigint",
        "classification": "text",
        "described": "jsonb",  # values by field
        "described_at": "timestamptz",
        "submissions": "jsonb",  # each with `at`, `returned` and `conceded`, oldest first
        "submitted_at": "timestamptz",  # of the submission that counts (A10)
        "returns": "bigint",
        "corrections": "jsonb",  # of the last return
        "quality": "jsonb",  # the last check of each dimension
        "failed_dimensions": "jsonb",
        "project": "jsonb",
        "submission_due_at": "timestamptz",  # submitted strictly before it is in time; null: nothing is due
        "listing_due_on": "date",
        "listing_overdue_at": "timestamptz",
        "listing_binding": "boolean",
        "listing_exception": "jsonb",
        "opened_at": "timestamptz",  # first opened to users
        "exemption": "jsonb",
        "received_by": "uuid",
        "certificate": "text",
        "version": "bigint",
    },
    (
        '(asset_number COLLATE "C", id)',
        "(unit)",
        "(gap_reason) WHERE gap_reason IS NOT NULL",
        "(submission_due_at) WHERE submission_due_at IS NOT NULL",
        "(listing_overdue_at) WHERE listing_overdue_at IS NOT NULL",
        "(updated_at)",
    ),
)
PARTICULARS = {"asset_number", "name_zh", "name_en", "original_value_fen", "accepted_on"}

on = Handlers()


@on
def _register(event: facts.ResourceRegistered, recorded: Recorded, rows: Rows) -> None:
    row = new_row(
        REGISTRY,
        **event.model_dump(include={"unit", "legal_person", "type", *PARTICULARS}),
        id=recorded.stream,
        state="draft",
        registered_at=recorded.meta.occurred_at,
        updated_at=recorded.meta.occurred_at,
        submissions=[],
        returns=0,
        quality={},
        failed_dimensions=[],
        classification="public",
        version=recorded.version,
    )
    rows.put(REGISTRY, row | {"gap_reason": _gap(row)})


@on
def _update(event: facts.ResourceUpdated, recorded: Recorded, rows: Rows) -> None:
    stated = event.model_dump(include=PARTICULARS, exclude_none=True)
    _touch(rows, recorded, **stated)


@on
def _assess(event: registry.ResourceAssessed, recorded: Recorded, rows: Rows) -> None:
    due_on = event.listing_due_on
    _set(
        rows,
        recorded,
        public=event.public,
        encouraged=event.encouraged,
        counted=event.counted,
        listing_due_on=due_on,
        listing_overdue_at=None if due_on is None else overdue_from(due_on),
        listing_binding=event.listing_binding,
    )


@on
def _describe(event: registry.ResourceDescribed, recorded: Recorded, rows: Rows) -> None:
    values = event.model_dump(mode="json", include={"values"})["values"]
    stated = event.model_dump(include={"kind", "schema_version", "classification"})
    _touch(rows, recorded, described=values, described_at=recorded.meta.occurred_at, **stated)


@on
def _submit(_event: facts.ResourceDataSubmitted, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, REGISTRY, recorded.stream)
    one = {"at": recorded.meta.occurred_at.isoformat(), "returned": False, "conceded": False}
    handed_in = [*row["submissions"], one]
    _touch(rows, recorded, state="submitted", certificate=None, received_by=None, **_submitted(handed_in))


@on
def _return(event: facts.ResourceDataReturned, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, REGISTRY, recorded.stream)
    corrections = {"reasons": list(event.reasons), "items": [], "returned_at": recorded.meta.occurred_at.isoformat()}
    handed_in = _last_marked(row, "returned")
    _set(rows, recorded, state="draft", returns=row["returns"] + 1, corrections=corrections, **_submitted(handed_in))


@on
def _correct(event: registry.CorrectionRequested, recorded: Recorded, rows: Rows) -> None:
    corrections = known(rows, REGISTRY, recorded.stream)["corrections"] or {}
    items = event.model_dump(mode="json", include={"items"})
    _set(rows, recorded, corrections={**corrections, **items})


@on
def _concede(_event: registry.ReturnConceded, recorded: Recorded, rows: Rows) -> None:
    """The last return was wrong: of the submissions returned, the last is meant, though another may have followed."""
    handed_in = list(known(rows, REGISTRY, recorded.stream)["submissions"])
    place = max(index for index, one in enumerate(handed_in) if one["returned"])
    handed_in[place] = {**handed_in[place], "conceded": True}
    _set(rows, recorded, **_submitted(handed_in))


@on
def _accept(event: facts.ResourceDataAccepted, recorded: Recorded, rows: Rows) -> None:
    _set(rows, recorded, state="accepted", received_by=event.received_by, corrections=None)


@on
def _certify(event: facts.SubmissionCertificateIssued, recorded: Recorded, rows: Rows) -> None:
    state = known(rows, REGISTRY, recorded.stream)["state"]
    _set(rows, recorded, certificate=event.number, state="certified" if state == "accepted" else state)


@on
def _check(event: registry.QualityChecked, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, REGISTRY, recorded.stream)
    meta = recorded.meta
    found = event.model_dump(mode="json", exclude={"basis", "dimension"})
    found |= {"checked_at": meta.occurred_at.isoformat(), "by_role": meta.actor.role.value}
    found |= {"by_organisation": None if meta.actor.organisation is None else str(meta.actor.organisation)}
    quality = {**row["quality"], event.dimension: found}
    failed = sorted(name for name, check in quality.items() if not check["passed"])
    _set(rows, recorded, quality=quality, failed_dimensions=failed)


@on
def _link(event: registry.ProjectLinked, recorded: Recorded, rows: Rows) -> None:
    project = event.model_dump(mode="json", exclude={"basis"}) | {"accepted_at": None, "document": ""}
    due_at = event.planned_acceptance_at if event.binding else None
    _touch(rows, recorded, project=project, submission_due_at=due_at)


@on
def _accept_project(event: registry.ProjectAccepted, recorded: Recorded, rows: Rows) -> None:
    project = known(rows, REGISTRY, recorded.stream)["project"]
    accepted = event.model_dump(mode="json", include={"accepted_at", "document"})
    due_at = event.accepted_at if project["binding"] else None
    _set(rows, recorded, project=project | accepted, submission_due_at=due_at)


@on
def _excuse(event: registry.ListingExceptionGranted, recorded: Recorded, rows: Rows) -> None:
    _set(rows, recorded, listing_exception=event.model_dump(mode="json", exclude={"basis"}))


@on
def _publish(_event: facts.ResourcePublished, recorded: Recorded, rows: Rows) -> None:
    opened_at = known(rows, REGISTRY, recorded.stream)["opened_at"] or recorded.meta.occurred_at
    _touch(rows, recorded, state="published", opened_at=opened_at)


@on
def _claim(event: facts.ExemptionClaimed, recorded: Recorded, rows: Rows) -> None:
    claimed = event.model_dump(mode="json", include={"ground", "reason", "review_on"})
    claimed |= {"state": "claimed", "claimed_at": recorded.meta.occurred_at.isoformat()}
    _set(rows, recorded, state="exempt_claimed", exemption=claimed)


@on
def _confirm(event: facts.ExemptionConfirmed, recorded: Recorded, rows: Rows) -> None:
    claimed = known(rows, REGISTRY, recorded.stream)["exemption"]
    confirmed = {"state": "confirmed", "review_on": event.review_on.isoformat()}
    _set(rows, recorded, state="exempt", exemption=claimed | confirmed)


@on
def _unexempt(_event: facts.ExemptionRefused | facts.ExemptionEnded, recorded: Recorded, rows: Rows) -> None:
    _set(rows, recorded, state="draft", exemption=None)


@on
def _hand_over(event: facts.ResourceReassigned | facts.ResourceTransferred, recorded: Recorded, rows: Rows) -> None:
    state = known(rows, REGISTRY, recorded.stream)["state"]
    _touch(
        rows,
        recorded,
        unit=event.to_unit,
        legal_person=event.to_legal_person,
        asset_number=event.asset_number,
        state=AFTER_TRANSFER.get(state, state),
    )


@on
def _suspend(_event: facts.ResourceSuspended, recorded: Recorded, rows: Rows) -> None:
    _touch(rows, recorded, state="suspended")


@on
def _resume(_event: facts.ResourceResumed, recorded: Recorded, rows: Rows) -> None:
    _touch(rows, recorded, state="published")


@on
def _withdraw(_event: facts.ResourceWithdrawn, recorded: Recorded, rows: Rows) -> None:
    _set(rows, recorded, state="withdrawn")


@on
def _stated(
    _event: registry.ResourceDataConfirmed
    | facts.TariffPublished
    | facts.OpeningPublished
    | facts.OpeningLimitPublished
    | facts.CustomsConditionRecorded,
    recorded: Recorded,
    rows: Rows,
) -> None:
    _touch(rows, recorded)


# Whatever else happens to a resource changes its version alone.
on.states(REGISTRY, {event: None for event in RESOURCE.events if event.TYPE not in on.types})
MODEL = ReadModel("registry", (REGISTRY,), on.apply, types=on.types, version=2)


def _touch(rows: Rows, recorded: Recorded, **columns: object) -> None:
    """The unit has stated something: the record is as fresh as this."""
    _set(rows, recorded, updated_at=recorded.meta.occurred_at, **columns)


def _set(rows: Rows, recorded: Recorded, **columns: object) -> None:
    row = known(rows, REGISTRY, recorded.stream) | columns
    amend(rows, REGISTRY, recorded, gap_reason=_gap(row), **columns)


def _gap(row: Row) -> str | None:
    """Why a resource is in the inclusion gap (JS 9.a, CQ 5.a): mandatory, not exempt, not open to users.

    A claim alone does not take it out (A09). What was never judged is named too: nobody knows that it may be missing.
    """
    if row["state"] in NEVER_A_GAP:
        return None
    if row["public"] is None:
        return "not_assessed"
    return GAP.get(row["state"], str(row["state"])) if row["public"] and row["counted"] else None


def _last_marked(row: Row, mark: str) -> list[Row]:
    *earlier, last = row["submissions"]
    return [*earlier, {**last, mark: True}]


def _submitted(handed_in: list[Row]) -> Row:
    known_ = (Submission(datetime.fromisoformat(one["at"]), one["returned"], one["conceded"]) for one in handed_in)
    return {"submissions": handed_in, "submitted_at": counting(known_)}
