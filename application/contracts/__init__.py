# SPDX-License-Identifier: Apache-2.0
"""Use cases of contracts (JS 18, 20; CQ 17; lifecycle 6.4)."""

from application.bus import Entry
from application.contracts.abandon_draft import AbandonDraft, abandon_draft
from application.contracts.begin_dispute_stage import BeginDisputeStage, begin_dispute_stage
from application.contracts.cancel_call_off import CancelCallOff, cancel_call_off
from application.contracts.draft_contract import DraftContract, draft_contract
from application.contracts.drop_amendment import DropAmendment, drop_amendment
from application.contracts.end_dispute_stage import EndDisputeStage, end_dispute_stage
from application.contracts.fulfil_contract import FulfilContract, fulfil_contract
from application.contracts.note_protected_access import NoteProtectedAccess, note_protected_access
from application.contracts.open_dispute import OpenDispute, open_dispute
from application.contracts.place_call_off import PlaceCallOff, place_call_off
from application.contracts.propose_amendment import ProposeAmendment, propose_amendment
from application.contracts.publish_contract_template import PublishContractTemplate, publish_contract_template
from application.contracts.record_output import RecordOutput, record_output
from application.contracts.register_technical_contract import RegisterTechnicalContract, register_technical_contract
from application.contracts.resolve_dispute import ResolveDispute, resolve_dispute
from application.contracts.revise_contract import ReviseContract, revise_contract
from application.contracts.revise_contract_template import ReviseContractTemplate, revise_contract_template
from application.contracts.settle_call_off import SettleCallOff, settle_call_off
from application.contracts.sign_amendment import SignAmendment, sign_amendment
from application.contracts.sign_contract import SignContract, sign_contract
from application.contracts.standing import UNIT_STAFF
from application.contracts.templates import PROVINCE_STAFF
from application.contracts.terminate_contract import TerminateContract, terminate_contract
from application.contracts.withdraw_contract_template import WithdrawContractTemplate, withdraw_contract_template
from application.contracts.withdraw_output import WithdrawOutput, withdraw_output
from domain.kernel.actor import Role

EITHER_PARTY = UNIT_STAFF | {Role.USER}
TEMPLATE_STAFF = UNIT_STAFF | PROVINCE_STAFF
SYSTEM = frozenset({Role.SYSTEM})

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
    Entry(PlaceCallOff, place_call_off, EITHER_PARTY),
    Entry(CancelCallOff, cancel_call_off, EITHER_PARTY),
    Entry(SettleCallOff, settle_call_off, EITHER_PARTY),
    Entry(BeginDisputeStage, begin_dispute_stage, EITHER_PARTY),
    Entry(EndDisputeStage, end_dispute_stage, EITHER_PARTY),
    Entry(PublishContractTemplate, publish_contract_template, TEMPLATE_STAFF),
    Entry(ReviseContractTemplate, revise_contract_template, TEMPLATE_STAFF),
    Entry(WithdrawContractTemplate, withdraw_contract_template, TEMPLATE_STAFF),
    Entry(RecordOutput, record_output, frozenset({Role.USER})),
    Entry(WithdrawOutput, withdraw_output, frozenset({Role.USER})),
    Entry(NoteProtectedAccess, note_protected_access, SYSTEM),
)
