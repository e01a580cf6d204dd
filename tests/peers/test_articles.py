# SPDX-License-Identifier: Apache-2.0
"""Peers say that something is wrong; here every rule of a booking says where it comes from: an article of the regime,
and what was published under it. What no article says is listed, with why.
"""

import ast
from pathlib import Path

RULES = Path(__file__).parents[2] / "domain" / "reservations" / "rules"
WITHOUT = {
    "reservations.start_in_past": "nobody can use what is over",
    "reservations.overlaps_use": "one lane, one use",
    "reservations.resource_not_bookable": "how it is served is a fact of the registry",
    "reservations.provider_has_left": "who takes part is a fact of the record",
    "reservations.user_not_active": "a fact of the record",
    "reservations.user_of_another_organisation": "a fact of the record",
    "reservations.user_without_organisation": "a fact of the record",
    "reservations.voucher_of_somebody_else": "whose it is is a fact of the ledger",
    "reservations.not_in_group": "a fact of the record",
    "reservations.group_spending_exceeded": "set by the leader of the user's own group",
}
"""Codes that rest on no article, each with its reason."""


def required() -> dict[str, bool]:
    """Every refusal that the table of rules can make by `rules.require`: whether it states a citation."""
    calls = [
        call
        for path in sorted(RULES.glob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "require"
    ]
    stated = {}
    for call in calls:
        codes = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        for code in codes:
            stated[code] = any(keyword.arg == "citation" for keyword in call.keywords)
    return stated


def test_each_rule_of_a_booking_names_its_article_or_says_why_there_is_none() -> None:
    stated = required()
    assert len(stated) > 20
    assert {code for code, cited in stated.items() if not cited} == set(WITHOUT)
