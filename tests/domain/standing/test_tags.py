# SPDX-License-Identifier: Apache-2.0
from datetime import timedelta

from domain.standing import tags
from domain.standing.events import TagGiven, TagTaken
from domain.standing.standing import STANDING
from tests.domain.given import given
from tests.domain.standing.samples import OPENED, OTHER, RESOURCE, TODAY

GIVEN = TagGiven(tag="trained", valid_until=TODAY, reason="合作课题组")
WISH = {"tag": "trained", "resource": None, "reason": "合作课题组", "today": TODAY}


def test_a_tag_holds_to_its_last_day_and_not_a_day_longer() -> None:
    state = given(STANDING, OPENED).when(tags.give, valid_until=TODAY, **WISH).then(GIVEN).state
    assert tags.tags_on(state, TODAY, None) == {"trained"}
    assert tags.tags_on(state, TODAY + timedelta(days=1), None) == frozenset()


def test_a_last_day_past_is_refused_and_today_is_not() -> None:
    yesterday = TODAY - timedelta(days=1)
    given(STANDING, OPENED).when(tags.give, valid_until=yesterday, **WISH).then_refused("standing.last_day_past")


def test_the_same_tag_twice_is_refused_and_another_last_day_takes_the_place_of_the_first() -> None:
    past = given(STANDING, OPENED, GIVEN)
    past.when(tags.give, valid_until=TODAY, **WISH).then_refused("standing.tag_already_held")
    renewed = TagGiven(tag="trained", valid_until=None, reason="合作课题组")
    state = past.when(tags.give, valid_until=None, **WISH).then(renewed).state
    assert len(state.tags) == 1
    assert tags.tags_on(state, TODAY + timedelta(days=400), None) == {"trained"}


def test_a_tag_of_one_instrument_holds_there_alone_and_is_taken_there_alone() -> None:
    here = GIVEN.model_copy(update={"resource": RESOURCE})
    past = given(STANDING, OPENED, here)
    assert tags.tags_on(past.state, TODAY, RESOURCE) == {"trained"}
    assert tags.tags_on(past.state, TODAY, OTHER) == frozenset()
    past.when(tags.take, tag="trained", resource=None, reason="结题").then_refused("standing.tag_not_held")
    taken = TagTaken(tag="trained", resource=RESOURCE, reason="结题")
    state = past.when(tags.take, tag="trained", resource=RESOURCE, reason="结题").then(taken).state
    assert state.tags == ()
