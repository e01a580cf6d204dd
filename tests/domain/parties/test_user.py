# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta
from typing import Any

import pytest

from domain.parties import user as decide
from domain.parties.events import AccessTokenRevoked, UserAffiliationChanged, UserDeactivated, UserQualified
from domain.parties.user import USER, Affiliation
from tests.domain.given import given
from tests.domain.parties.examples import CENTRE, COMPANY, INSTRUMENT, NOW, OTHER_CENTRE, UNIVERSITY, token, user

OWN = Affiliation(legal_person_kind="university", unit_belongs_to=UNIVERSITY)
GONE = UserDeactivated(reason="离职")


def test_a_user_is_registered_for_an_organisation() -> None:
    given(USER).when(decide.register, user(), affiliation=OWN).then(user())


def test_an_individual_needs_no_organisation_and_staff_of_a_department_may_be_of_any_kind() -> None:
    alone = user(user_kind="individual", legal_person=None, unit=None)
    given(USER).when(decide.register, alone, affiliation=Affiliation()).then(alone)
    officer = user(user_kind="individual", unit=None)
    given(USER).when(decide.register, officer, affiliation=Affiliation(legal_person_kind="government_department")).then(
        officer
    )


@pytest.mark.parametrize(
    ("changes", "affiliation", "codes"),
    [
        ({"legal_person": None, "unit": None}, Affiliation(), ["parties.affiliation_required"]),
        (
            {"user_kind": "individual", "legal_person": None},
            Affiliation(unit_belongs_to=UNIVERSITY),
            ["parties.affiliation_required", "parties.unit_of_another"],
        ),
        ({"user_kind": "enterprise"}, OWN, ["parties.user_kind_mismatch"]),
        ({}, Affiliation("university", COMPANY), ["parties.unit_of_another"]),
    ],
)
def test_a_user_whose_affiliation_does_not_fit_is_refused(
    changes: dict[str, object], affiliation: Affiliation, codes: list[str]
) -> None:
    given(USER).when(decide.register, user(**changes), affiliation=affiliation).then_refused(*codes)


def test_with_the_affiliation_go_the_tokens_that_spoke_for_it() -> None:
    change = UserAffiliationChanged(user_kind="enterprise", legal_person=COMPANY, unit=None, reason="调离")
    outcome = given(USER, user(), token("a"), token("b", organisation=None, unit=None)).when(
        decide.change_affiliation, change, affiliation=Affiliation(legal_person_kind="enterprise")
    )
    state = outcome.then(change, AccessTokenRevoked(token_hash="a" * 64, reason="调离")).state
    assert (state.legal_person, state.unit, state.user_kind) == (COMPANY, None, "enterprise")
    assert [known.token_hash for known in state.tokens] == ["b" * 64]


def test_a_move_to_another_unit_of_the_same_organisation_ends_the_unit_s_token() -> None:
    change = UserAffiliationChanged(user_kind="university", legal_person=UNIVERSITY, unit=OTHER_CENTRE, reason="轮岗")
    given(USER, user(), token("a")).when(decide.change_affiliation, change, affiliation=OWN).then(
        change, AccessTokenRevoked(token_hash="a" * 64, reason="轮岗")
    )


def test_a_qualification_holds_on_both_its_days() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    outcome = given(USER, user()).when(decide.qualify, resource=INSTRUMENT, valid_from=first, valid_until=last)
    state = outcome.then(UserQualified(resource=INSTRUMENT, valid_from=first, valid_until=last)).state
    assert state.qualified_until(INSTRUMENT, first) == last
    assert state.qualified_until(INSTRUMENT, last) == last
    assert state.qualified_until(INSTRUMENT, last + timedelta(days=1)) is None
    assert state.qualified_until(CENTRE, first) is None


def test_a_qualification_does_not_end_before_it_starts() -> None:
    given(USER, user()).when(
        decide.qualify, resource=INSTRUMENT, valid_from=date(2026, 1, 2), valid_until=date(2026, 1, 1)
    ).then_refused("parties.ends_before_start")


def test_who_goes_takes_no_token_along() -> None:
    outcome = given(USER, user(), token("a"), token("b")).when(decide.deactivate, reason="离职")
    state = outcome.then(
        AccessTokenRevoked(token_hash="a" * 64, reason="离职"),
        AccessTokenRevoked(token_hash="b" * 64, reason="离职"),
        GONE,
    ).state
    assert not state.active
    assert state.tokens == ()


def test_nothing_is_given_to_who_is_gone() -> None:
    gone = given(USER, user(), GONE)
    gone.when(decide.deactivate, reason="…").then_refused("parties.user_inactive")
    gone.when(decide.issue_token, token(), now=NOW, affiliation=OWN).then_refused("parties.user_inactive")
    gone.when(
        decide.qualify, resource=INSTRUMENT, valid_from=date(2026, 1, 1), valid_until=date(2026, 1, 1)
    ).then_refused("parties.user_inactive")
    change = UserAffiliationChanged(user_kind="university", legal_person=UNIVERSITY, unit=None, reason="…")
    gone.when(decide.change_affiliation, change, affiliation=OWN).then_refused("parties.user_inactive")


def test_a_token_is_issued_for_a_role_in_the_own_organisation() -> None:
    given(USER, user()).when(decide.issue_token, token(), now=NOW, affiliation=OWN).then(token())


@pytest.mark.parametrize(
    ("changes", "affiliation", "codes"),
    [
        ({"role": "emperor"}, OWN, ["parties.unknown_role"]),
        ({"role": "system"}, OWN, ["parties.unknown_role"]),
        ({"expires_at": NOW}, OWN, ["parties.token_expired"]),
        ({"organisation": COMPANY, "unit": None, "role": "user"}, OWN, ["parties.token_of_another"]),
        ({"unit": None}, OWN, ["parties.token_needs_unit"]),
        ({}, Affiliation(unit_belongs_to=COMPANY), ["parties.unit_of_another"]),
    ],
)
def test_a_token_that_would_say_too_much_is_refused(
    changes: dict[str, Any], affiliation: Affiliation, codes: list[str]
) -> None:
    given(USER, user()).when(decide.issue_token, token(**changes), now=NOW, affiliation=affiliation).then_refused(
        *codes
    )


def test_a_token_is_revoked_once() -> None:
    revoked = AccessTokenRevoked(token_hash="a" * 64, reason="遗失")
    given(USER, user(), token()).when(decide.revoke_token, token_hash="a" * 64, reason="遗失").then(revoked)
    given(USER, user(), token(), revoked).when(decide.revoke_token, token_hash="a" * 64, reason="…").then_refused(
        "parties.token_unknown"
    )
