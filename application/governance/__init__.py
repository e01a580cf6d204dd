# SPDX-License-Identifier: Apache-2.0
"""Governance: decisions, rules and standards as versioned documents, and the tasks of the office (JS 5-8, CQ 6-9)."""

from application.bus import Entry
from application.governance.adopt_document import AdoptDocument, adopt_document
from application.governance.annul_decision import AnnulDecision, annul_decision
from application.governance.cancel_office_task import CancelOfficeTask, cancel_office_task
from application.governance.correct_decision import CorrectDecision, correct_decision
from application.governance.draft_document import DraftDocument, draft_document
from application.governance.finish_office_task import FinishOfficeTask, finish_office_task
from application.governance.give_office_task import GiveOfficeTask, give_office_task
from application.governance.note_overdue_task import NoteOverdueTask, note_overdue_task
from application.governance.pass_deadline import PassDeadline, pass_deadline
from application.governance.postpone_office_task import PostponeOfficeTask, postpone_office_task
from application.governance.record_decision import RecordDecision, record_decision
from application.governance.record_result_transfer import RecordResultTransfer, record_result_transfer
from application.governance.record_training import RecordTraining, record_training
from application.governance.remind_of_deadline import RemindOfDeadline, remind_of_deadline
from application.governance.repeal_document import RepealDocument, repeal_document
from application.governance.report_on_office_task import ReportOnOfficeTask, report_on_office_task
from application.governance.review_document import ReviewDocument, review_document
from application.governance.revise_document import ReviseDocument, revise_document
from application.governance.strike_activity import StrikeActivity, strike_activity
from application.governance.withdraw_draft import WithdrawDraft, withdraw_draft
from domain.governance.values import BODIES
from domain.kernel.actor import Role

SYSTEM = frozenset({Role.SYSTEM})
DECIDING = BODIES | SYSTEM
ADOPTING = frozenset({Role.COUNCIL, Role.COUNCIL_OFFICE}) | SYSTEM
DRAFTING = frozenset({Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE}) | SYSTEM
ADVISING = frozenset({Role.EXPERT_COMMITTEE}) | SYSTEM
GIVING = frozenset({Role.COUNCIL, Role.COUNCIL_OFFICE}) | SYSTEM
ASSIGNED = frozenset({Role.COUNCIL_OFFICE, Role.SERVICE_CENTRE, Role.EXPERT_COMMITTEE}) | SYSTEM
CENTRE = frozenset({Role.SERVICE_CENTRE}) | SYSTEM

ENTRIES: tuple[Entry, ...] = (
    Entry(RecordDecision, record_decision, DECIDING),
    Entry(CorrectDecision, correct_decision, DECIDING),
    Entry(AnnulDecision, annul_decision, DECIDING),
    Entry(DraftDocument, draft_document, DRAFTING),
    Entry(ReviseDocument, revise_document, DRAFTING),
    Entry(WithdrawDraft, withdraw_draft, DRAFTING),
    Entry(ReviewDocument, review_document, ADVISING),
    Entry(AdoptDocument, adopt_document, ADOPTING),
    Entry(RepealDocument, repeal_document, ADOPTING),
    Entry(GiveOfficeTask, give_office_task, GIVING),
    Entry(PostponeOfficeTask, postpone_office_task, GIVING),
    Entry(ReportOnOfficeTask, report_on_office_task, ASSIGNED),
    Entry(FinishOfficeTask, finish_office_task, GIVING),
    Entry(CancelOfficeTask, cancel_office_task, GIVING),
    Entry(NoteOverdueTask, note_overdue_task, SYSTEM),
    Entry(RecordTraining, record_training, CENTRE),
    Entry(RecordResultTransfer, record_result_transfer, CENTRE),
    Entry(StrikeActivity, strike_activity, CENTRE),
    Entry(RemindOfDeadline, remind_of_deadline, SYSTEM),
    Entry(PassDeadline, pass_deadline, SYSTEM),
)
"""Every command of the room, its handler, and the roles that may issue it; per regime the domain says more."""
