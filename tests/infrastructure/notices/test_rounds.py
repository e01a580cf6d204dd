# SPDX-License-Identifier: Apache-2.0
"""From what happens to a mail or message at a real server: once, in time, in the right words, never after its use."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from application.bus import Bus
from application.errors import Unavailable
from application.notices.change_notice_template import ChangeNoticeTemplate
from application.notices.retry_notice import RetryNotice
from application.notices.set_contact_address import SetContactAddress
from application.notices.set_notice_preferences import SetNoticePreferences
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.request_series import RequestSeries
from application.resources.announce_closure import AnnounceClosure
from domain.kernel.actor import Actor, Role
from domain.kernel.personal import Personal
from domain.notices.events import NoticeDelivered, NoticeFailed, NoticeLapsed
from domain.parties.events import UserRegistered
from infrastructure.bootstrap import Platform
from infrastructure.identity.sources import SetClock
from infrastructure.notices.gateways import Gateway
from infrastructure.notices.message_gateway import MessageGateway
from infrastructure.notices.smtp import SmtpGateway
from infrastructure.scheduling.notice_rounds import Rounds
from projections.notices import lists
from tests.application.reservations.province import Province, at, province, span
from tests.fixtures import NOON
from tests.infrastructure.notices.sinks import Mailbox, Posted, mail_server, message_server

__all__ = ["province"]
ADDRESS = "meng.zhiwei@example.edu.cn"
TUESDAY = {"start": 9, "end": 11, "day": 3}


@dataclass
class Scene:
    """The province with a worker's round and a mailbox."""

    platform: Platform
    province: Province
    mailbox: Mailbox
    gateways: tuple[Gateway, ...]
    rounds: Rounds = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """A worker that knows nothing but the log."""
        self.rounds = Rounds(self.province.home, self.gateways, self.platform.clock)

    def go_to(self, now: datetime) -> None:
        clock = self.platform.clock
        assert isinstance(clock, SetClock)
        clock.now = now

    def project(self) -> None:
        projector = self.province.home.projector()
        assert projector.lead()
        projector.catch_up()
        projector.close()

    def work(self) -> int:
        self.project()
        return self.rounds.go()

    def has_address(self, address: str = ADDRESS, actor: Actor | None = None, **more: Any) -> None:  # noqa: ANN401
        actor = actor or self.province.customer
        self.province.do(
            SetContactAddress.model_validate({"owner": actor.user, "way": "email", "address": address} | more), actor
        )

    def confirmed(self, start: int = 9, end: int = 11, day: int = 3) -> UUID:
        asked = self.province.ask(span=span(start, end, day))
        self.province.do(ConfirmReservation(reservation_id=asked.id), self.province.manager)
        return asked.id

    def logged(self, *kinds: type[Any]) -> list[Any]:
        types = [kind.TYPE for kind in kinds]
        log = self.province.home.log
        with self.province.home.database.reading() as cursor:
            rows = cursor.execute(
                "SELECT stream FROM events WHERE type = ANY(%s) ORDER BY position", (types,)
            ).fetchall()
        streams = dict.fromkeys(row[0] for row in rows)
        return [item.event for stream in streams for item in log.stream(stream) if isinstance(item.event, kinds)]

    def rows(self, **asked: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any filter
        self.project()
        with self.province.home.database.reading() as cursor:
            return lists.notices(cursor, **asked).rows


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    with mail_server(tmp_path) as mailbox:
        yield mailbox


@pytest.fixture
def posted() -> Iterator[Posted]:
    with message_server() as posted:
        yield posted


@pytest.fixture
def scene(platform: Platform, province: Province, mailbox: Mailbox, tmp_path: Path) -> Scene:
    url = f"smtp://tongchou:s3cret%40@127.0.0.1:{mailbox.port}"
    gateway = SmtpGateway.of(url, "统筹 <tongchou@example.edu.cn>", tmp_path / "server.pem")
    return Scene(platform, province, mailbox, (gateway,))


def test_a_confirmation_is_mailed_once_over_tls_with_the_notices_id(scene: Scene) -> None:
    scene.has_address()
    scene.confirmed()
    assert scene.work() == 1
    assert scene.work() == 0
    scene.restart()
    assert scene.work() == 0
    (mail,) = scene.mailbox.mails
    (delivered,) = scene.logged(NoticeDelivered)
    (row,) = scene.rows(state="sent")
    assert mail["To"] == ADDRESS
    assert mail["Subject"].startswith("预约已确认：")
    assert mail["Message-ID"] == f"<{row['id']}@example.edu.cn>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "分析测试中心" in mail.get_content()
    assert "2026-03-03 09:00+08:00" in mail.get_content()
    assert (delivered.attempt, delivered.wording, delivered.told.due_at) == (1, "platform/1", NOON)


def test_whose_series_a_closure_cancels_is_mailed_of_the_whole_and_of_each_time(scene: Scene) -> None:
    scene.has_address()
    days = ("2026-03-03", "2026-03-10", "2026-03-17")
    series = {
        "resource_id": scene.province.resource,
        "purpose": "scientific_research",
        "first": {"start": f"{days[0]}T09:00:00", "end": f"{days[0]}T11:00:00"},
        "pattern": {"frequency": "weekly", "count": 3},
    }
    booked = scene.province.do(RequestSeries.model_validate(series), scene.province.customer)
    for each in scene.province.state(booked.id).booked:
        scene.province.do(ConfirmReservation(reservation_id=each.reservation), scene.province.manager)
    scene.work()
    scene.mailbox.mails.clear()
    closed = {
        "resource": scene.province.resource,
        "span": {"start": "2026-03-10T00:00:00+08:00", "end": "2026-03-18T00:00:00+08:00"},
        "reason": "电源改造",
        "displace": "cancel",
    }
    scene.province.do(AnnounceClosure.model_validate(closed), scene.province.manager)
    assert scene.work() == 3
    subjects = sorted(str(mail["Subject"]).partition("：")[0] for mail in scene.mailbox.mails)
    assert subjects == ["停用影响您的系列预约", "预约已取消", "预约已取消"]
    (whole,) = [mail.get_content() for mail in scene.mailbox.mails if "系列" in mail["Subject"]]
    assert "已取消 2 次：2026-03-10、2026-03-17" in whole
    assert scene.work() == 0, "a second round sends nothing twice"


def test_a_projector_that_is_behind_sends_nothing_twice(scene: Scene) -> None:
    scene.has_address()
    scene.confirmed()
    scene.project()
    assert scene.rounds.go() == 1
    assert scene.rounds.go() == 0
    assert len(scene.mailbox.mails) == 1


def test_two_workers_do_not_send_side_by_side(scene: Scene) -> None:
    scene.has_address()
    scene.confirmed()
    scene.project()
    other = Rounds(scene.province.home, scene.gateways, scene.platform.clock)
    seen: list[int] = []
    send = scene.gateways[0].send

    class Meanwhile:
        way = "email"

        def send(self, letter: Any) -> None:  # noqa: ANN401 - as the gateway
            seen.append(other.go())
            send(letter)

    scene.gateways = (Meanwhile(),)  # type: ignore[assignment]
    scene.restart()
    assert scene.rounds.go() == 1
    assert seen == [0]
    assert len(scene.mailbox.mails) == 1


def test_a_crash_between_sending_and_noting_repeats_the_same_message_id(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.has_address()
    scene.confirmed()
    scene.project()
    with monkeypatch.context() as crash:
        crash.setattr(Bus, "execute", lambda *_: (_ for _ in ()).throw(Unavailable()))
        with pytest.raises(Unavailable):
            scene.rounds.go()
    scene.restart()
    assert scene.work() == 1
    first, second = scene.mailbox.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert len(scene.logged(NoticeDelivered)) == 1


def test_nobody_is_told_of_what_they_did_themselves_but_the_other_side_is(scene: Scene) -> None:
    scene.has_address()
    scene.has_address("centre@example.edu.cn", scene.province.manager, owner=scene.province.unit)
    reservation = scene.confirmed(day=4)
    scene.work()
    scene.mailbox.mails.clear()
    cancel = CancelReservation(reservation_id=reservation, reason="样品未到")
    scene.province.do(cancel, scene.province.customer)
    assert scene.work() == 1
    (mail,) = scene.mailbox.mails
    assert mail["To"] == "centre@example.edu.cn"
    assert "样品未到" in mail.get_content()


def test_a_request_that_was_answered_is_not_asked_for_any_more(scene: Scene) -> None:
    scene.has_address("centre@example.edu.cn", scene.province.manager, owner=scene.province.unit)
    scene.confirmed()
    assert scene.work() == 0
    assert [row["state"] for row in scene.rows(kind="reservation_requested")] in ([], ["settled"])


def test_a_request_waits_for_the_unit(scene: Scene) -> None:
    scene.has_address("centre@example.edu.cn", scene.province.manager, owner=scene.province.unit)
    scene.province.ask()
    assert scene.work() == 1
    assert scene.mailbox.mails[0]["To"] == "centre@example.edu.cn"


def test_the_address_of_registration_is_used_until_another_is_set(scene: Scene) -> None:
    user = scene.province.person
    known = UserRegistered(
        name=Personal.of(user, "示例"), user_kind="individual", email=Personal.of(user, "old@example.edu.cn")
    )
    scene.province.add(user, known)
    asked = scene.province.ask(scene.province.individual, span=span(13, 15))
    scene.province.do(ConfirmReservation(reservation_id=asked.id), scene.province.manager)
    assert scene.work() == 1
    assert scene.mailbox.mails[0]["To"] == "old@example.edu.cn"


def test_a_reminder_comes_a_day_and_an_hour_before_and_speaks_the_readers_language(scene: Scene) -> None:
    scene.has_address()
    scene.province.do(SetNoticePreferences(owner=scene.province.client, language="en"), scene.province.customer)
    scene.confirmed(day=4)
    scene.work()
    scene.mailbox.mails.clear()
    for moment, count in ((at(8, 59, day=3), 0), (at(9, 0, day=3), 1), (at(8, 0, day=4), 2), (at(9, 0, day=4), 2)):
        scene.go_to(moment)
        scene.work()
        assert len(scene.mailbox.mails) == count, moment
    assert all(subject.startswith("Reminder:") for subject in scene.mailbox.subjects)
    assert [event.told.due_at for event in scene.logged(NoticeDelivered)[1:]] == [at(9, day=3), at(8, day=4)]


def test_a_worker_that_stood_still_for_three_days_sends_what_is_of_use_and_notes_what_is_over(scene: Scene) -> None:
    scene.has_address()
    scene.province.do(SetNoticePreferences(owner=scene.province.client, reminders=(2880, 60)), scene.province.customer)
    scene.confirmed(day=4)
    scene.confirmed(day=7)
    scene.work()
    scene.mailbox.mails.clear()
    scene.go_to(at(12, day=5))
    scene.work()
    assert len(scene.mailbox.mails) == 1
    assert [event.told.due_at for event in scene.logged(NoticeDelivered)][-1] == at(9, day=5)
    lapsed = scene.logged(NoticeLapsed)
    assert sorted(event.told.due_at for event in lapsed) == [at(8, day=4)]
    assert scene.work() == 0


def test_reminders_follow_a_cancellation_and_new_wishes(scene: Scene) -> None:
    scene.has_address()
    first, second = scene.confirmed(day=5), scene.confirmed(13, 15, day=5)
    scene.province.do(CancelReservation(reservation_id=first, reason="改期"), scene.province.customer)
    scene.province.do(SetNoticePreferences(owner=scene.province.client, reminders=(30,)), scene.province.customer)
    planned = scene.rows(kind="reservation_reminder")
    assert [(row["subject"], row["due_at"]) for row in planned] == [(second, at(12, 30, day=5))]
    scene.province.do(SetNoticePreferences(owner=scene.province.client, reminders=()), scene.province.customer)
    assert scene.rows(kind="reservation_reminder") == []


def test_quiet_hours_over_midnight_put_off_what_can_wait_and_drop_what_cannot(scene: Scene) -> None:
    scene.has_address()
    wishes = SetNoticePreferences(owner=scene.province.client, quiet_from=22 * 60, quiet_until=9 * 60, reminders=(60,))
    scene.province.do(wishes, scene.province.customer)
    scene.go_to(at(23, day=2))
    scene.confirmed(9, 11, day=3)
    assert scene.work() == 0
    scene.go_to(at(8, 30, day=3))
    scene.work()
    assert scene.mailbox.mails == []
    assert [event.reason for event in scene.logged(NoticeLapsed)] == ["quiet_hours"]
    scene.go_to(at(9, 0, day=3))
    scene.work()
    assert [subject[:5] for subject in scene.mailbox.subjects] == ["预约已确认"]


def test_a_temporary_refusal_is_tried_again_later_and_no_word_of_the_server_is_kept(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene.has_address()
    scene.confirmed()
    scene.mailbox.answers = [f"451 <{ADDRESS}> greylisted"]
    with caplog.at_level(logging.DEBUG):
        scene.work()
    (failed,) = scene.logged(NoticeFailed)
    assert (failed.reason, failed.answer, failed.retry_at) == ("refused", "451", NOON + timedelta(minutes=1))
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("tongchou")]
    assert ours
    assert not any(ADDRESS in line for line in ours)
    assert scene.work() == 0
    scene.go_to(NOON + timedelta(minutes=1))
    assert scene.work() == 1
    assert [event.attempt for event in scene.logged(NoticeDelivered)] == [2]
    with scene.province.home.database.reading() as cursor:
        stored = cursor.execute("SELECT convert_from(state, 'UTF8') FROM events").fetchall()
    assert not any(ADDRESS in row[0] for row in stored)


def test_a_wrong_address_is_given_up_shown_and_can_be_tried_anew(scene: Scene) -> None:
    scene.has_address()
    scene.confirmed()
    scene.mailbox.answers = ["550 no such user"]
    scene.work()
    (row,) = scene.rows(state="given_up")
    assert row["failure"] == "address_refused 550"
    assert scene.work() == 0
    scene.has_address("right@example.edu.cn")
    administrator = Actor(user=UUID(int=5), role=Role.ADMINISTRATOR)
    scene.province.do(RetryNotice(notice=row["id"]), administrator)
    assert scene.work() == 1
    assert scene.mailbox.mails[0]["To"] == "right@example.edu.cn"


def test_a_server_that_is_away_costs_one_attempt_a_while_and_nothing_is_lost(scene: Scene) -> None:
    scene.has_address()
    scene.confirmed(9, 10)
    scene.confirmed(13, 14)
    away = SmtpGateway.of("smtp+plain://127.0.0.1:1", "tongchou@example.edu.cn")
    good, scene.gateways = scene.gateways, (away,)
    scene.restart()
    scene.work()
    scene.work()
    (failed,) = scene.logged(NoticeFailed)
    assert (failed.reason, failed.answer) == ("unreachable", "ConnectionRefusedError")
    scene.gateways = good
    scene.restart()
    scene.go_to(NOON + timedelta(minutes=2))
    scene.work()
    assert len(scene.mailbox.mails) == 2


def test_a_server_without_starttls_gets_no_password(scene: Scene, tmp_path: Path) -> None:
    scene.has_address()
    scene.confirmed()
    with mail_server(tmp_path, tls=False) as bare:
        scene.gateways = (SmtpGateway.of(f"smtp://a:b@127.0.0.1:{bare.port}", "tongchou@example.edu.cn"),)
        scene.restart()
        scene.work()
        assert bare.mails == []
    assert scene.logged(NoticeFailed)[0].answer == "STARTTLS"


def test_messages_go_to_the_gateway_signed_and_with_the_notices_id(scene: Scene, posted: Posted) -> None:
    scene.gateways = (MessageGateway.of(f"http://127.0.0.1:{posted.port}/send?x=1", "shared"),)
    scene.restart()
    scene.province.do(
        SetContactAddress(owner=scene.province.client, way="message", address="+86 139-0000-0000"),
        scene.province.customer,
    )
    posted.statuses = [503]
    scene.confirmed()
    scene.work()
    assert posted.bodies == []
    scene.go_to(NOON + timedelta(minutes=1))
    scene.work()
    (sent,) = posted.bodies
    (row,) = scene.rows(state="sent")
    assert (sent["id"], sent["to"], sent["kind"]) == (str(row["id"]), "+86 139-0000-0000", "reservation_confirmed")
    expected = hmac.new(b"shared", posted.raw[0], hashlib.sha256).hexdigest()
    assert posted.headers[0]["Tongchou-Signature"] == expected
    assert posted.headers[0]["Idempotency-Key"] == str(row["id"])


@pytest.mark.parametrize(("status", "state"), [(404, "given_up"), (422, "given_up"), (409, "sent"), (500, "waiting")])
def test_what_a_gateway_answers_decides(scene: Scene, posted: Posted, status: int, state: str) -> None:
    scene.gateways = (MessageGateway.of(f"http://127.0.0.1:{posted.port}/", "shared"),)
    scene.restart()
    scene.province.do(
        SetContactAddress(owner=scene.province.client, way="message", address="wx_meng"), scene.province.customer
    )
    posted.statuses = [status]
    scene.confirmed()
    scene.work()
    assert [row["state"] for row in scene.rows(kind="reservation_confirmed")] == [state]


def test_a_unit_has_its_own_words(scene: Scene) -> None:
    scene.has_address()
    own = ChangeNoticeTemplate(
        unit=scene.province.unit,
        kind="reservation_confirmed",
        language="zh",
        subject="成了：{instrument}",
        body="101 室，{starts_at}",
        reason="写明地点",
    )
    scene.province.do(own, scene.province.manager)
    scene.confirmed()
    scene.work()
    assert scene.mailbox.subjects[0].startswith("成了：")
    assert scene.logged(NoticeDelivered)[0].wording == "unit/1"


def test_without_a_way_out_everything_stays_in_the_inbox_and_nothing_is_noted(scene: Scene) -> None:
    scene.has_address()
    scene.confirmed()
    scene.gateways = ()
    scene.restart()
    assert scene.work() == 0
    assert [row["state"] for row in scene.rows(kind="reservation_confirmed")] == ["waiting"]
    assert scene.logged(NoticeDelivered, NoticeFailed, NoticeLapsed) == []
