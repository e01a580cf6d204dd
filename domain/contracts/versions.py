# SPDX-License-Identifier: Apache-2.0
"""The versions of a contract's document, read out of its history: who made each, what became of it, who signed it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from domain.contracts.events import (
    AmendmentDropped,
    AmendmentProposed,
    AmendmentSignatureGiven,
    AmendmentSigned,
    ContractDrafted,
    ContractRevised,
    ContractSigned,
    DraftAbandoned,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from domain.contracts.events import Side, Terms
    from domain.kernel.event import Event
    from domain.kernel.personal import Personal

Standing = Literal["draft", "in_force", "proposed", "replaced", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version. `by` is the side that proposed it, None for drafts, which either side may write."""

    document_version: int
    digest: str
    terms: Terms
    clauses: Personal
    made_at: datetime
    by: Side | None
    reason: str
    standing: Standing
    signed_by: tuple[Side, ...] = ()


def versions_in(history: Iterable[tuple[Event, datetime]]) -> list[Version]:
    """Every version in order, from the events of a contract and when each occurred."""
    versions: list[Version] = []
    for event, occurred_at in history:
        match event:
            case ContractDrafted() | ContractRevised() | AmendmentProposed():
                if isinstance(event, ContractRevised):
                    _stand(versions, "draft", "replaced")
                versions.append(_made(event, occurred_at))
            case ContractSigned(side=side) | AmendmentSignatureGiven(side=side):
                signed = (*versions[-1].signed_by, side)
                versions[-1] = replace(versions[-1], signed_by=signed)
                if isinstance(event, ContractSigned) and len(signed) > 1:
                    versions[-1] = replace(versions[-1], standing="in_force")
            case AmendmentSigned():
                _stand(versions, "in_force", "replaced")
                versions[-1] = replace(versions[-1], standing="in_force", signed_by=("provider", "user"))
            case AmendmentDropped():
                _stand(versions, "proposed", "dropped")
            case DraftAbandoned():
                _stand(versions, "draft", "dropped")
    return versions


def _stand(versions: list[Version], before: Standing, after: Standing) -> None:
    """What stood as `before` stands as `after` from now on."""
    versions[:] = [replace(each, standing=after) if each.standing == before else each for each in versions]


def _made(event: ContractDrafted | ContractRevised | AmendmentProposed, at: datetime) -> Version:
    proposed = isinstance(event, AmendmentProposed)
    return Version(
        document_version=event.document_version,
        digest=event.digest,
        terms=event.terms,
        clauses=event.clauses,
        made_at=at,
        by=event.proposed_by if isinstance(event, AmendmentProposed) else None,
        reason="" if isinstance(event, ContractDrafted) else event.reason,
        standing="proposed" if proposed else "draft",
    )
