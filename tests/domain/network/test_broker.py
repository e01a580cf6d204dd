# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta

from domain.network import broker as decide
from domain.network.broker import BROKER, registration_of
from domain.network.events import BrokerEnded, BrokerRenewed
from tests.domain.editions import CHONGQING, JIANGSU, with_value
from tests.domain.given import given
from tests.domain.network.examples import BROKER_USER, STAFF, TODAY, registered

ENDED = BrokerEnded(reason="离岗", ended_on=date(2026, 3, 1))


def test_a_registration_holds_on_both_its_days() -> None:
    outcome = given(BROKER).when(decide.register, registered(), before=None, active=True, edition=JIANGSU, today=TODAY)
    state = outcome.then(registered()).state
    first, last, day = date(2026, 1, 1), date(2026, 12, 31), timedelta(days=1)
    assert [state.registered_on(each) for each in (first - day, first, last, last + day)] == [False, True, True, False]


def test_a_person_has_one_registration_and_may_have_another_after_its_end() -> None:
    assert registration_of(BROKER_USER) == registration_of(BROKER_USER) != registration_of(STAFF)
    facts = {"active": True, "edition": JIANGSU, "today": TODAY}
    running, over = given(BROKER, registered()).state, given(BROKER, registered(), ENDED).state
    given(BROKER).when(decide.register, registered(), before=running, **facts).then_refused("network.broker_known")
    given(BROKER).when(decide.register, registered(), before=over, **facts).then(registered())


def test_everything_that_is_wrong_is_named_at_once() -> None:
    wrong = registered(kind="village_head", valid_until=date(2025, 1, 1))
    refused = given(BROKER).when(decide.register, wrong, before=None, active=False, edition=JIANGSU, today=TODAY)
    refused.then_refused("network.unknown_broker_kind", "network.person_not_active", "network.ends_before_start")


def test_a_regime_that_knows_no_brokers_registers_none_until_it_decides() -> None:
    facts = {"before": None, "active": True, "today": TODAY}
    given(BROKER).when(decide.register, registered(), edition=CHONGQING, **facts).then_refused(
        "policy.decision_missing"
    )
    decided = with_value(CHONGQING, "broker.kinds", ("technology_manager",))
    given(BROKER).when(decide.register, registered(), edition=decided, **facts).then(registered())


def test_a_registration_is_renewed_and_ends() -> None:
    further = {"valid_from": date(2027, 1, 1), "valid_until": date(2027, 12, 31)}
    state = (
        given(BROKER, registered())
        .when(decide.renew, **further, edition=JIANGSU)
        .then(BrokerRenewed.model_validate(further))
        .state
    )
    assert [state.registered_on(date(2026, 12, 31)), state.registered_on(date(2027, 12, 31))] == [True, True]
    given(BROKER, registered(), ENDED).when(decide.renew, **further, edition=JIANGSU).then_refused(
        "network.broker_ended"
    )
    backwards = {"valid_from": date(2027, 1, 1), "valid_until": date(2026, 1, 1)}
    unlisted = with_value(JIANGSU, "broker.kinds", ("enterprise_science_deputy",))
    given(BROKER, registered()).when(decide.renew, **backwards, edition=unlisted).then_refused(
        "network.unknown_broker_kind", "network.ends_before_start"
    )
    over = given(BROKER, registered()).when(decide.end, reason="离岗", ended_on=date(2026, 3, 1)).then(ENDED).state
    assert [over.registered_on(date(2026, 2, 28)), over.registered_on(date(2026, 3, 1))] == [True, False]
