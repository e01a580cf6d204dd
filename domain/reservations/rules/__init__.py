# SPDX-License-Identifier: Apache-2.0
"""The rules of a request: named predicates, one module for each family, all of them asked each time.

The table is the whole of it: page, API, import, series and waiting list are judged by nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reservations.rules import (
    accessories,
    bans,
    credit,
    feedback,
    group,
    hours,
    kinds,
    leads,
    lengths,
    limit,
    once,
    papers,
    person,
    price,
    quotas,
    reading,
    reserved,
    resource,
    training,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.reservations.facts import Wish
    from domain.reservations.rules.case import Predicate

PREDICATES: tuple[tuple[str, Predicate], ...] = (
    ("resource.published", resource.published),
    ("resource.bookable", resource.bookable),
    ("resource.provider_takes_part", resource.provider_takes_part),
    ("resource.customs_condition", resource.customs_condition),
    ("hours.in_future", hours.in_future),
    ("hours.opening_published", hours.opening_published),
    ("hours.grid", hours.grid),
    ("hours.opening_length", hours.opening_length),
    ("hours.opening_hours", hours.opening_hours),
    ("hours.closure", hours.closure),
    ("hours.open_to_tags", reserved.open_to_tags),
    ("limit.user_kind", limit.user_kind_limit),
    ("use.once", once.used_once),
    ("lead.earliest", leads.earliest),
    ("lead.latest", leads.latest),
    ("person.purpose", person.purpose),
    ("person.audience", person.audience),
    ("person.active", person.user_active),
    ("person.belongs", person.user_belongs),
    ("person.organisation", person.organisation),
    ("papers.contract", papers.contract),
    ("papers.voucher_for_others", papers.voucher_for_others),
    ("papers.voucher_owner", papers.voucher_owner),
    ("price.priced", price.priced),
    ("length.bounds", lengths.house_length),
    ("length.step", lengths.house_step),
    ("length.alignment", lengths.house_alignment),
    ("use.type", kinds.use_type),
    ("use.accessories", accessories.accessories),
    ("reading.notices", reading.must_read),
    ("reading.questions", reading.questions),
    ("training.qualification", training.qualification),
    ("training.practice", training.practice),
    ("conduct.feedback", feedback.feedback_owed),
    ("conduct.ban", bans.ban),
    ("conduct.credit_line", credit.credit_line),
    ("quota.counters", quotas.quota),
    ("group.membership", group.membership),
    ("group.named", quotas.group_named),
    ("group.leader_named", group.leader_named),
    ("group.spending", group.spending),
)
"""Every rule by its name, in the order in which refusals are told."""
NAMES = tuple(name for name, _ in PREDICATES)
AHEAD_ONLY = frozenset(
    {
        "hours.in_future",
        "hours.grid",
        "lead.earliest",
        "lead.latest",
        "length.step",
        "length.alignment",
        "reading.notices",
        "reading.questions",
        "conduct.feedback",
        "conduct.ban",
        "conduct.credit_line",
        "quota.counters",
        "group.named",
        "group.leader_named",
    }
)
"""What only whoever asks ahead is judged by: nothing of it undoes a use that took place (JS 16.b; CQ 12.a, 14.b).

Whether somebody was let near the instrument at all (qualification, closed time, use types) is judged all the same; the
unit sets it aside with a reason.
"""

WHENEVER = frozenset(
    {
        "limit.user_kind",
        "person.purpose",
        "person.audience",
        "person.active",
        "person.belongs",
        "person.organisation",
        "papers.voucher_for_others",
        "papers.voucher_owner",
        "use.type",
        "use.accessories",
        "reading.notices",
        "reading.questions",
        "group.membership",
        "group.named",
    }
)
"""Rules of the user and of the form: whoever breaks one waits in vain.

Feedback owed, bans and training are none of them: they may be made good before time is free. Whether a leader must be
named may hang on the price, and so on the hour.
"""


def asked(wish: Wish) -> Iterator[tuple[str, Predicate]]:
    """The rules that a wish is judged by: all of them, but for a use that is entered after it took place."""
    for name, predicate in PREDICATES:
        if not (wish.entered_afterwards and name in AHEAD_ONLY):
            yield name, predicate


RULE_OF = {
    "reservations.too_far_ahead": "lead.earliest",
    "reservations.too_short_notice": "lead.latest",
    "reservations.too_far_ahead_for_house_rules": "lead.earliest",
    "reservations.too_short_notice_for_house_rules": "lead.latest",
    "reservations.shorter_than_house_rules": "length.bounds",
    "reservations.longer_than_house_rules": "length.bounds",
    "reservations.off_step": "length.step",
    "reservations.off_alignment": "length.alignment",
    "reservations.closed": "hours.closure",
    "reservations.time_kept_for_tags": "hours.open_to_tags",
    "reservations.use_type_not_offered": "use.type",
    "reservations.overlaps_use": "use.once",
    "reservations.notices_not_read": "reading.notices",
    "reservations.question_unanswered": "reading.questions",
    "reservations.not_qualified": "training.qualification",
    "reservations.qualification_ends_before": "training.qualification",
    "reservations.qualification_lapsed": "training.practice",
    "reservations.feedback_owed": "conduct.feedback",
    "reservations.banned": "conduct.ban",
    "reservations.credit_line_exceeded": "conduct.credit_line",
    "reservations.quota_exceeded": "quota.counters",
    "reservations.group_needed": "group.leader_named",
}
"""What the unit's staff may set aside for a user it asks for: the refusal, and the rule that it comes from.

A regulation, a slot and a contract are never set aside.
"""
OVERRIDABLE = frozenset(RULE_OF)
