# SPDX-License-Identifier: Apache-2.0
"""Lifecycle 6.1 as a table: from which standing each step is possible, and where it leads."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, get_args

import pytest

from application.resources.schemas import schema_for
from domain.kernel.event import Event
from domain.resources import (
    assessment,
    custody,
    describing,
    exemption,
    hours,
    pricing,
    projects,
    publication,
    quality,
    submission,
    upkeep,
)
from domain.resources.events import OpeningLimitPublished
from domain.resources.publication import Holder
from domain.resources.resource import RESOURCE
from domain.resources.state import Standing
from tests.domain.editions import JIANGSU
from tests.domain.given import given
from tests.domain.resources.examples import (
    BLOCK,
    ITEMS,
    MAINTENANCE,
    NOW,
    OPERATOR,
    OTHER_UNIT,
    OWNER,
    PORTAL,
    STANDARD,
    TERMS,
    TODAY,
    WORKDAYS,
    cost,
    history,
    line,
    span,
)

Decision = Callable[..., Sequence[Event]]
SOON = date(2027, 1, 1)
RULES = Holder(has_sharing_rules=True)
GUARD: dict[str, Any] = {"portal_url": PORTAL, "holder": RULES, "edition": JIANGSU, "today": TODAY}
LIMIT = OpeningLimitPublished(limit_version=0, text="…")

STEPS: dict[str, tuple[Decision, dict[str, str]]] = {
    "submit": (
        partial(
            submission.submit,
            schema_name="tongchou.resource.condition",
            schema=schema_for("condition"),
            edition=JIANGSU,
        ),
        {"draft": "submitted"},
    ),
    "return": (partial(submission.send_back, reasons=("…",), edition=JIANGSU), {"submitted": "draft"}),
    "accept": (
        partial(submission.accept, standard=STANDARD, received_by=None, today=TODAY, edition=JIANGSU),
        {"submitted": "accepted"},
    ),
    "certify": (
        partial(submission.certify, number="HJ-2", issuer=OPERATOR, edition=JIANGSU),
        {"accepted": "certified", "published": "published"},
    ),
    "publish": (
        partial(publication.publish, items=ITEMS, **GUARD),
        {"accepted": "published", "certified": "published"},
    ),
    "suspend": (
        partial(publication.suspend, ground="fault", reason="…", open_reservations=()),
        {"published": "suspended"},
    ),
    "resume": (partial(publication.resume, **GUARD), {"suspended": "published"}),
    "authorise": (
        partial(
            custody.authorise_operator,
            operator=OPERATOR,
            operator_is_branch=False,
            scope="…",
            valid_from=TODAY,
            valid_until=SOON,
        ),
        {"published": "published"},
    ),
    "claim": (
        partial(exemption.claim, ground="secrecy", reason="…", review_on=SOON, edition=JIANGSU, today=TODAY),
        dict.fromkeys(("draft", "submitted", "accepted", "certified", "published", "suspended"), "exempt_claimed"),
    ),
    "confirm": (
        partial(exemption.confirm, review_on=SOON, edition=JIANGSU, today=TODAY),
        {"exempt_claimed": "exempt"},
    ),
    "refuse": (partial(exemption.refuse, reason="…", edition=JIANGSU), {"exempt_claimed": "draft"}),
    "end": (partial(exemption.end, reason="…", edition=JIANGSU), {"exempt": "draft"}),
    "reassign": (
        partial(
            custody.reassign,
            to_unit=OTHER_UNIT,
            to_legal_person=OWNER,
            decision_reference="…",
            reason="…",
            edition=JIANGSU,
        ),
        {
            "draft": "draft",
            "submitted": "draft",
            "accepted": "draft",
            "certified": "draft",
            "published": "suspended",
            "suspended": "suspended",
        },
    ),
    "transfer": (
        partial(custody.transfer, to_unit=OTHER_UNIT, to_legal_person=OWNER, reason="…"),
        {
            "draft": "draft",
            "submitted": "draft",
            "accepted": "draft",
            "certified": "draft",
            "published": "suspended",
            "suspended": "suspended",
            "exempt_claimed": "exempt_claimed",
            "exempt": "exempt",
        },
    ),
    "withdraw": (
        partial(custody.withdraw, ground="sold", reason="…", open_reservations=()),
        dict.fromkeys(set(get_args(Standing)) - {"withdrawn"}, "withdrawn"),
    ),
    "schedule maintenance": (
        partial(
            upkeep.schedule_maintenance,
            maintenance=MAINTENANCE,
            span=span("11:00", "12:00"),
            lanes=(1,),
            kind="repair",
            reason="…",
            now=NOW,
        ),
        {"published": "published", "suspended": "suspended"},
    ),
    "enter block": (
        partial(
            upkeep.enter_block,
            block=BLOCK,
            span=span("11:00", "12:00"),
            lanes=(1,),
            purpose="…",
            now=NOW,
            edition=JIANGSU,
        ),
        {"published": "published", "suspended": "suspended"},
    ),
}

SHAREABLE = ("draft", "submitted", "accepted", "certified", "published", "suspended")
IN_PLACE: dict[str, Decision] = {
    "cost sheet": partial(
        pricing.record_cost_sheet, elements=(cost(30000),), accounting_period="2025", edition=JIANGSU
    ),
    "tariff": partial(
        pricing.publish_tariff,
        lines=(line(0),),
        effective_from=TODAY,
        provider="managing_unit",
        edition=JIANGSU,
        today=TODAY,
    ),
    "opening": partial(
        hours.publish_opening,
        windows=WORKDAYS,
        terms=TERMS,
        rated_minutes_per_year=1,
        effective_from=TODAY,
        edition=JIANGSU,
        today=TODAY,
    ),
    "limit": partial(hours.publish_limit, limit=LIMIT, edition=JIANGSU),
    "confirm data": partial(quality.confirm, edition=JIANGSU),
}
LIVE = (*SHAREABLE, "exempt_claimed", "exempt")
ON_RECORD: dict[str, Decision] = {
    "assess": partial(assessment.judge_again, edition=JIANGSU),
    "link project": partial(
        projects.link, project_number="BE1", project_title="…", planned_acceptance_at=NOW, edition=JIANGSU
    ),
    "check quality": partial(
        quality.check, dimension="accuracy", passed=True, finding="", fields=(), evidence="", edition=JIANGSU
    ),
}
DESCRIBE = partial(
    describing.describe,
    schema=schema_for("condition"),
    kind="instrument",
    classification="public",
    answers={"functions": "形貌观察"},
    free_of_state_secrets=True,
    edition=JIANGSU,
)
STEPS |= {name: (decision, {here: here for here in SHAREABLE}) for name, decision in IN_PLACE.items()}
STEPS |= {name: (decision, {here: here for here in LIVE}) for name, decision in ON_RECORD.items()}
STEPS["describe"] = (DESCRIBE, {here: here for here in ("draft", "published", "suspended")})


@pytest.mark.parametrize("standing", get_args(Standing))
@pytest.mark.parametrize("step", STEPS)
def test_a_step_leads_where_the_lifecycle_says_or_is_refused(step: str, standing: str) -> None:
    decision, ways = STEPS[step]
    outcome = given(RESOURCE, *history(standing)).when(decision)
    if step == "certify" and standing == "certified":
        outcome.then_refused("resources.already_certified")
    elif standing in ways:
        assert outcome.refused is None
        assert outcome.state.state == ways[standing]
    else:
        refused = outcome.then_refused("resources.wrong_state")
        assert refused.violations[0].parameters["state"] == standing
