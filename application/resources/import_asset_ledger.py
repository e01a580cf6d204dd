# SPDX-License-Identifier: Apache-2.0
"""Import a fixed-asset ledger."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Code, Command, Result, Sha256, Words
from application.guards import own_unit
from application.work import Work
from domain.kernel.actor import Role
from domain.kernel.time import local_date
from domain.parties.unit import UNIT, require_living
from domain.resources.ledger.ledger import ASSET_LEDGER, Listing, ledger_of, take
from domain.resources.ledger.line import AssetLine

MOST_LINES = 200_000
"""More than any unit of a province has; a bound against mistakes."""


class ImportAssetLedger(Command):
    """Take a unit's whole fixed-asset ledger as of a day, to be compared with the registry (ruling 8.24).

    Every asset of the unit belongs in it, whatever its value: the platform decides what counts. `unread` are the asset
    numbers on lines that could not be read, `illegible` the number of lines that do not even show one.
    """

    TARGET: ClassVar[str | None] = None
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "as_of": "2026-02-28",
                "source_name": "固定资产台账202602.xlsx",
                "source_digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "lines": [
                    {
                        "asset_number": "JS-U01-20210001",
                        "name": "场发射扫描电子显微镜",
                        "model": "Regulus 8100",
                        "category": "专用设备",
                        "equipment": True,
                        "value_fen": 318000000,
                        "acquired_on": "2021-03-18",
                        "accepted_on": "2021-07-09",
                        "funding_text": "省级财政",
                        "funding": "provincial_fiscal_funds",
                        "location": "分析测试楼A102",
                        "project_number": "SBK2020-0117",
                    }
                ],
            }
        }
    )

    unit: UUID
    as_of: date
    source_name: Words
    source_digest: Sha256
    lines: tuple[AssetLine, ...] = Field(max_length=MOST_LINES)
    unread: tuple[Code, ...] = ()
    illegible: int = Field(default=0, ge=0, le=1_000_000)


def import_asset_ledger(command: ImportAssetLedger, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, `parties.unit_merged` and what `ledger.take` raises."""
    if work.actor.role is not Role.SERVICE_CENTRE:
        own_unit(work, command.unit)
    unit = work.load(UNIT, command.unit).state
    require_living(unit)
    today = local_date(work.now)
    listing = Listing(
        unit=command.unit,
        legal_person=unit.legal_person_on(today),
        as_of=command.as_of,
        source_name=command.source_name,
        source_digest=command.source_digest,
        lines=command.lines,
        unread=command.unread,
        illegible=command.illegible,
    )
    stream = ledger_of(command.unit)
    known = work.find(ASSET_LEDGER, stream)
    events = take(known.state if known else None, listing, today=today)
    work.append(stream, *events)
    counts = events[0].model_dump(mode="json", include={"lines", "added", "changed", "removed", "unread"})
    return Result(id=stream, data=counts)
