# SPDX-License-Identifier: Apache-2.0
"""What else happens while a contract is performed: a registration's details, a dispute's stages, no more call-offs."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from domain.contracts.events import Side
from domain.kernel.event import Event

TechnicalContractKind = Literal["development", "transfer", "licence", "consulting", "service"]
"""技术开发, 技术转让, 技术许可, 技术咨询, 技术服务: as the national rules of registration name them (A34)."""
Stage = Literal["negotiation", "mediation", "arbitration", "court"]
StageOutcome = Literal["agreed", "failed", "decided", "withdrawn"]


class RegistrationDetailsNoted(Event):
    """By which body, as which kind of technical contract, and whether it renews a registration (JS 18.b, A34)."""

    TYPE: ClassVar[str] = "contracts.RegistrationDetailsNoted"

    registration_number: str
    body: str
    kind: TechnicalContractKind | None = None
    renews: str | None = None
    """The number of the registration that an amendment had outdated."""
    document_version: int


class CallOffsClosed(Event):
    """The framework is fulfilled or terminated: none can be placed any more, and `running` that were used go on."""

    TYPE: ClassVar[str] = "contracts.CallOffsClosed"

    running: int = Field(ge=0, default=0)


class DisputeStageBegun(Event):
    """A stage of a dispute begins before a body; `due_on` is the last day for its outcome, where one was set."""

    TYPE: ClassVar[str] = "contracts.DisputeStageBegun"

    stage: Stage
    body: str
    begun_on: date
    due_on: date | None = None
    case_number: str = ""
    recorded_by: Side


class DisputeStageEnded(Event):
    """How a stage ended. After `failed` or `withdrawn` the next one may begin."""

    TYPE: ClassVar[str] = "contracts.DisputeStageEnded"

    stage: Stage
    outcome: StageOutcome
    ended_on: date
    findings: str
    recorded_by: Side
