# SPDX-License-Identifier: Apache-2.0
"""Published reports, and the proof that their figures follow from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.reading.line import Answer, ById, Listed, Read, found, listed, one
from application.errors import NotFound
from domain.statistics.events import ReportKind
from domain.statistics.report import REPORT
from projections import reports as register
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit


class Wanted(Listed):
    """Which reports."""

    kind: ReportKind | None = None


def reports(visit: Visit, query: Wanted) -> Answer:
    """Reports by number, without their figures."""
    return listed(register.reports(visit.cursor, kind=query.kind, after=query.cursor, limit=query.limit))


def report(visit: Visit, query: ById) -> Answer:
    """One report with its figures."""
    row = found(register.report(visit.cursor, query.id), REPORT.name, query.id)
    return one(row, position_of(visit.cursor, register.MODEL.name))


def verification(visit: Visit, query: ById) -> Answer:
    """The figures computed anew from the log alone, up to the report's position; rows that differ, if any."""
    recorded = visit.jurisdiction.log.stream(query.id)
    if not recorded or not isinstance(recorded[0].event, REPORT.events):
        raise NotFound(kind=REPORT.name, id=str(query.id))
    published = REPORT.fold(item.event for item in recorded)
    assert published is not None
    anew = visit.jurisdiction.recompute(published)
    differing = [
        {"published": before and before.model_dump(mode="json"), "recomputed": after and after.model_dump(mode="json")}
        for before, after in anew.differing
    ]
    document = {"number": published.number, "position": published.position, "digest": published.digest}
    return Answer(document | {"agrees": anew.agrees, "differing": differing})


READS = (
    Read("/reports", "reports", Wanted, reports, "Published reports"),
    Read("/reports/{id}", "reports", ById, report, "One report with its figures"),
    Read("/reports/{id}/verification", "report_proofs", ById, verification, "A report computed anew from the log"),
)
