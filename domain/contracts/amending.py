# SPDX-License-Identifier: Apache-2.0
"""Changing a contract in force: it stays in force until both sides have signed the new version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.contracts.document import digest_of, seal, unseal
from domain.contracts.drafting import require_sound
from domain.contracts.events import AmendmentDropped, AmendmentProposed, AmendmentSignatureGiven, AmendmentSigned
from domain.contracts.signing import SIGNING_RULES, Signature, require_signable
from domain.contracts.state import require_state
from domain.kernel.errors import Rules, refusal
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from datetime import datetime

    from domain.contracts.document import Clauses
    from domain.contracts.events import Side, Terms
    from domain.contracts.state import Contract
    from domain.kernel.event import Event
    from domain.policy import Edition


def propose(
    contract: Contract,
    *,
    terms: Terms,
    clauses: Clauses,
    reason: str,
    by: Side,
    used: bool,
    edition: Edition,
) -> list[Event]:
    """Propose a changed version.

    Once a use has begun under the contract (`used`), intellectual property stays as it was agreed before it
    (JS 20, JS-20.1); other shares need a new contract.
    """
    require_state(contract, "propose_amendment", "signed_by_both", "registered")
    rules = Rules()
    require_sound(rules, terms, edition)
    rules.require(
        not used or not edition.value("contract.ip_agreed_beforehand") or _same_property(contract, terms, clauses),
        "contracts.ip_fixed_before_use",
        citation=edition.citation("contract.ip_agreed_beforehand"),
        field="terms.ip_shares",
    )
    rules.enforce()
    return [
        AmendmentProposed(
            terms=terms,
            clauses=seal(contract.clauses.subject, clauses),
            document_version=contract.versions + 1,
            digest=digest_of(contract.number, contract.parties, terms, clauses),
            reason=reason,
            proposed_by=by,
            basis=edition.basis("contract.ip_agreed_beforehand"),
        )
    ]


def _same_property(contract: Contract, terms: Terms, clauses: Clauses) -> bool:
    agreed = unseal(contract.clauses)
    before = (frozenset(contract.terms.ip_shares), contract.terms.experiment, agreed and agreed.ip_ownership)
    return before == (frozenset(terms.ip_shares), terms.experiment, clauses.ip_ownership)


def sign(contract: Contract, signature: Signature, *, edition: Edition, now: datetime) -> list[Event]:
    """Sign the proposed version for one side; with the second signature it takes the place of the old one.

    The same rules as for the first signing hold; a registration then needs renewal (JS-18.3).
    """
    require_state(contract, "sign_amendment", "amending")
    proposal = contract.proposal
    assert proposal is not None, "an amendment is being made"
    first = proposal.signature
    if first is not None and first.side == signature.side:
        raise refusal("contracts.already_signed", side=signature.side)
    require_signable(contract, proposal, signature, edition, local_date(now))
    given = AmendmentSignatureGiven(
        side=signature.side,
        document_version=signature.document_version,
        digest=signature.digest,
        signatory=signature.signatory,
        authority=signature.authority,
        signing=signature.signing,
        basis=edition.basis(*SIGNING_RULES),
    )
    if first is None:
        return [given]
    provider, user = (first, given) if first.side == "provider" else (given, first)
    return [
        AmendmentSigned(
            document_version=proposal.document_version,
            digest=proposal.digest,
            provider_signatory=provider.signatory,
            provider_authority=provider.authority,
            provider_signing=provider.signing,
            user_signatory=user.signatory,
            user_authority=user.authority,
            user_signing=user.signing,
            basis=edition.basis(*SIGNING_RULES),
        )
    ]


def drop(contract: Contract, *, reason: str) -> list[Event]:
    """Give the proposed version up; the contract stays as it was."""
    require_state(contract, "drop_amendment", "amending")
    return [AmendmentDropped(reason=reason)]
