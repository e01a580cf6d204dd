# SPDX-License-Identifier: Apache-2.0
"""What belongs to one unit, customer or person, against everybody else of every role: each read, each command.

The tables decide what is tried, so that a new address without a guard fails here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args
from uuid import UUID

import pytest

from api.http.bodies import examples
from api.http.reading import READS
from api.http.routes import LINES
from api.http.visibility import VISIBLE, Scope
from application.catalogue import ENTRIES
from domain.kernel.actor import Role
from tests.api.desk import NUMBERS, Desk, Province, wish
from tests.api.test_main_job import contract, order
from tests.api.test_tables import _asked as required

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.http.commanding import Line
    from api.http.reading.line import Read

__all__ = ["contract", "order"]
ELSEWHERE, NOBODY = UUID(int=71), UUID(int=72)
SCOPED: dict[Role, dict[str, Any]] = {
    Role.USER: {"organisation": ELSEWHERE},
    Role.BROKER: {},
    Role.MANAGING_UNIT: {"organisation": ELSEWHERE, "unit": NOBODY},
    Role.PROFESSIONAL_INSTITUTION: {"organisation": ELSEWHERE, "unit": NOBODY},
    Role.FINANCE_CLERK: {"organisation": ELSEWHERE},
    Role.OPERATOR: {"organisation": ELSEWHERE},
}
"""Roles that act for a person, a unit or a legal person, and not for the whole jurisdiction."""
ROLES = {entry.command: entry.roles for entry in ENTRIES}
FOR_ANYBODY = frozenset(
    (command, Role.BROKER) for command in ("RequestReservation", "RequestSeries", "JoinWaitingList", "StateDemand")
)
"""Brokers ask for whoever sends them; what they asked for is theirs to cancel, and nothing else is."""


@dataclass(frozen=True)
class World:
    """Things that belong to the province's unit, customer and user, by the name of the field that holds them."""

    known: dict[str, str]
    secrets: frozenset[str]


@pytest.fixture
def world(desk: Desk, province: Province, contract: dict[str, Any], order: dict[str, Any]) -> World:
    manager, user, instrument = desk.manager(province), desk.customer(province), str(province.instrument)
    made = {"contract_id": contract["id"], "order_id": order["id"], "used": order["reservation"]}

    def send(name: str, path: str, body: dict[str, Any], headers: dict[str, str]) -> None:
        answer = desk.send(path, body, headers)
        assert answer.status_code in (200, 201), (path, answer.text)
        made[name] = answer.json()["id"]

    rules = {"waiting_list": True, "accessories": [{"name": "样品杆", "quantity": 1}]}
    send("house", f"/instruments/{instrument}/house-rules", {"rules": rules}, manager)
    del made["house"]  # public
    asked = wish(province, contract_id=contract["id"])
    later = {"start": "2026-03-11T09:00:00+08:00", "end": "2026-03-11T11:00:00+08:00"}
    send("reservation_id", "/reservations", {**asked, "span": later}, user)
    first = {"start": "2026-03-12T09:00:00", "end": "2026-03-12T11:00:00"}
    weekly = {"frequency": "weekly", "count": 2}
    series = {name: value for name, value in asked.items() if name != "span"}
    send("series_id", "/series", {**series, "first": first, "pattern": weekly}, user)
    waiting = {"resources": [instrument], "minutes": 120, "earliest": later["start"], "latest": later["end"]}
    waiting |= {"purpose": province.purpose, "contract_id": contract["id"]}
    send("waiting_id", "/waiting-list", waiting, user)
    group = {"legal_person": str(province.customer), "name": "低温物理课题组", "leader": str(province.user)}
    send("group", "/groups", group, desk.bearer(Role.SERVICE_CENTRE))
    sample = {"resource_id": instrument, "purpose": province.purpose, "sample_count": 4, "description": "合金粉末"}
    sample |= {"return_wanted": True, "no_state_secrets": True, "contract_id": contract["id"]}
    send("sample_order", "/sample-orders", sample, user)
    send("feed", "/calendar-feeds", {"scope": "person", "token_hash": "1" * 64}, user)
    desk.project()
    made["user"] = str(province.user)
    secrets = frozenset(made.values())
    things = {
        "resource": instrument,
        "unit": str(province.unit),
        "instrument": instrument,
        "customer": str(province.customer),
        "legal_person": str(province.customer),
        "leader": made["user"],
        "member": made["user"],
        "to_user": made["user"],
        "on_behalf_of": made["user"],
        "customer_user": made["user"],
        "owner": made["user"],
        "of": made["user"],
        **{name.removesuffix("_id"): value for name, value in made.items()},
    }
    return World(things, secrets)


@pytest.mark.parametrize("role", sorted(SCOPED))
def test_no_command_touches_what_belongs_to_others(desk: Desk, world: World, role: Role) -> None:
    """Refused as forbidden or unknown before anything else is judged; and nobody's id is told on the way."""
    wrong = []
    for line in LINES:
        if role not in ROLES[line.command] or (line.command.__name__, role) in FOR_ANYBODY:
            continue
        path, body = _aimed(line, world)
        headers = {**desk.bearer(role, **SCOPED[role]), "Idempotency-Key": f"aimed-{next(NUMBERS)}"}
        answer = desk.client.request(line.method, f"/api/v1{path}", json=body, headers=headers)
        told = {each for each in world.secrets if each in answer.text} - _sent(path, body)
        if answer.status_code not in (403, 404) or told:
            wrong.append((line.command.__name__, answer.status_code, answer.text, told))
    assert wrong == []


@pytest.mark.parametrize("role", sorted(SCOPED))
def test_no_read_shows_what_belongs_to_others(desk: Desk, world: World, role: Role) -> None:
    """Neither a list, nor a list filtered by others, nor a thing by its id, nor its history or file."""
    wrong = []
    headers = desk.bearer(role, **SCOPED[role])
    for read in READS:
        scope = VISIBLE[read.sees].get(role)
        if scope in (None, Scope.ALL):
            continue
        public = scope is Scope.PUBLIC
        for path, query in _asked(read, world, public=public):
            answer = desk.read(path, headers, **query)
            told = {each for each in world.secrets if each in answer.text}
            if answer.status_code != 200:
                told -= _sent(path, query)
            if told or answer.status_code not in (200, 403, 404, *[422] * public):
                wrong.append((path, query, answer.status_code, told))
    assert wrong == []


def _sent(path: str, body: dict[str, Any]) -> set[str]:
    return set(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", f"{path} {body}"))


def _aimed(line: Line, world: World) -> tuple[str, dict[str, Any]]:
    """The command's example, with every field that can name something of the world naming it."""
    [example, *_] = examples(line.command)
    aimed = dict(example)
    for name in line.command.model_fields:
        known = world.known.get(name.removesuffix("_id"))
        if known is not None:
            aimed[name] = [known] if isinstance(example.get(name), list) else known
        elif isinstance(example.get(name), list) and name.removesuffix("s") in world.known:
            aimed[name] = [world.known[name.removesuffix("s")]]
    if line.room == "samples" and "order_id" in aimed:
        aimed["order_id"] = world.known["sample_order"]
    path = re.sub(r"{(\w+)}", lambda found: str(aimed.get(found[1], NOBODY)), line.path)
    return path, {name: value for name, value in aimed.items() if name not in line.in_path}


def _asked(read: Read, world: World, *, public: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """A thing by each id; a list plainly, and by each of its filters that takes an id."""
    base = required(read)
    if "{" in read.path:
        for each in {world.known["resource"], world.known["unit"]} if public else world.secrets:
            yield re.sub(r"{\w+}", each, read.path), base
        return
    yield read.path, base
    for name, info in read.query.model_fields.items():
        known = world.known.get(name.removesuffix("_id"))
        if known and (info.annotation is UUID or UUID in get_args(info.annotation)):
            yield read.path, {**base, info.alias or name: known}
