# SPDX-License-Identifier: Apache-2.0
"""Drafts of a contract, before both sides have signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.contracts.document import digest_of, seal
from domain.contracts.events import ContractDrafted, ContractRevised, DraftAbandoned
from domain.contracts.shares import whole_if_stated
from domain.contracts.state import require_state
from domain.kernel.errors import Rules

if TYPE_CHECKING:
    from uuid import UUID

    from domain.contracts.document import Clauses, Parties
    from domain.contracts.events import Terms
    from domain.contracts.state import Contract
    from domain.contracts.template_events import TemplatePinned
    from domain.kernel.event import Event
    from domain.policy import Edition


def draft(
    *,
    contract: UUID,
    number: str,
    parties: Parties,
    terms: Terms,
    clauses: Clauses,
    template: TemplatePinned | None = None,
    edition: Edition,
) -> list[Event]:
    """Begin a contract between two legal persons, or with an individual; clauses may still be empty.

    `template` is the version it is drafted from, which the contract keeps. Raises `DomainError` with every rule the
    terms break.
    """
    rules = Rules()
    rules.require(
        template is None or (template.kind == "framework") == terms.framework,
        "contracts.template_of_another_kind",
        field="template_id",
    )
    rules.require(parties.customer != parties.provider, "contracts.both_sides_the_same", field="customer_user_id")
    require_sound(rules, terms, edition)
    rules.enforce()
    return [
        ContractDrafted(
            number=number,
            unit=parties.unit,
            provider=parties.provider,
            customer=parties.customer,
            customer_user=parties.customer_user,
            terms=terms,
            clauses=seal(contract, clauses),
            document_version=1,
            digest=digest_of(number, parties, terms, clauses),
            basis=edition.basis("contract.mandatory", "contract.acknowledgement_outputs"),
        ),
        *([template] if template else []),
    ]


def revise(contract: Contract, *, terms: Terms, clauses: Clauses, reason: str, edition: Edition) -> list[Event]:
    """Change the draft: a new version, under which nobody has signed yet."""
    require_state(contract, "revise", "drafted", "signed_by_one")
    rules = Rules()
    require_sound(rules, terms, edition)
    rules.enforce()
    return [
        ContractRevised(
            terms=terms,
            clauses=seal(contract.clauses.subject, clauses),
            document_version=contract.versions + 1,
            digest=digest_of(contract.number, contract.parties, terms, clauses),
            reason=reason,
            basis=edition.basis("contract.mandatory", "contract.acknowledgement_outputs"),
        )
    ]


def abandon(contract: Contract, *, reason: str) -> list[Event]:
    """Give a draft up."""
    require_state(contract, "abandon", "drafted", "signed_by_one")
    return [DraftAbandoned(reason=reason)]


def require_sound(rules: Rules, terms: Terms, edition: Edition) -> None:
    """Check that terms make sense: a period, resources, whole shares, outputs of the regime's list (JS 20, CQ 17)."""
    outputs = tuple(edition.value("contract.acknowledgement_outputs"))
    sides = [share.party for share in terms.ip_shares]
    rules.require(terms.valid_from <= terms.valid_until, "contracts.ends_before_it_begins", field="terms.valid_until")
    rules.require(bool(terms.resources) or terms.framework, "contracts.no_resources", field="terms.resources")
    rules.require(len(sides) == len(set(sides)), "contracts.side_named_twice", field="terms.ip_shares")
    whole_if_stated(rules, terms, edition)
    for output in terms.acknowledgement_outputs:
        rules.require(
            output in outputs,
            "contracts.unknown_output",
            citation=edition.citation("contract.acknowledgement_outputs"),
            field="terms.acknowledgement_outputs",
            output=output,
            allowed=", ".join(outputs),
        )
