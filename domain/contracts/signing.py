# SPDX-License-Identifier: Apache-2.0
"""Signing: six clauses, intellectual property settled, the right person, the same version (JS 18, 20; CQ 17; 8.19)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.contracts.document import unseal
from domain.contracts.events import Authority, ContractSigned, Side, Signing
from domain.contracts.shares import require_agreed
from domain.contracts.state import require_state
from domain.kernel.errors import Rules, refusal
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.contracts.events import Terms
    from domain.contracts.state import Contract, Proposal
    from domain.kernel.event import Event
    from domain.kernel.personal import Personal
    from domain.policy import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One side's signature. `document_version` and `digest` say what the signatory saw."""

    side: Side
    document_version: int
    digest: str
    signatory: Personal
    authority: Authority
    signing: Signing


def sign(contract: Contract, signature: Signature, *, edition: Edition, now: datetime) -> list[Event]:
    """Sign for one side; with the second signature the contract is in force.

    Raises `DomainError` with every broken rule.
    """
    require_state(contract, "sign", "drafted", "signed_by_one")
    if signature.side in contract.signed_sides:
        raise refusal("contracts.already_signed", side=signature.side)
    require_signable(contract, contract, signature, edition, local_date(now))
    return [
        ContractSigned(
            side=signature.side,
            document_version=signature.document_version,
            digest=signature.digest,
            signatory=signature.signatory,
            authority=signature.authority,
            signing=signature.signing,
            signed_at=now,
            basis=edition.basis(*SIGNING_RULES),
        )
    ]


SIGNING_RULES = (
    "contract.required_clauses",
    "contract.signatures_required",
    "contract.ip_agreed_beforehand",
    "contract.ip_owner_independent_experiment",
)


def require_signable(
    contract: Contract, document: Contract | Proposal, signature: Signature, edition: Edition, today: date
) -> None:
    """Refuse a signature under a document that may not be signed, or by who may not sign it."""
    rules = Rules()
    _version(rules, document, signature)
    _clauses(rules, document, edition)
    require_agreed(rules, document.terms, edition)
    rules.require(today <= document.terms.valid_until, "contracts.period_over", field="terms.valid_until")
    _authority(rules, contract, document.terms, signature, today)
    rules.enforce()


def _version(rules: Rules, document: Contract | Proposal, signature: Signature) -> None:
    same = (signature.document_version, signature.digest) == (document.document_version, document.digest)
    rules.require(
        same,
        "contracts.another_version",
        field="digest",
        signed_version=signature.document_version,
        signed_digest=signature.digest,
        current=document.document_version,
        digest=document.digest,
    )


def _clauses(rules: Rules, document: Contract | Proposal, edition: Edition) -> None:
    clauses = unseal(document.clauses)
    if clauses is None:
        rules.require(False, "contracts.text_unreadable")  # noqa: FBT003 - reads as a rule that does not hold
        return
    for clause in clauses.missing(tuple(edition.value("contract.required_clauses"))):
        rules.require(
            False,  # noqa: FBT003 - the same
            "contracts.clause_missing",
            citation=edition.citation("contract.required_clauses"),
            field=f"clauses.{clause}",
            clause=clause,
        )


def _authority(rules: Rules, contract: Contract, terms: Terms, signature: Signature, today: date) -> None:
    authority = signature.authority
    person = signature.side == "user" and contract.customer is None
    rules.require(
        person == (authority.kind == "individual"),
        "contracts.wrong_kind_of_authority",
        field="authority.kind",
        kind=authority.kind,
    )
    if authority.kind == "letter_of_authority":
        complete = bool(authority.letter_number) and authority.valid_from and authority.valid_until
        rules.require(bool(complete), "contracts.letter_incomplete", field="authority")
    valid = (authority.valid_from or today) <= today <= (authority.valid_until or today)
    rules.require(valid, "contracts.authority_not_valid", field="authority", day=today.isoformat())
    if authority.limit_fen is not None:
        within = terms.ceiling_fen is not None and terms.ceiling_fen <= authority.limit_fen
        rules.require(within, "contracts.beyond_authority", field="authority.limit_fen", limit_fen=authority.limit_fen)
