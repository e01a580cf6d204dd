# SPDX-License-Identifier: Apache-2.0
"""Use cases of contracts (JS 18, 20; CQ 17; lifecycle 6.4)."""

from application.bus import Entry
from application.contracts.abandon_draft import AbandonDraft, abandon_draft
from application.contracts.draft_contract import DraftContract, draft_contract
from application.contracts.drop_amendment import DropAmendment, drop_amendment
from application.contracts.fulfil_contract import FulfilContract, fulfil_contract
from application.contracts.open_dispute import OpenDispute, open_dispute
from application.contracts.propose_amendment import ProposeAmendment, propose_amendment
from application.contracts.register_technical_contract import RegisterTechnicalContract, register_technical_contract
from application.contracts.resolve_dispute import ResolveDispute, resolve_dispute
from application.contracts.revise_contract import ReviseContract, revise_contract
from application.contracts.sign_amendment import SignAmendment, sign_amendment
from application.contracts.sign_contract import SignContract, sign_contract
from application.contracts.standing import UNIT_STAFF
from application.contracts.terminate_contract import TerminateContract, terminate_contract
from domain.kernel.actor import Role

EITHER_PARTY = UNIT_STAFF | {Role.USER}

ENTRIES: tuple[Entry, ...] = (
    Entry(DraftContract, draft_contract, EITHER_PARTY),
    Entry(ReviseContract, revise_contract, EITHER_PARTY),
    Entry(SignContract, sign_contract, EITHER_PARTY),
    Entry(RegisterTechnicalContract, register_technical_contract, UNIT_STAFF),
    Entry(ProposeAmendment, propose_amendment, EITHER_PARTY),
    Entry(SignAmendment, sign_amendment, EITHER_PARTY),
    Entry(DropAmendment, drop_amendment, EITHER_PARTY),
    Entry(FulfilContract, fulfil_contract, EITHER_PARTY),
    Entry(OpenDispute, open_dispute, EITHER_PARTY),
    Entry(ResolveDispute, resolve_dispute, EITHER_PARTY),
    Entry(TerminateContract, terminate_contract, EITHER_PARTY),
    Entry(AbandonDraft, abandon_draft, EITHER_PARTY),
)
