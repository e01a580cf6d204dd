# SPDX-License-Identifier: Apache-2.0
"""What users of other systems complain about most, each named by its number there, on the real database and the API."""

from collections.abc import Callable
from datetime import date
from time import monotonic
from typing import Any

import pytest

from application.billing.accept_service import AcceptService
from application.billing.adjust_charge import AdjustCharge
from application.billing.invoice_fee import InvoiceFee
from application.billing.receive_payment import ReceivePayment
from application.billing.refund_fee import RefundFee
from application.billing.register_tax_document import RegisterTaxDocument
from application.billing.settle_order import SettleOrder
from application.command import Command
from application.parties.change_legal_person_details import ChangeLegalPersonDetails
from application.parties.change_user_affiliation import ChangeUserAffiliation
from application.parties.rename_unit import RenameUnit
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.record_use import RecordUse
from application.reservations.reschedule_reservation import RescheduleReservation
from application.resources.publish_opening import PublishOpening
from application.standing.ban_user import BanUser
from domain.billing.events import FeePartlyRefunded, FeeRefunded
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.time import Span
from domain.resources.values import OpeningWindow
from tests.api.desk import Desk, publish_instrument, wish
from tests.api.desk import Province as Market
from tests.application.reservations.house import publish
from tests.application.reservations.province import Province, at, opening, span
from tests.application.vouchers.treasury import Treasury
from tests.peers.paths import PATHS, Path, before_the_rules

JIANGSU = {"jurisdiction": "jiangsu"}
CHAIN = [{"approver": "instrument_manager", "limit_hours": 48}]
AT_ONCE_SECONDS = 2.0
"""The peers' page freezes; ours answers in milliseconds, and a busy machine is given time."""


def slots(desk: Desk) -> int:
    with desk.jurisdiction.database.reading() as cursor:
        found = cursor.execute("SELECT count(*) FROM slot_claims").fetchone()
    return int(found[0]) if found else 0


def confirmed(province: Province, when: Span) -> Any:  # noqa: ANN401 - a result
    asked = province.ask(span=when)
    if asked.data["state"] == "requested":
        province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    return asked


@pytest.mark.parametrize("path", PATHS[:-2], ids=lambda path: path.name)
def test_849_approval_bypassed_no_way_to_a_booking_is_confirmed_past_a_published_chain(
    province: Province, path: Path
) -> None:
    """Even where the terms confirm at once. What the unit itself asks for has its approver's word already."""
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(province, approval=CHAIN, waiting_list=True)
    made = province.state(path.take(province, span(9, 11, 5)).id)
    reservation = province.state(made.booked[0].reservation) if path.name == "series" else made
    if path.name == "unit for a user":
        assert reservation.state == "confirmed"
    else:
        assert (reservation.state, reservation.pending.step) == ("requested", 1)


def test_849_approval_bypassed_the_unit_does_not_confirm_past_the_step_that_is_pending(province: Province) -> None:
    publish(province, approval=CHAIN)
    asked = province.ask()
    with pytest.raises(DomainError) as refused:
        province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    assert refused.value.codes == ("reservations.approval_pending",)


def test_849_approval_bypassed_a_short_booking_made_longer_is_asked_about_again(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    asked = province.ask(span=span(9, 10))
    assert asked.data["state"] == "confirmed"
    publish(province, approval=CHAIN)
    longer = RescheduleReservation(reservation_id=asked.id, span=span(9, 14), reason="样品多")
    assert province.do(longer, province.customer).data["state"] == "requested"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_165_credits_bypassed_whoever_is_banned_books_on_no_path(province: Province, path: Path) -> None:
    before_the_rules(province)
    publish(province, waiting_list=True, conduct={"ban_below": 60})
    ban = BanUser(
        user=province.client,
        unit=province.unit,
        resource=province.resource,
        until=at(9, day=30),
        ground="breach",
        reason="多次爽约",
    )
    province.do(ban, province.manager)
    with pytest.raises(DomainError) as refused:
        path.take(province, span(9, 11, 5))
    assert refused.value.codes == ("reservations.banned",)


EDITS: dict[str, Callable[[Province], tuple[Command, Actor]]] = {
    "name of a unit": lambda home: (RenameUnit(unit=home.unit, name_zh="新名", reason="更名"), home.system),
    "particulars of a legal person": lambda home: (
        ChangeLegalPersonDetails(legal_person=home.enterprise, name_zh="新名", reason="更名"),
        home.system,
    ),
    "affiliation of a user": lambda home: (
        ChangeUserAffiliation(user=home.person, user_kind="enterprise", legal_person=home.enterprise, reason="入职"),
        home.system,
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_167_1430_it_says_updated_when_nothing_was_the_same_edit_again_is_refused(
    province: Province, name: str
) -> None:
    command, actor = EDITS[name](province)
    done = province.do(command, actor)
    events = len(province.home.log.stream(done.id))
    with pytest.raises(DomainError) as refused:
        province.do(command, actor)
    assert refused.value.codes == ("parties.nothing_changed",)
    assert len(province.home.log.stream(done.id)) == events


def test_167_1430_it_says_updated_when_nothing_was_the_same_house_rules_are_no_new_version(province: Province) -> None:
    publish(province, must_read=["须知"])
    with pytest.raises(DomainError) as refused:
        publish(province, must_read=["须知"])
    assert refused.value.codes == ("resources.house_rules_unchanged",)


def test_167_1430_it_says_updated_when_nothing_was_a_move_to_the_same_time_is_refused(province: Province) -> None:
    asked = confirmed(province, span())
    move = RescheduleReservation(reservation_id=asked.id, span=span(), reason="误操作", consent="电话")
    with pytest.raises(DomainError) as refused:
        province.do(move, province.customer)
    assert refused.value.codes == ("reservations.nothing_moved",)


def test_1220_a_series_skips_conflicts_through_the_API_and_lists_them(desk: Desk, market: Market) -> None:
    taken = {"start": "2026-03-11T09:00:00+08:00", "end": "2026-03-11T11:00:00+08:00"}
    assert desk.send("/reservations", wish(market, span=taken), desk.customer(market)).status_code == 201
    body = {key: value for key, value in wish(market).items() if key != "span"} | {
        "first": {"start": "2026-03-04T09:00:00", "end": "2026-03-04T11:00:00"},
        "pattern": {"frequency": "weekly", "count": 3},
    }
    stopped = desk.send("/series", {**body, "at_conflict": "stop"}, desk.customer(market))
    assert stopped.status_code in {409, 422}, stopped.text
    made = desk.send("/series", {**body, "at_conflict": "skip"}, desk.customer(market))
    assert made.status_code == 201, made.text
    told = made.json()["data"]
    assert [each["day"] for each in told["booked"]] == ["2026-03-04", "2026-03-18"]
    (left_out,) = told["skipped"]
    assert (left_out["day"], left_out["why"][0]["code"]) == ("2026-03-11", "reservation.slot_taken")


@pytest.mark.parametrize(
    "path",
    [
        "/instruments/{}",
        "/instruments/{}/availability?month=2028-01",
        "/first-free?instruments={}&minutes=480",
        "/instruments",
    ],
)
def test_1533_page_freezes_with_no_periods_an_instrument_that_is_never_open_answers_at_once(
    desk: Desk, market: Market, path: str
) -> None:
    """Opening hours of Sundays alone, and a search that looks at other days."""
    windows = [{"weekday": 7, "start_minute": 480, "end_minute": 510}]
    changes = {"windows": windows, "effective_from": "2026-03-03"}
    answer = desk.send(f"/instruments/{market.instrument}/openings", _opening(changes), desk.manager(market))
    assert answer.status_code == 200, answer.text
    desk.project()
    asked = path.format(market.instrument)
    desk.read("/instruments", **JIANGSU)  # the first answer of a process describes all of them
    begun = monotonic()
    answer = desk.client.get(f"/api/v1{asked}{'&' if '?' in asked else '?'}jurisdiction=jiangsu")
    assert answer.status_code == 200, answer.text
    assert monotonic() - begun < AT_ONCE_SECONDS
    if path.startswith("/first-free"):
        assert answer.json()["items"] == []
    begun = monotonic()
    check = desk.client.post("/api/v1/reservations/check", json=wish(market), headers=desk.customer(market))
    assert monotonic() - begun < AT_ONCE_SECONDS
    assert not check.json()["accepted"]
    assert "reservations.outside_opening_hours" in {each["code"] for each in check.json()["violations"]}


def _opening(changes: dict[str, Any]) -> dict[str, Any]:
    extra: Any = PublishOpening.model_config["json_schema_extra"]
    return {**{key: value for key, value in extra["example"].items() if key != "resource"}, **changes}


def test_1614_search_across_schedules_shows_a_summary_before_anything_is_held_or_paid(
    desk: Desk, market: Market
) -> None:
    publish_instrument(desk, market.unit, "JS-U01-2")
    desk.project()
    found = desk.read("/first-free", **JIANGSU, minutes=120).json()["items"]
    assert len(found) == 2
    for each in found:
        [slot] = each["slots"]
        asked = wish(market, resource_id=each["id"], span=slot)
        summary = desk.client.post("/api/v1/reservations/check", json=asked, headers=desk.customer(market)).json()
        assert summary["accepted"], summary
        assert summary["quote"]["total_fen"] == sum(step["amount_fen"] for step in summary["quote"]["steps"])
        assert summary["cancellation"]
    assert slots(desk) == 0


@pytest.mark.parametrize("hours", [(20, 32), (0, 24), (23, 25)])
def test_NEMO_253_no_overnight_booking_time_over_midnight_is_booked_like_any_other(
    province: Province, hours: tuple[int, int]
) -> None:
    windows = tuple(OpeningWindow(weekday=day, start_minute=0, end_minute=1440) for day in range(1, 8))
    always = opening(2, confirmation="automatic", max_minutes=1440).model_copy(update={"windows": windows})
    province.add(province.resource, always)
    start, end = hours
    when = Span(start=at(start, day=4), end=at(end % 24, day=4 + end // 24))
    assert province.state(confirmed(province, when).id).span == when


def test_NEMO_187_mis_clicks_create_bookings_a_look_holds_nothing_and_a_repeated_click_books_once(
    desk: Desk, market: Market
) -> None:
    headers = desk.customer(market)
    desk.client.post("/api/v1/reservations/check", json=wish(market), headers=headers)
    assert slots(desk) == 0
    clicks = [desk.send("/reservations", wish(market), headers, **{"Idempotency-Key": "one-click-1"}) for _ in range(3)]
    assert {click.status_code for click in clicks} <= {200, 201}
    assert len({click.json()["id"] for click in clicks}) == slots(desk) == 1
    bare = desk.client.post("/api/v1/reservations", json=wish(market), headers=headers)
    assert bare.status_code == 400, "without a key nothing is written"


def test_lago_2643_four_credit_notes_of_a_bill_of_334_99_never_sum_to_more(treasury: Treasury) -> None:
    """Quarters of 83.7475 yuan, each rounded up, would give 335.00 back; ours refuses what is not left."""
    home = treasury.province
    order = treasury.order()
    treasury.do(AdjustCharge(order_id=order, amount_fen=33_499, reason="设备漂移"), home.manager)
    treasury.do(AcceptService(order_id=order), home.customer)
    treasury.do(InvoiceFee(order_id=order), treasury.clerk)
    document = RegisterTaxDocument(
        order_id=order,
        kind="all_digital_invoice",
        number="25320000000000000001",
        amount_fen=33_499,
        issued_on=date(2026, 3, 6),
    )
    treasury.do(document, treasury.clerk)
    paid = ReceivePayment(order_id=order, amount_fen=33_499, bank_reference="B-1", received_on=date(2026, 3, 6))
    treasury.do(paid, treasury.clerk)
    treasury.do(SettleOrder(order_id=order), treasury.clerk)
    for _ in range(3):
        treasury.do(RefundFee(order_id=order, amount_fen=8_375, reason="退费"), treasury.clerk)
    with pytest.raises(DomainError):
        treasury.do(RefundFee(order_id=order, amount_fen=8_375, reason="退费"), treasury.clerk)
    treasury.do(RefundFee(order_id=order, reason="余额"), treasury.clerk)
    refunds = [
        item.event for item in home.home.log.stream(order) if isinstance(item.event, FeePartlyRefunded | FeeRefunded)
    ]
    assert (len(refunds), sum(each.cash_part_fen for each in refunds)) == (4, 33_499)


def test_NEMO_292_billing_filters_for_finance_hold_and_show_each_side_its_own(desk: Desk, treasury: Treasury) -> None:
    billed, open_ = treasury.billed(day=3), treasury.order(day=4)
    desk.project()
    home = treasury.province
    auditor = desk.bearer(Role.AUDITOR)

    def ids(headers: dict[str, str], **query: str) -> set[str]:
        answer = desk.read("/orders", headers, **query)
        assert answer.status_code == 200, answer.text
        return {each["id"] for each in answer.json()["items"]}

    both = {str(billed), str(open_)}
    assert ids(auditor, unit=str(home.unit)) == ids(auditor, customer=str(home.enterprise)) == both
    assert ids(auditor, state=home.state(billed).state) == {str(billed)}
    assert ids(auditor, state=f"{home.state(billed).state},{home.state(open_).state}") == both
    assert ids(auditor, unit=str(home.staff)) == set()
    assert ids(auditor, reservation=str(home.state(open_).reservation)) == {str(open_)}
    for bounds, found in (
        ({"used_from": "2026-03-03", "used_until": "2026-03-03"}, {str(billed)}),
        ({"used_from": "2026-03-04"}, {str(open_)}),
        ({"used_until": "2026-03-02"}, set()),
        ({"used_from": "2026-03-03", "used_until": "2026-03-04"}, both),
    ):
        assert ids(auditor, **bounds) == found, bounds
    turned = desk.read("/orders", auditor, used_from="2026-03-04", used_until="2026-03-03")
    assert turned.status_code == 422, "an order of days that is turned around finds nothing by mistake"
    assert ids(auditor, fund_card="KY-2026-1") == set()
    stranger = desk.bearer(Role.USER, organisation=home.university)
    assert ids(stranger) == ids(stranger, used_from="2026-03-01") == set(), "who is no side of them sees none"


def test_NEMO_292_finance_finds_what_was_charged_to_one_fund_card(desk: Desk, treasury: Treasury) -> None:
    home = treasury.province
    contract = home.contract().id
    cards: dict[str, set[str]] = {}
    for day, card in ((3, "KY-2026-1"), (4, "KY-2026-1"), (5, "KY-2026-2")):
        use = RecordUse(
            resource_id=home.resource,
            user_id=home.client,
            span=Span(start=at(9, day=day), end=at(10, day=day)),
            purpose="scientific_research",
            contract_id=contract,
            fund_card=card,
        )
        entered = home.do(use, home.manager, at(20, day=day))
        cards.setdefault(card, set()).add(str(entered.data["order_id"]))
    desk.project()
    clerk = desk.bearer(Role.AUDITOR)
    for card, orders in cards.items():
        found = desk.read("/orders", clerk, fund_card=card).json()["items"]
        assert {each["id"] for each in found} == orders
    [narrowed] = desk.read("/orders", clerk, fund_card="KY-2026-1", used_from="2026-03-04").json()["items"]
    assert narrowed["used_on"] == "2026-03-04"
