# SPDX-License-Identifier: Apache-2.0
"""The tables of outputs and of what makes duties to acknowledge, and how they are asked."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from psycopg import sql

from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.readmodel import Row, Table

NAME = "outputs"
OUTPUTS = Table(
    "outputs",
    ("id",),
    {
        "id": "uuid",
        "kind": "text",
        "title": "text",
        "identifier": "text",
        "published_on": "date",
        "year": "bigint",
        "acknowledged": "boolean",
        "wording": "text",
        "proof_sha256": "text",
        "contract": "uuid",
        "reservations": "jsonb",
        "unit": "uuid",
        "provider": "uuid",
        "customer": "uuid",
        "customer_user": "uuid",
        "recorded_at": "timestamptz",
        "withdrawn": "boolean",
        "version": "bigint",
    },
    ("(published_on, id)", "(unit, published_on)", "(customer)", "(customer_user)", "(contract)"),
)
GROUNDS = Table(
    "acknowledgement_grounds",
    ("id",),
    {
        "id": "uuid",  # the contract or the reservation
        "ground": "text",
        "unit": "uuid",
        "provider": "uuid",
        "customer": "uuid",
        "customer_user": "uuid",
        "contract": "uuid",
        "since": "date",  # in force, or used by another; null before, and for the provider's own use
        "noted": "date",  # the day of a use, until its order says whose it was
        "agreed": "text[]",  # outputs to acknowledge by the contract, in the regulation's words
        "owed": "text[]",  # the kinds of outputs that these are
        "proposed": "jsonb",
        "signed": "jsonb",
        "counts": "jsonb",
        "met": "text[]",  # the kinds of outputs that acknowledge it
        "counts_for_all": "jsonb",
        "met_for_all": "text[]",  # the same by outputs that speak for all uses under the contract
    },
    ('(ground COLLATE "C", since, id)', "(contract)", "(unit)", "(customer)", "(customer_user)"),
)
DUTY_COLUMNS = ("id", "ground", "unit", "provider", "customer", "customer_user", "contract", "since", "agreed", "met")


def output(cursor: Cursor, output_id: UUID) -> Row | None:
    """One output."""
    return find(cursor, OUTPUTS, id=output_id)


def outputs(  # noqa: PLR0913 - the filters of a list
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    provider: UUID | None = None,
    customer: UUID | None = None,
    customer_user: UUID | None = None,
    contract: UUID | None = None,
    kinds: tuple[str, ...] | None = None,
    year: int | None = None,
    acknowledged: bool | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Outputs that stand, the latest published first."""
    where = Where().equals(unit=unit, provider=provider, customer=customer, customer_user=customer_user)
    where.equals(contract=contract, year=year, acknowledged=acknowledged, withdrawn=False).one_of("kind", kinds)
    order = Keyset(("published_on", "id"), descending=True)
    return read_page(cursor, NAME, OUTPUTS, where, order, after=after, limit=limit)


def counts(cursor: Cursor, *, unit: UUID | None = None, provider: UUID | None = None) -> list[Row]:
    """How many outputs of each kind were published each year, and how many of them acknowledge."""
    where = Where().equals(withdrawn=False, unit=unit, provider=provider)
    query = sql.SQL(
        "SELECT year, kind, count(*) AS outputs, count(*) FILTER (WHERE acknowledged) AS acknowledged"
        " FROM outputs WHERE {} GROUP BY year, kind ORDER BY year, kind"
    ).format(where.sql)
    return fetch(cursor, query, where.parameters)


def grounds(  # noqa: PLR0913 - the filters of a list
    cursor: Cursor,
    ground: str,
    *,
    unit: UUID | None = None,
    provider: UUID | None = None,
    customer: UUID | None = None,
    customer_user: UUID | None = None,
    contract: UUID | None = None,
    since: date | None = None,
    owed: Sequence[str] | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Contracts in force or completed uses for others, by the day from which their duties run.

    With `owed`, kinds of outputs, only those that still owe one: of a contract one it agrees on, of a use any.
    """
    where = Where().equals(ground=ground, unit=unit, provider=provider, customer=customer)
    where.equals(customer_user=customer_user, contract=contract).holds("since IS NOT NULL").holds("since >= %s", since)
    if ground == "contract":
        where.holds("NOT met @> (SELECT COALESCE(array_agg(k), '{}') FROM unnest(owed) k WHERE k = ANY(%s))", owed)
    else:
        met = (
            "NOT (met || COALESCE((SELECT c.met_for_all FROM acknowledgement_grounds c"
            " WHERE c.id = acknowledgement_grounds.contract), '{}')) @> %s::text[]"
        )
        where.holds(met, owed)
    hidden = frozenset(GROUNDS.columns.keys() - {*DUTY_COLUMNS, "owed"})
    order = Keyset(("since", "id"))
    return read_page(cursor, NAME, GROUNDS, where, order, after=after, limit=limit, without=hidden)


def met_for_all(cursor: Cursor, contracts: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The kinds that outputs acknowledge for all uses under each contract."""
    query = "SELECT id, met_for_all FROM acknowledgement_grounds WHERE id = ANY(%s)"
    return {row["id"]: row["met_for_all"] for row in fetch(cursor, query, (list(contracts),))}
