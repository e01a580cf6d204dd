# SPDX-License-Identifier: Apache-2.0
"""Peers' defect: epoch seconds read as the server's wall clock, eight hours off in Shanghai. Here no number is a time,
no time is without its offset, and a server's own zone changes nothing.
"""

import json
from typing import Any

import pytest
import typer
from pydantic import ValidationError

from api.cli.replay import moment_of
from api.http.reading import READS
from api.http.reading.line import Read
from application.catalogue import ENTRIES
from application.command import Command
from infrastructure.bootstrap import Platform
from tests.api.desk import Desk, wish
from tests.api.desk import Province as Market
from tests.application.reservations.house import publish, quota
from tests.application.reservations.province import Province, opening
from tests.peers.clocks import told_under

EPOCH_SECONDS = 1772499600
"""Nine o'clock of 3 March 2026 in Shanghai; read as a wall clock there, five in the afternoon."""
NO_TIMES: tuple[Any, ...] = (
    EPOCH_SECONDS,
    str(EPOCH_SECONDS),
    EPOCH_SECONDS * 1000,
    float(EPOCH_SECONDS),
    f"{EPOCH_SECONDS}.5",
    f" {EPOCH_SECONDS}",
    "1.7724996e9",
    "2026-03-03T09:00:00",
    "2026-03-03 09:00",
    True,
)
ZONES = {"UTC": 0, "Asia/Shanghai": -8 * 3600, "America/New_York": 5 * 3600}


def times_of(command: type[Command]) -> list[str]:
    """The fields of a command that hold an instant, also optional ones."""
    properties = command.model_json_schema().get("properties", {})
    return [name for name, schema in properties.items() if '"date-time"' in str(schema).replace("'", '"')]


WITH_TIMES = [(entry.command, name) for entry in ENTRIES for name in times_of(entry.command)]


def test_there_are_commands_with_times() -> None:
    assert len(WITH_TIMES) > 10


@pytest.mark.parametrize(("command", "name"), WITH_TIMES, ids=lambda value: getattr(value, "__name__", value))
def test_epoch_seconds_read_as_wall_clock_no_command_takes_a_number_for_a_time(
    command: type[Command], name: str
) -> None:
    extra: Any = command.model_config["json_schema_extra"]
    for wrong in NO_TIMES:
        with pytest.raises(ValidationError) as refused:
            command.model_validate({**extra["example"], name: wrong})
        assert {error["loc"][0] for error in refused.value.errors()} == {name}


@pytest.mark.parametrize("wrong", NO_TIMES, ids=repr)
@pytest.mark.parametrize("end", ["start", "end"])
def test_epoch_seconds_read_as_wall_clock_the_api_refuses_them_and_says_what_to_write(
    desk: Desk,
    market: Market,
    end: str,
    wrong: object,
) -> None:
    span: dict[str, Any] = {"start": "2026-03-04T09:00:00+08:00", "end": "2026-03-04T11:00:00+08:00", end: wrong}
    answer = desk.send("/reservations", wish(market, span=span), desk.customer(market))
    assert answer.status_code == 422, answer.text
    (violation,) = answer.json()["violations"]
    assert violation["field"] == f"span.{end}"


TIMED_READS = [
    (read, info.alias or name)
    for read in READS
    for name, info in read.query.model_fields.items()
    if '"date-time"' in json.dumps(read.query.model_json_schema()["properties"][info.alias or name])
]


@pytest.mark.parametrize(("read", "name"), TIMED_READS, ids=lambda value: getattr(value, "path", value))
def test_epoch_seconds_read_as_wall_clock_no_read_takes_a_number_for_a_time(read: Read, name: str) -> None:
    wrongs = [f"{EPOCH_SECONDS}.5", "1.7724996e9", "2026-03-03T09:00:00"]
    if read.path != "/streams/{id}":  # there a whole number is a position of the log
        wrongs += [str(EPOCH_SECONDS), f" {EPOCH_SECONDS} ", str(EPOCH_SECONDS * 1000)]
    for wrong in wrongs:
        with pytest.raises(ValidationError) as refused:
            read.query.model_validate({name: wrong})
        assert name in {error["loc"][0] for error in refused.value.errors()}, wrong


def test_epoch_seconds_read_as_wall_clock_the_command_line_takes_a_number_for_a_position_alone() -> None:
    assert moment_of(str(EPOCH_SECONDS)) == EPOCH_SECONDS
    with pytest.raises(typer.BadParameter, match="needs its offset"):
        moment_of("2026-03-03T09:00:00")


def test_eight_hours_off_in_Shanghai_a_servers_own_zone_changes_nothing(province: Province, platform: Platform) -> None:
    """The same request on servers in UTC, Shanghai and New York: the same time held, price, counters and refusal."""
    province.add(province.resource, opening(2, confirmation="automatic"))
    recurrences = ("daily", "weekday", "weekly", "monthly", "yearly")
    publish(province, quotas=[quota(each, recurrence=each, limit=600) for each in recurrences])
    told = {zone: told_under(zone, platform, province.customer, province.resource) for zone in ZONES}
    assert {zone: each.pop("offset_of_the_machine") for zone, each in told.items()} == ZONES
    shanghai = told["Asia/Shanghai"]
    assert all(each == shanghai for each in told.values())
    assert shanghai["held"] == [('["2026-04-01 00:00:00+00","2026-04-01 02:00:00+00")',)]
    periods = [account.rsplit(":", 2)[-2] for account, _ in shanghai["drawn"]]
    assert sorted(periods) == ["2026", "2026-04", "2026-04-01", "2026-04-01", "2026-W14"], "April, not March"
    assert [code for code, _ in shanghai["too early"]] == ["reservations.outside_opening_hours"]
