# SPDX-License-Identifier: Apache-2.0
"""Who takes part: legal persons, their units, and users as pseudonyms. No personal value ever stands here."""

from collections.abc import Sequence
from uuid import UUID

from domain.kernel.event import Recorded
from domain.parties.events import (
    AccessTokenIssued,
    AccessTokenRevoked,
    ExternalIdentityLinked,
    ExternalIdentityUnlinked,
    InstitutionJoined,
    InstitutionLeft,
    LegalPersonDetailsChanged,
    LegalPersonRegistered,
    SharingRulesPublished,
    TechSmeEvidenceRecorded,
    UnitMappedToLegalPerson,
    UnitMerged,
    UnitRegistered,
    UnitRenamed,
    UserAffiliationChanged,
    UserDeactivated,
    UserQualified,
    UserRegistered,
)
from domain.parties.period_events import UnitPeriodLocked
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

LEGAL_PERSONS = Table(
    "legal_persons",
    ("id",),
    {
        "id": "uuid",
        "credit_code": "text",
        "name_zh": "text",
        "name_en": "text",
        "kind": "text",
        "budget_status": "text",
        "city": "text",
        "district": "text",
        "head_office": "uuid",
        "joined": "boolean",
        "sme_evidence": "jsonb",  # [{number, valid_from, valid_until}], both days included
        "version": "bigint",
    },
    ('(credit_code COLLATE "C")',),
)
UNITS = Table(
    "units",
    ("id",),
    {
        "id": "uuid",
        "legal_person": "uuid",
        "mapped_from": "date",  # from when the latest mapping to a legal person holds; null from the beginning
        "code": "text",
        "name_zh": "text",
        "name_en": "text",
        "kind": "text",
        "scope_mode": "text",
        "city": "text",
        "district": "text",
        "competent_department": "text",
        "portal_url": "text",
        "sharing_rules": "jsonb",  # {rules_version, title, number, digest, effective_from}
        "merged_into": "uuid",
        "locked_through": "date",  # up to when records of use are settled
        "head": "uuid",  # who may change them all the same
        "version": "bigint",
    },
    ('(code COLLATE "C")', "(legal_person)", "(merged_into)"),
)
USERS = Table(
    "users",
    ("id",),
    {
        "id": "uuid",
        "user_kind": "text",
        "legal_person": "uuid",
        "unit": "uuid",
        "active": "boolean",
        "qualifications": "jsonb",  # [{resource, valid_from, valid_until}], both days included
        "external_identities": "jsonb",  # [{unit, source}], one for each: where they are known, never as whom
        "version": "bigint",
    },
    ("(legal_person)", "(unit)"),
)

on = Handlers()


@on
def _register_legal_person(event: LegalPersonRegistered, recorded: Recorded, rows: Rows) -> None:
    public = event.model_dump(exclude={"basis", *event.personal_fields()})
    row = new_row(LEGAL_PERSONS, id=recorded.stream, joined=False, sme_evidence=[], version=recorded.version, **public)
    rows.put(LEGAL_PERSONS, row)


@on
def _change_legal_person(event: LegalPersonDetailsChanged, recorded: Recorded, rows: Rows) -> None:
    public = event.model_dump(exclude={"basis", "reason", *event.personal_fields()}, exclude_none=True)
    amend(rows, LEGAL_PERSONS, recorded, **public)


@on
def _record_evidence(event: TechSmeEvidenceRecorded, recorded: Recorded, rows: Rows) -> None:
    earlier = known(rows, LEGAL_PERSONS, recorded.stream)["sme_evidence"]
    evidence = event.model_dump(mode="json", exclude={"basis"})
    amend(rows, LEGAL_PERSONS, recorded, sme_evidence=[*earlier, evidence])


@on
def _join_or_leave(event: InstitutionJoined | InstitutionLeft, recorded: Recorded, rows: Rows) -> None:
    amend(rows, LEGAL_PERSONS, recorded, joined=isinstance(event, InstitutionJoined))


@on
def _register_unit(event: UnitRegistered, recorded: Recorded, rows: Rows) -> None:
    row = new_row(UNITS, id=recorded.stream, version=recorded.version, **event.model_dump(exclude={"basis"}))
    rows.put(UNITS, row)


@on
def _rename_unit(event: UnitRenamed, recorded: Recorded, rows: Rows) -> None:
    amend(rows, UNITS, recorded, name_zh=event.name_zh, name_en=event.name_en)


@on
def _merge_unit(event: UnitMerged, recorded: Recorded, rows: Rows) -> None:
    amend(rows, UNITS, recorded, merged_into=event.successor)


@on
def _lock_period(event: UnitPeriodLocked, recorded: Recorded, rows: Rows) -> None:
    amend(rows, UNITS, recorded, locked_through=event.locked_through, head=event.head)


@on
def _map_unit(event: UnitMappedToLegalPerson, recorded: Recorded, rows: Rows) -> None:
    amend(rows, UNITS, recorded, legal_person=event.legal_person, mapped_from=event.effective_from)


@on
def _publish_rules(event: SharingRulesPublished, recorded: Recorded, rows: Rows) -> None:
    amend(rows, UNITS, recorded, sharing_rules=event.model_dump(mode="json", exclude={"basis"}))


@on
def _register_user(event: UserRegistered, recorded: Recorded, rows: Rows) -> None:
    affiliation = {"user_kind": event.user_kind, "legal_person": event.legal_person, "unit": event.unit}
    row = new_row(USERS, id=recorded.stream, active=True, qualifications=[], version=recorded.version, **affiliation)
    rows.put(USERS, row)


@on
def _move_user(event: UserAffiliationChanged, recorded: Recorded, rows: Rows) -> None:
    amend(rows, USERS, recorded, user_kind=event.user_kind, legal_person=event.legal_person, unit=event.unit)


@on
def _qualify_user(event: UserQualified, recorded: Recorded, rows: Rows) -> None:
    earlier = known(rows, USERS, recorded.stream)["qualifications"]
    qualification = event.model_dump(mode="json", exclude={"basis"})
    amend(rows, USERS, recorded, qualifications=[*earlier, qualification])


@on
def _link(event: ExternalIdentityLinked, recorded: Recorded, rows: Rows) -> None:
    earlier = known(rows, USERS, recorded.stream)["external_identities"] or ()
    linked = event.model_dump(mode="json", include={"unit", "source"})
    amend(rows, USERS, recorded, external_identities=[*earlier, linked])


@on
def _unlink(event: ExternalIdentityUnlinked, recorded: Recorded, rows: Rows) -> None:
    left = list(known(rows, USERS, recorded.stream)["external_identities"] or ())
    left.remove(event.model_dump(mode="json", include={"unit", "source"}))
    amend(rows, USERS, recorded, external_identities=left)


@on
def _deactivate_user(_event: UserDeactivated, recorded: Recorded, rows: Rows) -> None:
    amend(rows, USERS, recorded, active=False)


on.states(USERS, {AccessTokenIssued: None, AccessTokenRevoked: None})
MODEL = ReadModel("parties", (LEGAL_PERSONS, UNITS, USERS), on.apply, version=2, types=on.types)


def legal_person(cursor: Cursor, legal_person_id: UUID) -> Row | None:
    """One legal person."""
    return find(cursor, LEGAL_PERSONS, id=legal_person_id)


def legal_persons(
    cursor: Cursor, *, city: str | None = None, kind: str | None = None, after: str | None = None, limit: int = 50
) -> Page:
    """Legal persons by credit code."""
    where = Where().equals(city=city, kind=kind)
    order = Keyset(("credit_code", "id"))
    return read_page(cursor, MODEL.name, LEGAL_PERSONS, where, order, after=after, limit=limit)


def names(cursor: Cursor, ids: Sequence[UUID]) -> dict[UUID, Row]:
    """What legal persons are called, by id."""
    rows = fetch(cursor, "SELECT id, name_zh, name_en FROM legal_persons WHERE id = ANY(%s)", (list(ids),))
    return {row["id"]: row for row in rows}


def unit(cursor: Cursor, unit_id: UUID) -> Row | None:
    """One managing unit."""
    return find(cursor, UNITS, id=unit_id)


def units(
    cursor: Cursor,
    *,
    legal_person: UUID | None = None,
    city: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Managing units by code."""
    where = Where().equals(legal_person=legal_person, city=city)
    return read_page(cursor, MODEL.name, UNITS, where, Keyset(("code", "id")), after=after, limit=limit)


def user(cursor: Cursor, user_id: UUID) -> Row | None:
    """One user, as a pseudonym with affiliation."""
    return find(cursor, USERS, id=user_id)


def users(
    cursor: Cursor,
    *,
    legal_person: UUID | None = None,
    unit: UUID | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Users of an organisation, as pseudonyms."""
    where = Where().equals(legal_person=legal_person, unit=unit)
    return read_page(cursor, MODEL.name, USERS, where, Keyset(("id",)), after=after, limit=limit)


def units_under(cursor: Cursor, department: UUID) -> list[UUID]:
    """The units that name this legal person as their competent department."""
    query = "SELECT u.id FROM units u JOIN legal_persons d ON d.name_zh = u.competent_department WHERE d.id = %s"
    return [row["id"] for row in fetch(cursor, query, (department,))]


def units_of(cursor: Cursor, unit: UUID) -> list[UUID]:
    """The unit and every unit that has ended in it, at whatever remove."""
    query = (
        "WITH RECURSIVE family AS (SELECT %s::uuid AS id"
        " UNION SELECT u.id FROM units u JOIN family f ON u.merged_into = f.id) SELECT id FROM family"
    )
    return [row["id"] for row in fetch(cursor, query, (unit,))]
