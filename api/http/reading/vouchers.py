# SPDX-License-Identifier: Apache-2.0
"""Voucher programmes, grants with their balances, claims and batches."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated, get_args
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.line import Answer, ById, Listed, Read, among, listed, one, several
from api.http.visibility import Scope
from application.errors import NotFound
from domain.vouchers.grant import GrantState
from domain.vouchers.redemption import RedemptionState
from projections import voucher_accounts as accounts
from projections.paging import find, position_of
from projections.voucher_balances import MODEL
from projections.voucher_tables import BATCHES

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row

GRANT_FILTERS = {Scope.OWN_SIDE: "beneficiary", Scope.OWN_PERSON: "beneficiary"}
GRANT_OWNERS = {Scope.OWN_SIDE: ("beneficiary", "applicant")}
CLAIM_FILTERS = {**GRANT_FILTERS, Scope.OWN_ORGANISATION: "provider"}
CLAIM_OWNERS = {**GRANT_OWNERS, Scope.OWN_ORGANISATION: ("provider", "payee")}
ONE_OR_SEVERAL = Field(default=None, max_length=200, description="One or several, separated by commas")


class WantedProgrammes(Listed):
    """Which programmes."""

    year: int | None = Field(default=None, ge=2000, le=2200)


class WantedGrants(Listed):
    """Which grants."""

    programme: UUID | None = None
    beneficiary: UUID | None = None
    state: Annotated[str | None, AfterValidator(among(*get_args(GrantState)))] = ONE_OR_SEVERAL


class WantedClaims(Listed):
    """Which claims."""

    programme: UUID | None = None
    provider: UUID | None = None
    beneficiary: UUID | None = None
    order: UUID | None = None
    batch: UUID | None = None
    state: Annotated[str | None, AfterValidator(among(*get_args(RedemptionState)))] = ONE_OR_SEVERAL


class WantedBatches(Listed):
    """Which batches."""

    programme: UUID | None = None


def voucher_programmes(visit: Visit, query: WantedProgrammes) -> Answer:
    """Programmes with their terms, by number."""
    page = accounts.programmes(visit.cursor, year=query.year, after=query.cursor, limit=query.limit)
    rows = [_with_openness(visit, row) for row in page.rows]
    return listed(dataclasses.replace(page, rows=rows))


def voucher_programme(visit: Visit, query: ById) -> Answer:
    """One programme with what each co-funder has left of its budget."""
    found = accounts.programme(visit.cursor, query.id)
    if found is None:
        raise NotFound(kind="vouchers.Programme", id=str(query.id))
    return one({**_with_openness(visit, found.programme), "budgets": found.budgets}, found.position)


def _with_openness(visit: Visit, row: Row) -> Row:
    """Whether applications are taken today; days go by without an event, so no table can say."""
    today = visit.today
    return row | {"open": row["state"] != "closed" and row["opens_on"] <= today <= row["closes_on"]}


def voucher_grants(visit: Visit, query: WantedGrants) -> Answer:
    """Vouchers with what is left of them, by number."""
    page = accounts.grants(
        visit.cursor,
        programme=query.programme,
        **visit.narrowed({"beneficiary": query.beneficiary}, GRANT_FILTERS),
        states=several(query.state),
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def voucher_grant(visit: Visit, query: ById) -> Answer:
    """One voucher with its balance."""
    row = visit.owned(accounts.grant(visit.cursor, query.id), GRANT_OWNERS, "vouchers.Grant", query.id)
    return one(row, position_of(visit.cursor, MODEL.name))


def voucher_redemptions(visit: Visit, query: WantedClaims) -> Answer:
    """Claims for reimbursement by number."""
    page = accounts.redemptions(
        visit.cursor,
        programme=query.programme,
        **visit.narrowed({"provider": query.provider, "beneficiary": query.beneficiary}, CLAIM_FILTERS),
        order=query.order,
        batch=query.batch,
        states=several(query.state),
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def voucher_redemption(visit: Visit, query: ById) -> Answer:
    """One claim with its payments by funder."""
    row = visit.owned(accounts.redemption(visit.cursor, query.id), CLAIM_OWNERS, "vouchers.Redemption", query.id)
    return one(row, position_of(visit.cursor, MODEL.name))


def reimbursement_batches(visit: Visit, query: WantedBatches) -> Answer:
    """Frozen batches by number, each with the hash over its items."""
    found = accounts.batches(visit.cursor, programme=query.programme, after=query.cursor, limit=query.limit)
    return listed(found)


def reimbursement_batch(visit: Visit, query: ById) -> Answer:
    """One batch with its items."""
    row = visit.owned(find(visit.cursor, BATCHES, id=query.id), {}, "vouchers.Batch", query.id)
    return one(row, position_of(visit.cursor, MODEL.name))


READS = (
    Read("/voucher-programmes", "voucher_programmes", WantedProgrammes, voucher_programmes, "Voucher programmes"),
    Read("/voucher-programmes/{id}", "voucher_programmes", ById, voucher_programme, "One programme with its budgets"),
    Read("/voucher-grants", "voucher_grants", WantedGrants, voucher_grants, "Vouchers"),
    Read("/voucher-grants/{id}", "voucher_grants", ById, voucher_grant, "One voucher with its balance"),
    Read("/voucher-redemptions", "voucher_redemptions", WantedClaims, voucher_redemptions, "Claims on vouchers"),
    Read("/voucher-redemptions/{id}", "voucher_redemptions", ById, voucher_redemption, "One claim"),
    Read(
        "/reimbursement-batches", "reimbursement_batches", WantedBatches, reimbursement_batches, "Batches for payment"
    ),
    Read("/reimbursement-batches/{id}", "reimbursement_batches", ById, reimbursement_batch, "One batch"),
)
