# SPDX-License-Identifier: Apache-2.0
"""What is published, to whom, on which channels; what the national platform is offered; what use leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from application.ports import Append, NewEvents
from application.resources.publish_opening_limit import PublishOpeningLimit
from application.resources.register_resource import RegisterResource
from domain.catalogue import claims_of
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.event import Meta
from domain.kernel.time import SHANGHAI, Span
from domain.reservations.events import ReservationConfirmed, UsageCompleted, UsageCorrected, UsageStarted
from domain.resources import channels, publication
from domain.resources.publication import Holder
from domain.resources.resource import RESOURCE
from domain.resources.values import PublicationItems
from infrastructure.event_store.mapper import EventMapper
from infrastructure.event_store.tail import read_between
from projections.national_feed import feed
from tests.api.conftest import app, client
from tests.api.desk import Desk, Province, found_province
from tests.application.reservations.province import Province as Town
from tests.application.reservations.province import province
from tests.conformance.editions import chongqing, jiangsu
from tests.domain.reservations import samples
from tests.domain.resources.examples import ITEMS, NOW, PORTAL, TODAY, history, registered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fastapi.testclient import TestClient

    from domain.kernel.event import Event, Recorded
    from domain.policy import Edition
    from infrastructure.bootstrap import Platform

__all__ = ["app", "client", "province"]

EVERYBODY = ("university", "research_institute", "enterprise", "social_rd_organisation", "individual")
SIX = ("catalogue", "sharing_rules", "service_mode", "service_content", "fee_standard", "opening_limit")
FIVE = ("sharing_rules", "execution", "distribution", "utilisation", "sharing_status")
BOTH = ("unit_portal", "coordination_platform")
WITH_RULES, WITHOUT_RULES = Holder(has_sharing_rules=True), Holder(has_sharing_rules=False)
LATER = {"ground": "scrapped", "reason": "报废"}
EXEMPTION = {"ground": "secrecy", "reason": "涉密", "review_on": "2027-01-01"}


def refused(decision: Callable[[], Sequence[Event]]) -> list[str]:
    """The codes of the broken rules; none where the decision is taken."""
    try:
        decision()
    except DomainError as error:
        return [f"{each.code}:{each.parameters.get('item', '')}".rstrip(":") for each in error.violations]
    return []


# JS-14.1: the five kinds, and the limit of 10:00


@pytest.mark.parametrize("kind", EVERYBODY)
def test_JS_14_1_each_of_the_five_kinds_may_ask_while_no_limit_is_published(kind: Any) -> None:  # noqa: ANN401
    edition = jiangsu()
    assert tuple(edition.value("scope.audience")) == EVERYBODY
    customer = None if kind == "individual" else samples.CUSTOMER
    asker = replace(samples.ASKER, user_kind=kind, customer=customer)
    assert refused(lambda: samples.ask(asker=asker, edition=edition)) == []


TEN = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
BEFORE = TEN - timedelta(seconds=1)
BARRED = PublishOpeningLimit(resource=UUID(int=0), excluded_user_kinds=("individual",), text="暂不向个人开放")


@pytest.mark.parametrize(("moment", "broken"), [(BEFORE, None), (TEN, 1)], ids=["09:59:59", "10:00:00"])
def test_JS_14_1_a_limit_of_ten_o_clock_binds_from_ten_o_clock_on(
    province: Town, moment: datetime, broken: int | None
) -> None:
    limit = BARRED.model_copy(update={"resource": province.resource})
    if moment < TEN:
        assert province.ask(province.individual, moment).position
    province.do(limit, province.manager, TEN)
    if broken is not None:
        with pytest.raises(DomainError) as refusal:
            province.ask(province.individual, moment)
        [violation] = refusal.value.violations
        assert (violation.code, violation.parameters["limit"]) == ("reservations.user_kind_excluded", broken)
        assert province.ask(province.customer, moment).position


# JS-15.1: six items, two channels, rules of one's own

JS_15_1: list[tuple[str, dict[str, str], str, Holder, list[str]]] = [
    ("six items, two channels", {}, PORTAL, WITH_RULES, []),
    *((f"no {item}", {item: " "}, PORTAL, WITH_RULES, [f"resources.publication_item_missing:{item}"]) for item in SIX),
    ("no portal link", {}, "", WITH_RULES, ["resources.portal_link_missing"]),
    ("no sharing rules", {}, PORTAL, WITHOUT_RULES, ["resources.sharing_rules_missing"]),
]


@pytest.mark.parametrize(
    ("blank", "link", "holder", "broken"), [case[1:] for case in JS_15_1], ids=[c[0] for c in JS_15_1]
)
def test_JS_15_1_only_six_items_on_both_channels_under_rules_of_its_own(
    blank: dict[str, str], link: str, holder: Holder, broken: list[str]
) -> None:
    edition = jiangsu()
    assert sorted(edition.value("resource.publication_items")) == sorted(SIX)
    assert _publish(edition, blank, link, holder) == broken


@pytest.mark.parametrize(
    ("channel", "broken"), [*((each, []) for each in BOTH), ("poster", ["resources.unknown_channel"])]
)
def test_JS_15_1_both_channels_are_looked_at_and_no_other(channel: str, broken: list[str]) -> None:
    edition = jiangsu()
    assert tuple(edition.value("resource.publication_channels")) == BOTH
    assert refused(lambda: _look(edition, channel)) == broken


def test_JS_15_1_all_six_items_and_the_portal_link_are_public(desk: Desk) -> None:
    province = found_province(desk)
    shown = desk.read(_path(province), jurisdiction=desk.name).json()["publication"]
    assert [item for item in SIX if not shown["items"][item]] == []
    [portal] = shown["channels"]
    assert (portal["channel"], portal["url"], portal["reachable"]) == ("unit_portal", shown["portal_url"], None)
    look = {"channel": "unit_portal", "url": portal["url"], "reachable": False, "detail": "HTTP 404"}
    assert desk.send(f"{_path(province)}/channel-checks", look, desk.bearer(Role.SERVICE_CENTRE)).status_code == 200
    desk.project()
    [seen] = desk.read(_path(province), jurisdiction=desk.name).json()["publication"]["channels"]
    assert (seen["reachable"], seen["detail"], seen["failed_since"]) == (False, "HTTP 404", seen["checked_at"])


# CQ-13.1: what the national platform is offered


def test_CQ_13_1_published_is_offered_suspended_stays_withdrawn_is_removed_once(home: Desk) -> None:
    province = found_province(home)
    [offer] = _feed(home)
    assert (offer["kind"], offer["resource"]) == ("offer", province.instrument)
    assert (offer["document"]["state"], "cname" in offer["document"]) == ("published", True)
    suspension = {"ground": "fault", "reason": "检修"}
    assert home.send(f"{_path(province)}/suspension", suspension, home.manager(province)).status_code == 200
    [suspended] = _feed(home)
    assert (suspended["kind"], suspended["document"]["state"]) == ("offer", "suspended")
    assert home.send(f"{_path(province)}/withdrawal", LATER, home.manager(province)).status_code == 200
    [removal] = _feed(home, after=suspended["position"])
    assert (removal["kind"], removal["document"], removal["unit"]) == ("removal", None, None)
    assert _feed(home, after=removal["position"]) == []


def test_CQ_13_1_an_exempt_facility_is_removed_once_and_says_no_more_than_its_id(home: Desk) -> None:
    province = found_province(home)
    steps = [("/exemption", EXEMPTION, home.manager(province)), ("/withdrawal", LATER, home.manager(province))]
    positions = []
    for path, body, who in steps:
        assert home.send(f"{_path(province)}{path}", body, who).status_code == 200
        [only] = _feed(home)
        assert (only["kind"], only["document"]) == ("removal", None)
        positions.append(only["position"])
    assert len(set(positions)) == 1


def test_CQ_13_1_what_was_never_public_is_never_mentioned(home: Desk) -> None:
    province = found_province(home)
    draft = home.system(_draft(province.unit)).id
    claim = home.send(f"/instruments/{draft}/exemption", EXEMPTION, home.manager(province))
    assert claim.status_code == 200, claim.text
    assert [each["resource"] for each in _feed(home)] == [province.instrument]


# CQ-14.1: every use leaves a record, and figures equal a replay of them

USES = 100


def test_CQ_14_1_a_hundred_uses_are_a_hundred_records_and_figures_equal_their_replay(home: Desk) -> None:
    province = found_province(home)
    used = [_use(home, province, number) for number in range(USES)]
    home.project()
    assert len(_records(home)) == USES
    assert _published(home, province) == _replayed(home)
    assert _published(home, province)["uses"] == USES
    before = _published(home, province)
    start = samples.at(9)
    shorter = UsageCorrected(started_at=start, ended_at=start + timedelta(minutes=30), used_minutes=30, reason="误计")
    _append(home, used[0], shorter, since=4)
    home.project()
    after = _published(home, province)
    assert after == _replayed(home)
    assert before["used_minutes"] - after["used_minutes"] == 30
    assert len(_records(home)) == USES


# CQ-14.2: the five things the public sees


def test_CQ_14_2_five_items_are_public() -> None:
    assert tuple(chongqing().value("resource.publication_items")) == FIVE


def test_CQ_14_2_the_public_view_shows_the_five(home: Desk) -> None:
    province = found_province(home)
    _use(home, province, 1)
    home.project()
    home.platform.clock.now = samples.at(12, day=4)  # type: ignore[attr-defined]  # the clock of a test can be set
    shown = home.read(f"/units/{province.unit}/publication", jurisdiction=home.name).json()
    assert [item for item in FIVE if not shown.get(item)] == []
    assert shown["execution"]["uses"] == shown["execution"]["external_uses"] == 1
    assert [(each["value"], each["resources"]) for each in shown["distribution"]["class"]] == [("01", 1)]
    assert (
        shown["sharing_status"] | {"resources": 1, "open": 1, "used": 1, "used_by_others": 1} == shown["sharing_status"]
    )
    [rates] = shown["utilisation"]
    assert rates["utilisation"] is not None
    assert rates["rated_utilisation"] is not None


@pytest.mark.parametrize(
    ("holder", "broken"),
    [(WITH_RULES, []), (WITHOUT_RULES, ["resources.sharing_rules_missing"])],
    ids=["rules", "none"],
)
def test_CQ_14_2_a_unit_without_sharing_rules_cannot_publish(holder: Holder, broken: list[str]) -> None:
    assert _publish(chongqing(), {}, PORTAL, holder) == broken


def test_CQ_14_2_the_platform_is_the_channel() -> None:
    edition = chongqing()
    assert tuple(edition.value("resource.publication_channels")) == ("sharing_platform",)
    assert refused(lambda: _look(edition, "sharing_platform")) == []
    assert refused(lambda: _look(edition, "unit_portal")) == ["resources.unknown_channel"]
    assert _publish(edition, {}, "", WITH_RULES) == []


# How the above is done


def _draft(unit: UUID) -> RegisterResource:
    stated = registered().model_dump(exclude={"legal_person", "basis"}) | {"unit": unit, "type": "research_facility"}
    return RegisterResource.model_validate(stated)


@pytest.fixture
def desk(platform: Platform, client: TestClient) -> Desk:
    return Desk(platform, client)


@pytest.fixture
def home(platform: Platform, client: TestClient) -> Desk:
    return Desk(platform, client, "chongqing")


def _path(province: Province) -> str:
    return f"/instruments/{province.instrument}"


def _publish(edition: Edition, blank: dict[str, str], link: str, holder: Holder) -> list[str]:
    items = PublicationItems.model_validate(ITEMS.model_dump() | blank)
    state = RESOURCE.fold(history("accepted"))
    assert state is not None
    return refused(
        lambda: publication.publish(state, items=items, portal_url=link, holder=holder, edition=edition, today=TODAY)
    )


def _look(edition: Edition, channel: str) -> Sequence[Event]:
    state = RESOURCE.fold(history("published"))
    assert state is not None
    look = channels.Look(channel, state.portal_url, reachable=True, detail="", checked_at=NOW)
    return channels.record_look(None, resource=UUID(int=1), published=state, look=look, edition=edition, now=NOW)


def _feed(desk: Desk, after: int = 0) -> list[dict[str, Any]]:
    desk.project()
    with desk.jurisdiction.database.reading() as cursor:
        return feed(cursor, after, 100)[0]


def _append(desk: Desk, stream: UUID, *events: Event, since: int = 0) -> None:
    """Facts as the log holds them: what is asked here is what is published of them, not how they came about."""
    actor = Actor(user=uuid4(), role=Role.SYSTEM)
    meta = Meta(occurred_at=samples.at(12), actor=actor, command_id=uuid4(), command="Seed", correlation_id=uuid4())
    claims = tuple(claim for event in events for claim in claims_of(stream, event))
    desk.jurisdiction.log.append(Append(meta.command_id, "", {}, meta, (NewEvents(stream, since, events),), claims))


def _use(desk: Desk, province: Province, number: int) -> UUID:
    """An hour of use by an enterprise, each on an hour of its own from 2 March on."""
    stream, start = uuid4(), samples.at(9) + timedelta(hours=number)
    span = Span(start=start, end=start + timedelta(hours=1))
    asked = samples.asked(
        resource=province.instrument, unit=province.unit, provider=province.provider, span=span, held=span
    )
    used = UsageCompleted(started_at=span.start, ended_at=span.end, used_minutes=60)
    started = UsageStarted(started_at=span.start, contract=None, operated_by=samples.STAFF)
    _append(desk, stream, asked, ReservationConfirmed(automatic=True), started, used)
    return stream


def _records(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    following: dict[str, Any] = {}
    while True:
        page = desk.read("/sharing-records", desk.bearer(Role.AUDITOR), limit=200, **following).json()
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        following = {"cursor": page["next_cursor"]}


def _published(desk: Desk, province: Province) -> dict[str, int]:
    """Uses and minutes as anybody reads them."""
    query = {"jurisdiction": desk.name, "from": "2026-03", "to": "2026-04"}
    shown: dict[str, int] = desk.read(f"/units/{province.unit}/publication", **query).json()["execution"]
    [rates] = desk.read("/utilisation", whole_range="true", **query).json()["items"]
    assert shown["used_minutes"] == rates["used_minutes"]
    return {name: shown[name] for name in ("uses", "external_uses", "used_minutes", "external_minutes")}


def _replayed(desk: Desk) -> dict[str, int]:
    """The same from the log alone."""
    uses: dict[UUID, int] = {}
    for recorded in _log(desk):
        if isinstance(recorded.event, UsageCompleted | UsageCorrected):
            uses[recorded.stream] = recorded.event.used_minutes
    minutes = sum(uses.values())
    return {"uses": len(uses), "external_uses": len(uses), "used_minutes": minutes, "external_minutes": minutes}


def _log(desk: Desk) -> Iterator[Recorded]:
    mapper = EventMapper(None)
    with desk.jurisdiction.database.connect() as connection:
        for item in read_between(connection, 0, 2**62, 10_000):
            yield mapper.to_recorded(item.event, item.position, item.recorded_at)
