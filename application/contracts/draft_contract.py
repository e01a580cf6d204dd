# SPDX-License-Identifier: Apache-2.0
"""Begin a contract between a managing unit and a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result
from application.contracts.document import EXAMPLE_CLAUSES, EXAMPLE_TERMS, answer, require_resources
from application.contracts.standing import UNIT_STAFF
from application.contracts.templates import prefill
from application.guards import own_unit, serves_customer
from domain.contracts.claims import series_of
from domain.contracts.contract import CONTRACT
from domain.contracts.document import Clauses, Parties
from domain.contracts.drafting import draft
from domain.contracts.events import Terms
from domain.kernel.numbers import document_number
from domain.kernel.time import local_date
from domain.parties.unit import UNIT
from domain.parties.user import USER

if TYPE_CHECKING:
    from application.work import Work
    from domain.contracts.template_events import TemplatePinned


class DraftContract(Command):
    """Draft a contract, by either side. Clauses may be empty until it is signed; the number is given at once.

    Without `customer_user_id` the drafting user is the customer's contact. With `template_id` the clauses that are not
    stated come from that template, of the version named or the latest, which the contract keeps.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit_id": "7c0b2d9e-0c43-5c56-8a2f-2a0b9a1c4d55",
                "terms": EXAMPLE_TERMS,
                "clauses": EXAMPLE_CLAUSES,
            }
        }
    )

    unit_id: UUID
    customer_user_id: UUID | None = None
    terms: Terms
    clauses: Clauses = Field(default_factory=Clauses)
    template_id: UUID | None = None
    template_version: int | None = Field(default=None, ge=1)


def draft_contract(command: DraftContract, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    unit = work.load(UNIT, command.unit_id).state
    customer_user = command.customer_user_id or work.actor.user
    customer = work.load(USER, customer_user).state.legal_person
    if work.actor.role in UNIT_STAFF and work.actor.organisation == unit.legal_person:
        own_unit(work, command.unit_id)
    else:
        serves_customer(work, customer, customer_user)
    require_resources(work, command.unit_id, command.terms)
    series = series_of(unit.code, local_date(work.now).year)
    number = document_number(series, work.claims.last_number(series))
    parties = Parties(command.unit_id, unit.legal_person, customer, customer_user)
    clauses, template = _text(command, work, parties, number)
    contract = work.new_id()
    work.append(
        contract,
        *draft(
            contract=contract,
            number=number,
            parties=parties,
            terms=command.terms,
            clauses=clauses,
            template=template,
            edition=work.edition(),
        ),
    )
    return answer(work.load(CONTRACT, contract))


def _text(command: DraftContract, work: Work, parties: Parties, number: str) -> tuple[Clauses, TemplatePinned | None]:
    if command.template_id is None:
        return command.clauses, None
    return prefill(
        work,
        command.template_id,
        command.template_version,
        parties=parties,
        number=number,
        terms=command.terms,
        clauses=command.clauses,
    )
