# SPDX-License-Identifier: Apache-2.0
"""Protected data of contracts and uses: which fields belong to which class, and who may read them (JS 20.b, CQ 17.c).

The parties and auditors may; for everybody else who meets a contract or a use a protected field is closed. The text
and the names of signatories are sealed besides, whoever asks (ruling 8.23).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from domain.contracts.events import Terms
from domain.kernel.personal import Personal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.kernel.event import Event
    from domain.policy import Edition

Reader = Literal["party", "auditor", "other"]
PROTECTED = "contract.protected_data"
_SIGNED = ("signatory", "authority", "signing")
_IDENTITY = frozenset({*_SIGNED, *(f"{side}_{name}" for side in ("provider", "user") for name in _SIGNED)})
_OF_SAMPLES = frozenset(
    {"SampleOrderApplied.description", "ReportDrafted.title", "ReportReviewed.comment", "ReportReturned.reason"}
)
FIELDS: Mapping[str, frozenset[str]] = {
    "identity": _IDENTITY,
    "user_identity": _IDENTITY,
    "ip": frozenset({"ip_shares"}),
    "scientific_data": frozenset({"answers", "UsageCompleted.note", "findings", *_OF_SAMPLES}),
    "technical_secret": frozenset({"clauses", "subject"}),
    "trade_secret": frozenset({"ceiling_fen", "framework_ceiling_fen", "DisputeOpened.reason", "outcome"}),
}
"""The fields of each class that some regulation names; of one event alone where its name comes before the dot."""
FREE_TEXTS = frozenset({"reason"})
"""Could hold anything: closed too where a class is protected that was decided later and has no fields of its own."""


def protected_fields(edition: Edition) -> frozenset[str]:
    """The fields that are closed to third parties under a regulation, with what was decided to belong to its list."""
    classes = tuple(edition.optional(PROTECTED) or ())
    unknown = FREE_TEXTS if any(name not in FIELDS for name in classes) else frozenset()
    return unknown.union(*(FIELDS.get(name, frozenset()) for name in classes))


def may_read(field: str, reader: Reader, edition: Edition) -> bool:
    """Whether a reader may see a field, named alone or with its event: `DisputeOpened.reason`."""
    return reader != "other" or not {field, field.rpartition(".")[2]} & protected_fields(edition)


def as_seen_by_others(event: Event, edition: Edition) -> Event:
    """The event with every protected field blank, also those inside the terms."""
    blank = {
        name: _blank(getattr(event, name))
        for name in type(event).model_fields
        if not may_read(f"{type(event).__name__}.{name}", "other", edition)
    }
    terms = getattr(event, "terms", None)
    if isinstance(terms, Terms):
        inner = {
            name: _blank(getattr(terms, name)) for name in Terms.model_fields if not may_read(name, "other", edition)
        }
        blank["terms"] = terms.model_copy(update=inner)
    return event.model_copy(update=blank) if blank else event


def _blank(value: object) -> object:
    """Nothing, in the form of what stood there."""
    match value:
        case Personal(subject=subject):
            return Personal(subject=subject, value=None)
        case str():
            return ""
        case dict():
            return {}
        case tuple():
            return ()
    return None
