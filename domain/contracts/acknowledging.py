# SPDX-License-Identifier: Apache-2.0
"""Duties to acknowledge: by contract, for each kind of output agreed, or by law, for each completed use (A36).

Duties are derived, never decided: they are shown, proof is optional and no sanction hangs on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from domain.contracts.output_events import OutputKind
    from domain.policy import Edition

OUTPUTS, BASIS = "contract.acknowledgement_outputs", "contract.acknowledgement_basis"
MET_BY: Mapping[str, OutputKind] = {
    "paper": "paper",
    "monograph": "monograph",
    "work": "monograph",
    "patent_application": "patent",
}
"""The kind of recorded output that meets a duty, by the words that the regulations have for it."""
Ground = Literal["contract", "use"]


@dataclass(frozen=True, slots=True)
class Duty:
    """To acknowledge the use in one kind of output, in the words of the regulation, and whether one has done so."""

    output: str
    met: bool


def ground_of(edition: Edition) -> Ground | None:
    """What duties follow from: the contract where they are as agreed, each completed use where the law makes them.

    None where the regulation knows neither.
    """
    grounds: dict[str, Ground] = {"as_agreed": "contract", "mandatory": "use"}
    return grounds.get(edition.optional(BASIS))


def duties_of_contract(edition: Edition, agreed: Collection[str], acknowledged: Collection[str]) -> list[Duty]:
    """One duty for each kind of output that the contract names, where duties are as agreed (JS 20.c, JS-20.2)."""
    return _duties(edition, [kind for kind in _known(edition) if kind in agreed], acknowledged, "contract")


def duties_of_use(edition: Edition, acknowledged: Collection[str]) -> list[Duty]:
    """The duties of a completed use, whatever its contract says, where the law makes them (CQ 17.b, CQ-17.2)."""
    return _duties(edition, _known(edition), acknowledged, "use")


def _known(edition: Edition) -> list[str]:
    return list(edition.optional(OUTPUTS) or ())


def _duties(edition: Edition, kinds: list[str], acknowledged: Collection[str], ground: Ground) -> list[Duty]:
    """`acknowledged` are the kinds of recorded outputs that acknowledge."""
    if ground_of(edition) != ground:
        return []
    return [Duty(kind, MET_BY.get(kind) in acknowledged) for kind in kinds]
