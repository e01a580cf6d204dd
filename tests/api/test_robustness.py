# SPDX-License-Identifier: Apache-2.0
"""Whatever is typed into any field of any route, nothing unexpected happens: no answer is a 500."""

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import orjson
import pytest

from api.http.bodies import examples
from api.http.commanding import Line
from api.http.reading import READS
from api.http.routes import LINES
from application.catalogue import ENTRIES
from domain.kernel.actor import Role
from tests.api.desk import NUMBERS, Desk, Province, wish

ROLES = {entry.command: entry.roles - {Role.SYSTEM} for entry in ENTRIES}
EARLIEST, LATEST = "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-12:00"
STRANGE: tuple[Any, ...] = (
    *(None, "", " ", "x" * 3000, "\x00", "'; --", "😀", True, -1, 0, 10**18, 1.5, [], {}, [None], {"a": 1}),
    *("2026-13-45", "0001-01-01", "9999-12-31", EARLIEST, LATEST, "2026-03-04T09:00:00+08:00"),
)
TYPED = (
    "",
    "x",
    "\x00",
    "-1",
    "9" * 30,
    "1e400",
    "%",
    "😀",
    "2026-13",
    "0001-01",
    "9999-12-31",
    LATEST,
    "MQ==",
    "W10=",
)


@pytest.mark.slow
def test_no_command_fails_on_what_is_sent(desk: Desk, province: Province) -> None:
    """Each field of each command in turn, with the rest as in its example, on things that exist."""
    unexpected = []
    strange = cycle(STRANGE)
    for line in LINES:
        path, example, headers = _prepared(desk, province, line)
        for body in _spoiled(example, strange):
            more = {"Content-Type": "application/json", "Idempotency-Key": f"strange-{next(NUMBERS)}"}
            answer = desk.client.request(line.method, path, content=orjson.dumps(body), headers=headers | more)
            if answer.status_code >= 500:
                unexpected.append((line.command.__name__, body))
    assert unexpected == []
    desk.project()
    assert desk.client.get("/readyz").status_code == 200
    assert desk.read("/events", desk.bearer(Role.AUDITOR), limit=200).status_code == 200


@pytest.mark.slow
def test_no_read_fails_on_what_is_typed(desk: Desk, province: Province) -> None:
    auditor = desk.bearer(Role.AUDITOR)
    unexpected = []
    for read in READS:
        path = read.path.replace("{id}", str(province.instrument))
        names = [info.alias or name for name, info in read.query.model_fields.items() if name != "id"]
        for name in names:
            for typed in TYPED:
                answer = desk.read(path, auditor, **{name: typed})
                if answer.status_code >= 500:
                    unexpected.append((read.path, name, typed))
    assert unexpected == []


def test_a_time_typed_as_a_word_breaks_neither_refusal_nor_trail(desk: Desk, province: Province) -> None:
    answer = desk.send("/reservations", wish(province, purpose=EARLIEST), desk.customer(province))
    assert answer.status_code == 422
    manager = desk.manager(province)
    renamed = desk.send(f"/units/{province.unit}/sharing-rules", {**RULES, "title": EARLIEST}, manager)
    assert renamed.status_code == 200, renamed.text
    desk.project()
    auditor = desk.bearer(Role.AUDITOR)
    assert desk.read("/events", auditor, stream=str(province.unit)).status_code == 200
    assert desk.read(f"/streams/{province.unit}", auditor).status_code == 200


RULES = {"title": "办法", "number": "2号", "digest": "0" * 64, "effective_from": "2026-03-02"}


def _prepared(desk: Desk, province: Province, line: Line) -> tuple[str, dict[str, Any], dict[str, str]]:
    """The address with things that exist, the rest of the example, and somebody who may."""
    known = {
        **dict.fromkeys(("resource", "resource_id"), province.instrument),
        **dict.fromkeys(("unit", "unit_id", "to_unit", "successor"), province.unit),
        **dict.fromkeys(("legal_person", "operator"), province.customer),
        **dict.fromkeys(("user", "customer_user_id"), province.user),
    }
    [example, *_] = examples(line.command)
    example |= {name: str(known[name]) for name in known if name in example}
    path = re.sub(r"{(\w+)}", lambda found: str(example[found[1]]), line.path)
    role = min(ROLES[line.command])
    headers = desk.customer(province) if role is Role.USER else desk.bearer(role, **_standing(province))
    body = {name: value for name, value in example.items() if name not in line.in_path}
    missing = set(line.command.model_fields) - line.in_path - set(body)
    return f"/api/v1{path}", body | dict.fromkeys(sorted(missing)), headers


def _standing(province: Province) -> dict[str, Any]:
    return {"user": province.manager, "organisation": province.provider, "unit": province.unit}


def _spoiled(example: dict[str, Any], strange: Iterator[Any]) -> Iterator[dict[str, Any]]:
    """The example with one field replaced at a time: three strange values for each, taken in turn."""
    stated = {name: value for name, value in example.items() if value is not None}
    for name, value in example.items():
        for _ in range(3):
            yield {**stated, name: next(strange)}
        if isinstance(value, dict):
            for inner in value:
                yield {**stated, name: {**value, inner: next(strange)}}
