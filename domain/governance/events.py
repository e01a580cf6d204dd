# SPDX-License-Identifier: Apache-2.0
"""What authorities decide, draft, review and entrust (JS 5-8, CQ 6-9; events of 6.11), and what falls due."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from domain.governance.values import Assignee, Body, DocumentKind, JointParty, Minutes, Stance
from domain.kernel.event import Event
from domain.kernel.money import Fen
from domain.kernel.personal import Personal


class DecisionRecorded(Event):
    """An authority has decided; other facts refer to it by its number. `names` is JSON: seat to person's name."""

    TYPE: ClassVar[str] = "governance.DecisionRecorded"

    number: str
    body: Body
    organisation: UUID | None
    title: str
    decided_on: date
    digest: str
    minutes: Minutes | None
    names: Personal | None = None


class DecisionTakenJointly(Event):
    """Other authorities took the decision too; it serves each of them as their own."""

    TYPE: ClassVar[str] = "governance.DecisionTakenJointly"

    parties: tuple[JointParty, ...]


class DecisionCorrected(Event):
    """What was recorded of a decision, stated anew as a whole; number and body stay."""

    TYPE: ClassVar[str] = "governance.DecisionCorrected"

    title: str
    decided_on: date
    digest: str
    minutes: Minutes | None
    names: Personal | None = None
    reason: str


class DecisionAnnulled(Event):
    """Nothing new may rest on the decision; what rested on it before stays until it is decided anew."""

    TYPE: ClassVar[str] = "governance.DecisionAnnulled"

    reason: str
    annulling_decision: str | None = None


class DocumentDrafted(Event):
    """Version 1 of a plan, rule, policy, standard or norm, without effect until adopted (JS 7(1), CQ 7(a,b))."""

    TYPE: ClassVar[str] = "governance.DocumentDrafted"

    kind: DocumentKind
    title_zh: str
    title_en: str
    year: int | None
    digest: str
    location: str
    drafted_by: str


class DraftRevised(Event):
    """The next version of a document as a draft; a version in force stays in force meanwhile."""

    TYPE: ClassVar[str] = "governance.DraftRevised"

    document_version: int
    title_zh: str
    title_en: str
    digest: str
    location: str
    changes: str


class DraftWithdrawn(Event):
    """A draft that will not be adopted."""

    TYPE: ClassVar[str] = "governance.DraftWithdrawn"

    document_version: int
    reason: str


class StandardReviewed(Event):
    """The committee has reviewed a technical standard or operating norm (`standard_reviewed`, JS 6, CQ 9)."""

    TYPE: ClassVar[str] = "governance.StandardReviewed"

    document_version: int
    stance: Stance
    opinion: str
    digest: str | None
    given_on: date


class OpinionAttached(Event):
    """The committee's advice on a plan, rule or policy; it changes no state by itself (JS 6, CQ 9)."""

    TYPE: ClassVar[str] = "governance.OpinionAttached"

    document_version: int
    stance: Stance
    opinion: str
    digest: str | None
    given_on: date


class DocumentAdopted(Event):
    """A version is decided and in force from a day on; the version before it ends there."""

    TYPE: ClassVar[str] = "governance.DocumentAdopted"

    document_version: int
    decision: UUID
    decision_reference: str
    decided_on: date
    effective_from: date


class PlanYearTaken(Event):
    """An annual plan was adopted for the first time and is the plan of its year; nobody else's is.

    `place` counts the plans of a year: the one before it has been repealed.
    """

    TYPE: ClassVar[str] = "governance.PlanYearTaken"

    year: int
    place: int


class DocumentRepealed(Event):
    """No version is in force from a day on; `successor` is the document that takes its place, if any."""

    TYPE: ClassVar[str] = "governance.DocumentRepealed"

    decision: UUID
    decision_reference: str
    decided_on: date
    effective_from: date
    successor: UUID | None
    reason: str


class OfficeTaskGiven(Event):
    """Work entrusted by the council or its office, due on a day (`office_task_recorded`, JS 5.b, 7(5), CQ 8(f))."""

    TYPE: ClassVar[str] = "governance.OfficeTaskGiven"

    title: str
    description: str
    given_by: Literal["council", "council_office"]
    assignee: Assignee
    organisation: UUID | None
    due_on: date
    decision_reference: str | None


class OfficeTaskPostponed(Event):
    """The task is due on a later day."""

    TYPE: ClassVar[str] = "governance.OfficeTaskPostponed"

    due_on: date
    reason: str


class OfficeTaskReported(Event):
    """The assignee reports; whoever gave the task decides whether it is done."""

    TYPE: ClassVar[str] = "governance.OfficeTaskReported"

    report: str
    digest: str | None


class OfficeTaskDone(Event):
    """Whoever gave the task accepts it as done."""

    TYPE: ClassVar[str] = "governance.OfficeTaskDone"

    remark: str


class OfficeTaskOverdue(Event):
    """The due day is over and the task is not done; `due_on` is the day it was due, whenever this was noticed."""

    TYPE: ClassVar[str] = "governance.OfficeTaskOverdue"

    due_on: date


class OfficeTaskCancelled(Event):
    """The task is no longer wanted."""

    TYPE: ClassVar[str] = "governance.OfficeTaskCancelled"

    reason: str


class TrainingRecorded(Event):
    """A training or an academic exchange was held (`training_recorded`, JS 7(3), CQ 8(e))."""

    TYPE: ClassVar[str] = "governance.TrainingRecorded"

    kind: Literal["training", "academic_exchange"]
    topic: str
    held_on: date
    minutes: int
    participants: int
    organisations: int
    place: str
    digest: str | None = None


class ResultTransferRecorded(Event):
    """A result was transferred with the platform's help (`result_transfer_recorded`, JS 7(4))."""

    TYPE: ClassVar[str] = "governance.ResultTransferRecorded"

    title: str
    transferred_on: date
    kind: Literal["licence", "assignment", "commissioned_development", "co_development", "consulting"]
    provider: UUID | None
    recipient: UUID | None
    recipient_name: str
    amount_fen: Fen
    contract_number: str
    digest: str | None = None


class ActivityStruck(Event):
    """The record was entered by mistake and counts for nothing."""

    TYPE: ClassVar[str] = "governance.ActivityStruck"

    reason: str


class DeadlineReminded(Event):
    """A reminder before a day that is due; `item` tells deadlines of one kind and subject apart."""

    TYPE: ClassVar[str] = "governance.DeadlineReminded"

    kind: str
    subject: UUID
    item: str
    due_on: date
    days_before: int
    """How many days ahead the reminder was wanted, whenever it was issued."""


class DeadlinePassed(Event):
    """A day that was due is over; `due_on` is that day, whenever this was noticed."""

    TYPE: ClassVar[str] = "governance.DeadlinePassed"

    kind: str
    subject: UUID
    item: str
    due_on: date
