# SPDX-License-Identifier: Apache-2.0
"""Publish a report."""

from datetime import date

from pydantic import ConfigDict

from application.command import Command, Result
from application.work import Work
from domain.kernel.numbers import document_number
from domain.kernel.time import local_date
from domain.statistics import report
from domain.statistics.events import ReportKind


class PublishReport(Command):
    """Publish the figures of whole months, both included, as they stand now (JS 10.a; CQ 8(d), 14.c).

    The report keeps the position of the log that its figures follow from, so that anybody can compute them again.
    """

    model_config = ConfigDict(
        json_schema_extra={"example": {"kind": "utilisation", "first": "2026-01-01", "last": "2026-03-01"}}
    )

    kind: ReportKind
    first: date
    last: date


def publish_report(command: PublishReport, work: Work) -> Result:
    """Raises what `report.require_months` raises."""
    report.require_months(command.first, command.last, work.now)
    series = f"BG-{local_date(work.now).year}"
    number = document_number(series, work.claims.last_number(series))
    figures = work.figures.of(command.kind, command.first, command.last, as_of=work.now)
    events = report.publish(
        number=number,
        kind=command.kind,
        first=command.first,
        last=command.last,
        as_of=work.now,
        figures=figures,
        edition=work.edition(),
    )
    stream = work.new_id()
    work.append(stream, *events)
    return Result(id=stream, data={"number": number, "position": figures.position})
