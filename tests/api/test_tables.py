# SPDX-License-Identifier: Apache-2.0
"""The two tables against everything else: no command without an address, no role without an answer."""

import re
from collections import Counter
from uuid import UUID

import pytest

from api.http.commanding import CREATED
from api.http.examples import example
from api.http.reading import READS
from api.http.reading.line import Read
from api.http.reading.streams import STREAMS
from api.http.routes import LINES
from api.http.visibility import OPEN_TO_ALL, VISIBLE, Scope
from application.catalogue import ENTRIES
from application.command import Command
from domain.catalogue import AGGREGATES
from domain.kernel.actor import Role
from tests.api.desk import Desk

ENTRY_OF = {entry.command: entry for entry in ENTRIES}
OUTSIDE = [role for role in Role if role is not Role.SYSTEM]
SOMEBODY, SOMETHING = UUID(int=1), UUID(int=2)


def test_every_command_that_people_may_issue_has_exactly_one_address() -> None:
    theirs = {entry.command for entry in ENTRIES if entry.roles - {Role.SYSTEM}}
    counted = Counter(line.command for line in LINES)
    assert set(counted) == theirs
    assert max(counted.values()) == 1


def test_no_two_lines_share_method_and_path() -> None:
    shapes = [(line.method, re.sub(r"{\w+}", "{}", line.path)) for line in LINES]
    assert len(set(shapes)) == len(shapes)


def test_names_in_paths_are_fields_and_what_changes_a_thing_names_it() -> None:
    for line in LINES:
        assert line.in_path <= set(line.command.model_fields), line.path
        if isinstance(line.command.TARGET, str) and not isinstance(_named(line.command), property):
            assert line.command.TARGET in line.in_path, line.path


def test_whatever_edits_can_be_guarded_by_a_version() -> None:
    """Neither what is taken in whole nor what is only noted could be contradicted by an earlier version."""
    unguarded = {line.command.__name__ for line in LINES if line.status != CREATED and line.command.TARGET is None}
    assert unguarded == {"ImportAssetLedger", "RecordChannelCheck", "MarkNoticesRead"}


def test_what_is_created_can_be_read_where_its_location_says() -> None:
    readable = {read.path for read in READS}
    created = [line for line in LINES if line.status == 201]
    assert all(f"{line.path}/{{id}}" in readable for line in created)
    assert all(line.in_path == frozenset() for line in created)


def test_every_read_stands_in_the_table_of_visibility() -> None:
    assert {read.sees for read in READS} | {sees for sees, _ in STREAMS.values()} == set(VISIBLE)


def test_every_kind_of_thing_says_who_may_see_it_as_it_stood() -> None:
    assert set(STREAMS) == {aggregate.name for aggregate in AGGREGATES}


@pytest.mark.parametrize("role", OUTSIDE)
def test_a_role_reaches_the_commands_of_the_table_and_no_others(desk: Desk, role: Role) -> None:
    """Without a key a permitted write stops at the key; a forbidden one stops before, and is written down."""
    headers = desk.bearer(role, organisation=SOMEBODY, unit=SOMETHING)
    refused = []
    for line in LINES:
        answer = desk.client.request(line.method, f"/api/v1{_filled(line.path)}", headers=headers)
        if role in ENTRY_OF[line.command].roles:
            assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_required"), line.path
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "application.not_permitted"), line.path
            assert answer.json()["violations"][0]["parameters"]["reason"] == "role"
            refused.append((role.value, line.command.__name__))
    assert [(row[0], row[1]) for row in desk.refusals()] == refused


def test_nobody_writes_without_a_token(desk: Desk) -> None:
    for line in LINES:
        answer = desk.client.request(line.method, f"/api/v1{_filled(line.path)}")
        assert answer.status_code == 401, line.path
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("role", OUTSIDE)
def test_a_role_reads_what_the_table_says_and_nothing_else(desk: Desk, role: Role) -> None:
    headers = desk.bearer(role, organisation=SOMEBODY, unit=SOMETHING)
    refused = 0
    for read in READS:
        answer = desk.client.get(f"/api/v1{_filled(read.path)}", params=_asked(read), headers=headers)
        scope = VISIBLE[read.sees].get(role)
        if scope is None:
            assert answer.status_code == 403, read.path
            refused += 1
        elif scope is Scope.OPERATED and read.path == "/reservations":
            assert answer.json()["violations"][0]["parameters"]["reason"] == "operator"
        else:
            assert answer.status_code == (404 if "{" in read.path else 200), (read.path, answer.text)
    assert len(desk.refusals()) == refused


def test_without_a_token_only_what_is_public_can_be_read(desk: Desk) -> None:
    for read in READS:
        answer = desk.read(_filled(read.path), jurisdiction=desk.name, **_asked(read))
        if read.sees in OPEN_TO_ALL:
            assert answer.status_code == (404 if "{" in read.path else 200), (read.path, answer.text)
        else:
            assert answer.status_code == 401, read.path


def _named(command: type[Command]) -> object:
    """What the class itself has under the name of its target: a property, where an id follows from other fields."""
    return getattr(command, str(command.TARGET), None)


def _filled(path: str) -> str:
    return re.sub(r"{\w+}", str(UUID(int=9)), path)


def _asked(read: Read) -> dict[str, str]:
    """What a read cannot be asked without, as its examples show it."""
    schema = read.query.model_json_schema()
    asked = [name for name in schema.get("required", ()) if f"{{{name}}}" not in read.path]
    return {name: str(example(f"/api/v1{read.path}", name, schema["properties"][name], {})) for name in asked}
