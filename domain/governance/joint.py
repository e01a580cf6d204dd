# SPDX-License-Identifier: Apache-2.0
"""A decision that several authorities take together: one registers it, and it serves each of them as their own.

Nobody makes a decision of the council or its office by naming it: everybody may act on theirs, so they register it
themselves, with attendance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.governance.decision import APPROVAL
from domain.governance.events import DecisionTakenJointly

if TYPE_CHECKING:
    from domain.governance.values import JointParty
    from domain.kernel.errors import Rules
    from domain.kernel.event import Event
    from domain.policy import Edition

COUNCIL = frozenset({"council", "council_office"})
SEVERAL = frozenset({"competent_department", "local_government"})
"""Of these there are several in a province: only the legal person says which."""


def check_parties(rules: Rules, parties: tuple[JointParty, ...], registrar: JointParty, edition: Edition) -> None:
    """Note `governance.joint_with_council`, `governance.joint_without_organisation`, `governance.joint_party_twice`."""
    named = [registrar]
    for place, party in enumerate(parties):
        field = f"jointly_with.{place}"
        rules.require(
            party.body not in COUNCIL or registrar.body in COUNCIL,
            "governance.joint_with_council",
            citation=edition.citation(APPROVAL),
            field=field,
            body=party.body,
        )
        stated = party.organisation is not None or party.body not in SEVERAL
        rules.require(stated, "governance.joint_without_organisation", field=field, body=party.body)
        rules.require(not _named(party, named), "governance.joint_party_twice", field=field, body=party.body)
        named.append(party)


def taken_jointly(parties: tuple[JointParty, ...], edition: Edition) -> list[Event]:
    """Nothing follows where one authority decided alone."""
    return [DecisionTakenJointly(parties=parties, basis=edition.basis(APPROVAL))] if parties else []


def _named(party: JointParty, before: list[JointParty]) -> bool:
    """Of a kind of which there is one, whatever legal person is stated, it is the same authority."""
    return any(
        party.body == other.body and (party.body not in SEVERAL or party.organisation == other.organisation)
        for other in before
    )
