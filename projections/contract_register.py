# SPDX-License-Identifier: Apache-2.0
"""The register of contracts: parties, state, versions, signatures. Never the text of a clause, never a name."""

from datetime import date
from uuid import UUID

from domain.contracts.events import (
    AmendmentDropped,
    AmendmentProposed,
    AmendmentSignatureGiven,
    AmendmentSigned,
    ContractDrafted,
    ContractFulfilled,
    ContractRevised,
    ContractSigned,
    ContractTerminated,
    DisputeOpened,
    DisputeResolved,
    DraftAbandoned,
    TechnicalContractRegistered,
    Terms,
)
from domain.contracts.performing_events import (
    CallOffsClosed,
    DisputeStageBegun,
    DisputeStageEnded,
    RegistrationDetailsNoted,
)
from domain.contracts.template_events import TemplatePinned
from domain.kernel.event import Recorded
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

CONTRACTS = Table(
    "contracts",
    ("id",),
    {
        "id": "uuid",
        "number": "text",
        "unit": "uuid",
        "provider": "uuid",
        "customer": "uuid",
        "customer_user": "uuid",
        "state": "text",
        "former_state": "text",  # to which an amendment or a dispute may return
        "document_version": "bigint",
        "digest": "text",
        "resources": "text[]",
        "framework": "boolean",
        "valid_from": "date",
        "valid_until": "date",
        "experiment": "text",
        "ceiling_fen": "bigint",
        "ip_shares": "jsonb",
        "acknowledgement_outputs": "jsonb",
        "drafted_at": "timestamptz",
        "provider_signed_at": "timestamptz",
        "user_signed_at": "timestamptz",
        "provider_signing": "jsonb",  # method, reference and authority; the signatory's name is personal
        "user_signing": "jsonb",
        "proposal": "jsonb",  # an amendment that both sides have yet to sign
        "registration_number": "text",
        "registered_on": "date",
        "registration_body": "text",
        "registration_kind": "text",
        "renewal_needed": "boolean",
        "dispute_stages": "jsonb",  # of the dispute that runs or ran last; findings are for the parties alone
        "template": "uuid",
        "template_version": "bigint",
        "ended_reason": "text",
        "version": "bigint",
    },
    ('(number COLLATE "C", id)', "(unit)", "(customer)", "(customer_user)", "USING gin (resources)"),
)

on = Handlers()


@on
def _draft(event: ContractDrafted, recorded: Recorded, rows: Rows) -> None:
    parties = event.model_dump(include={"number", "unit", "provider", "customer", "customer_user"})
    row = new_row(
        CONTRACTS,
        id=recorded.stream,
        state="drafted",
        drafted_at=recorded.meta.occurred_at,
        document_version=event.document_version,
        digest=event.digest,
        renewal_needed=False,
        version=recorded.version,
        **parties,
        **_columns_of(event.terms),
    )
    rows.put(CONTRACTS, row)


@on
def _revise(event: ContractRevised, recorded: Recorded, rows: Rows) -> None:
    unsigned = dict.fromkeys(("provider_signed_at", "user_signed_at", "provider_signing", "user_signing"))
    document = {"document_version": event.document_version, "digest": event.digest}
    amend(rows, CONTRACTS, recorded, state="drafted", **unsigned, **document, **_columns_of(event.terms))


@on
def _sign(event: ContractSigned, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, CONTRACTS, recorded.stream)
    other = "user" if event.side == "provider" else "provider"
    signed = {
        f"{event.side}_signed_at": event.signed_at or recorded.meta.occurred_at,
        f"{event.side}_signing": event.signing.model_dump(mode="json") | {"authority": _plain(event, "authority")},
    }
    state = "signed_by_one" if row[f"{other}_signed_at"] is None else "signed_by_both"
    amend(rows, CONTRACTS, recorded, state=state, **signed)


@on
def _propose(event: AmendmentProposed, recorded: Recorded, rows: Rows) -> None:
    former = known(rows, CONTRACTS, recorded.stream)["state"]
    proposal = event.model_dump(mode="json", include={"terms", "document_version", "digest", "reason", "proposed_by"})
    amend(rows, CONTRACTS, recorded, former_state=former, proposal=proposal | {"signed_side": None})


@on
def _half_sign_amendment(event: AmendmentSignatureGiven, recorded: Recorded, rows: Rows) -> None:
    proposal = known(rows, CONTRACTS, recorded.stream)["proposal"]
    amend(rows, CONTRACTS, recorded, proposal=proposal | {"signed_side": event.side})


@on
def _sign_amendment(event: AmendmentSigned, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, CONTRACTS, recorded.stream)
    signed = {
        f"{side}_signing": _plain(event, f"{side}_signing") | {"authority": _plain(event, f"{side}_authority")}
        for side in ("provider", "user")
    }
    amend(
        rows,
        CONTRACTS,
        recorded,
        former_state=None,
        proposal=None,
        document_version=event.document_version,
        digest=event.digest,
        provider_signed_at=recorded.meta.occurred_at,
        user_signed_at=recorded.meta.occurred_at,
        renewal_needed=row["registration_number"] is not None,
        **signed,
        **_columns_of(Terms.model_validate(row["proposal"]["terms"])),
    )


@on
def _dispute(_event: DisputeOpened, recorded: Recorded, rows: Rows) -> None:
    former = known(rows, CONTRACTS, recorded.stream)["state"]
    amend(rows, CONTRACTS, recorded, former_state=former, dispute_stages=[])


@on
def _begin_stage(event: DisputeStageBegun, recorded: Recorded, rows: Rows) -> None:
    stage = event.model_dump(mode="json", exclude={"basis"}) | {"outcome": None, "ended_on": None}
    stages = known(rows, CONTRACTS, recorded.stream)["dispute_stages"] or []
    amend(rows, CONTRACTS, recorded, dispute_stages=[*stages, stage])


@on
def _end_stage(event: DisputeStageEnded, recorded: Recorded, rows: Rows) -> None:
    *earlier, running = known(rows, CONTRACTS, recorded.stream)["dispute_stages"]
    ended = event.model_dump(mode="json", include={"outcome", "ended_on"})
    amend(rows, CONTRACTS, recorded, dispute_stages=[*earlier, running | ended])


@on
def _pin(event: TemplatePinned, recorded: Recorded, rows: Rows) -> None:
    amend(rows, CONTRACTS, recorded, template=event.template, template_version=event.template_version)


@on
def _detail(event: RegistrationDetailsNoted, recorded: Recorded, rows: Rows) -> None:
    amend(rows, CONTRACTS, recorded, registration_body=event.body or None, registration_kind=event.kind)


@on
def _return(_event: AmendmentDropped | DisputeResolved, recorded: Recorded, rows: Rows) -> None:
    former = known(rows, CONTRACTS, recorded.stream)["former_state"]
    amend(rows, CONTRACTS, recorded, state=former, former_state=None, proposal=None)


@on
def _register(event: TechnicalContractRegistered, recorded: Recorded, rows: Rows) -> None:
    registration = event.model_dump(include={"registration_number", "registered_on"})
    amend(rows, CONTRACTS, recorded, renewal_needed=False, **registration)


@on
def _end(event: ContractTerminated | DraftAbandoned, recorded: Recorded, rows: Rows) -> None:
    amend(rows, CONTRACTS, recorded, ended_reason=event.reason)


on.states(
    CONTRACTS,
    {
        TechnicalContractRegistered: "registered",
        AmendmentProposed: "amending",
        AmendmentSigned: "signed_by_both",
        ContractFulfilled: "fulfilled",
        DisputeOpened: "disputed",
        ContractTerminated: "terminated",
        DraftAbandoned: "abandoned",
        CallOffsClosed: None,
    },
)
MODEL = ReadModel("contract_register", (CONTRACTS,), on.apply, version=2, types=on.types)


def contract(cursor: Cursor, contract_id: UUID) -> Row | None:
    """One contract's entry."""
    return find(cursor, CONTRACTS, id=contract_id)


def contracts(  # noqa: PLR0913 - the filters of a list
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    provider: UUID | None = None,
    customer: UUID | None = None,
    customer_user: UUID | None = None,
    resources: tuple[UUID, ...] = (),
    states: tuple[str, ...] | None = None,
    valid_on: date | None = None,
    framework: bool | None = None,
    renewal_needed: bool | None = None,
    without: frozenset[str] = frozenset(),
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Contracts by number, `without` some columns. None asks nothing; the caller gives what the reader may see."""
    where = Where().equals(unit=unit, provider=provider, customer=customer, customer_user=customer_user)
    where.equals(framework=framework, renewal_needed=renewal_needed)
    where.one_of("state", states).holds("%s BETWEEN valid_from AND valid_until", valid_on)
    where.holds("resources @> %s::text[]", [str(each) for each in resources] or None)
    order = Keyset(("number", "id"))
    return read_page(cursor, MODEL.name, CONTRACTS, where, order, after=after, limit=limit, without=without)


def _columns_of(terms: Terms) -> Row:
    stated = terms.model_dump(include={"framework", "valid_from", "valid_until", "experiment", "ceiling_fen"})
    nested = terms.model_dump(mode="json", include={"resources", "ip_shares", "acknowledgement_outputs"})
    return stated | nested


def _plain(event: ContractSigned | AmendmentSigned, field: str) -> Row:
    plain: Row = event.model_dump(mode="json", include={field})[field]
    return plain
