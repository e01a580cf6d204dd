# SPDX-License-Identifier: Apache-2.0
"""JS-10.2: a published report is bound to a position of the log, and later corrections show in later reports only."""

from typing import Literal
from uuid import UUID

import pytest

from application.reservations.correct_usage import CorrectUsage
from application.statistics.publish_report import PublishReport
from application.statistics.withdraw_report import WithdrawReport
from domain.kernel.actor import Actor, Role
from domain.statistics.report import REPORT, Report
from infrastructure.bootstrap import Platform
from infrastructure.history.verify import verify
from infrastructure.statistics.figures import recompute
from tests.scenarios.places import PLACES
from tests.scenarios.story import Story, moment
from tests.scenarios.test_main_job import MARCH, figures

CENTRE = Actor(user=UUID(int=7), role=Role.SERVICE_CENTRE)
Kind = Literal["utilisation", "service_totals"]


@pytest.fixture
def story(platform: Platform) -> Story:
    told = Story(platform, PLACES["jiangsu"])
    told.register_parties()
    told.publish_instrument()
    told.grant_voucher()
    told.sign_contract()
    told.use_it()
    told.bill()
    told.pay_and_settle()
    return told


def publish(story: Story, kind: Kind) -> UUID:
    with figures(story):  # the read models stand at the end of the log
        return story.do(PublishReport(kind=kind, first=MARCH, last=MARCH), CENTRE).id


def read(story: Story, stream: UUID) -> Report:
    found = REPORT.fold(item.event for item in story.home.log.stream(stream))
    assert found is not None
    return found


def figure(report: Report, name: str) -> int:
    return sum(row.figures[name] for row in report.rows)


def correct(story: Story) -> None:
    """The unit's own use was half an hour shorter than recorded."""
    shorter = CorrectUsage(
        reservation_id=story.ids["own use"], started_at=moment(5, 9), ended_at=moment(5, 9, 30), reason="设备日志"
    )
    story.do(shorter, story.manager)


@pytest.mark.parametrize("kind", ["utilisation", "service_totals"])
def test_JS_10_2_a_replay_to_its_position_gives_the_same_figures(story: Story, kind: Kind) -> None:
    report = read(story, publish(story, kind))
    correct(story)
    again = story.home.recompute(report)
    assert report.rows
    assert again.agrees
    assert again.differing == []


def test_JS_10_2_a_later_correction_shows_in_later_reports_by_exactly_that(story: Story) -> None:
    before = read(story, publish(story, "utilisation"))
    correct(story)
    later = read(story, publish(story, "utilisation"))
    assert later.position > before.position
    assert figure(later, "used_minutes") == figure(before, "used_minutes") - 30
    assert figure(later, "corrections") == figure(before, "corrections") + 1
    unchanged = before.rows[0].figures.keys() - {"used_minutes", "corrections"}
    assert all(figure(later, name) == figure(before, name) for name in unchanged)


def test_JS_10_2_verify_proves_every_report_and_finds_a_false_one(story: Story, platform: Platform) -> None:
    stream = publish(story, "service_totals")
    story.do(WithdrawReport(report_id=stream, reason="重新发布"), CENTRE)
    publish(story, "utilisation")
    check = verify(platform).checks["jiangsu.reports"]
    assert (check.ok, check.count) == (True, 2)
    true = read(story, stream)
    row = true.rows[0].model_copy(update={"figures": {**true.rows[0].figures, "income_fen": 1}})
    false = Report(**{name: getattr(true, name) for name in Report.__slots__} | {"rows": (row,)})
    with story.home.database.connect() as connection:
        found = next(recompute(connection, [false]))
    assert not found.agrees
    assert len(found.differing) == 1
