# SPDX-License-Identifier: Apache-2.0
"""The rules of a request, all judged at once (JS 14, 15, 16.a; CQ 4, 14, 18; ruling 8.17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.kernel.errors import DomainError, Rules, Violation

if TYPE_CHECKING:
    from datetime import datetime

    from domain.kernel.quote import Quote
    from domain.kernel.time import Span
    from domain.policy import Edition
    from domain.reservations.facts import Asker, Limit, Offer, Opening, Wish

UNIT_KINDS = frozenset({"university", "research_institute", "enterprise", "social_rd_organisation"})
"""Kinds of users who come for a unit or organisation, not for themselves."""
OTHER_UNITS = "other_unit"


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request that breaks no rule. `held` is the span with set-up and clean-down."""

    wish: Wish
    asker: Asker
    offer: Offer
    opening: Opening
    quote: Quote
    held: Span


def admit(*, wish: Wish, asker: Asker, offer: Offer, edition: Edition, now: datetime) -> Admitted:
    """Let a request in, also one to move a reservation.

    Raises `DomainError` with every broken rule; times are judged against `now`.
    """
    rules = Rules()
    _resource(rules, offer, edition)
    _time(rules, wish, offer.opening, edition, now)
    _limit(rules, wish, asker, offer.limit, edition, now)
    _person(rules, wish, asker, edition)
    _papers(rules, wish, asker, offer, edition)
    quote = _priced(rules, offer)
    rules.enforce()
    assert offer.opening is not None, "a missing opening is a broken rule"
    assert quote is not None, "a missing price is a broken rule"
    held = wish.span.widened(before_minutes=offer.opening.setup_minutes, after_minutes=offer.opening.cleanup_minutes)
    return Admitted(wish, asker, offer, offer.opening, quote, held)


def _resource(rules: Rules, offer: Offer, edition: Edition) -> None:
    rules.require(
        offer.state == "published",
        "reservations.resource_not_published",
        citation=edition.citation("resource.publication_channels"),
        field="resource_id",
        state=offer.state,
    )
    rules.require(offer.bookable, "reservations.resource_not_bookable", field="resource_id")
    rules.require(offer.provider_takes_part, "reservations.provider_has_left", field="resource_id")
    rules.require(
        offer.customs_valid,
        "reservations.customs_condition_not_valid",
        citation=edition.citation("resource.duty_free_needs_customs_condition"),
        field="span",
    )


def _time(rules: Rules, wish: Wish, opening: Opening | None, edition: Edition, now: datetime) -> None:
    hours = edition.citation("resource.publication_items")
    rules.require(wish.span.start > now, "reservations.start_in_past", field="span.start")
    if opening is None:
        rules.broken.append(Violation("reservations.no_opening_published", {}, hours, "span"))
        return
    minutes = wish.span.minutes
    rules.require(opening.on_grid, "reservations.off_grid", field="span", slot_minutes=opening.slot_minutes)
    for holds, code, bound in (
        (minutes >= opening.min_minutes, "reservations.too_short", opening.min_minutes),
        (minutes <= opening.max_minutes, "reservations.too_long", opening.max_minutes),
    ):
        rules.require(holds, code, citation=hours, field="span", minutes=minutes, bound=bound)
    rules.require(
        opening.within_hours,
        "reservations.outside_opening_hours",
        citation=hours,
        field="span",
        opening=opening.version,
    )


def _limit(rules: Rules, wish: Wish, asker: Asker, limit: Limit | None, edition: Edition, now: datetime) -> None:
    if limit is None:
        return
    rules.require(
        asker.user_kind not in limit.excluded_user_kinds,
        "reservations.user_kind_excluded",
        citation=edition.citation("scope.audience"),
        field="resource_id",
        user_kind=asker.user_kind,
        limit=limit.version,
    )
    ahead = wish.span.start - now
    for bound, code, late in (
        (limit.earliest_minutes_before, "reservations.too_far_ahead", False),
        (limit.latest_minutes_before, "reservations.too_short_notice", True),
    ):
        if bound is not None:
            notice = timedelta(minutes=bound)
            rules.require(
                ahead >= notice if late else ahead <= notice,
                code,
                citation=edition.citation("resource.publication_items"),
                field="span.start",
                minutes=bound,
                limit=limit.version,
            )


def _person(rules: Rules, wish: Wish, asker: Asker, edition: Edition) -> None:
    purposes = edition.value("scope.service_purposes")
    rules.require(
        wish.purpose in purposes,
        "reservations.purpose_not_served",
        citation=edition.citation("scope.service_purposes"),
        field="purpose",
        purpose=wish.purpose,
        allowed=", ".join(purposes),
    )
    rules.require(
        not asker.external or _is_served(asker.user_kind, edition.value("scope.audience")),
        "reservations.user_kind_not_served",
        citation=edition.citation("scope.audience"),
        field="on_behalf_of",
        user_kind=asker.user_kind,
    )
    rules.require(asker.active, "reservations.user_not_active", field="on_behalf_of")
    rules.require(asker.belongs, "reservations.user_of_another_organisation", field="on_behalf_of")
    rules.require(
        asker.customer is not None or asker.user_kind == "individual",
        "reservations.user_without_organisation",
        field="on_behalf_of",
        user_kind=asker.user_kind,
    )


def _papers(rules: Rules, wish: Wish, asker: Asker, offer: Offer, edition: Edition) -> None:
    rules.require(
        offer.contract_covers is not False,
        "reservations.contract_does_not_cover",
        citation=edition.citation("contract.mandatory"),
        field="contract_id",
    )
    rules.require(
        asker.external or wish.voucher_grant is None,
        "reservations.voucher_for_internal_use",
        citation=edition.citation("voucher.eligible_providers"),
        field="voucher_grant_id",
    )
    rules.require(asker.owns_voucher, "reservations.voucher_of_somebody_else", field="voucher_grant_id")


def _priced(rules: Rules, offer: Offer) -> Quote | None:
    if isinstance(offer.price, DomainError):
        rules.broken.extend(offer.price.violations)
        return None
    return offer.price


def _is_served(user_kind: str, audience: tuple[str, ...]) -> bool:
    """Whether the regime's audience names the kind; one regime says only units beside individuals (JS 14, CQ 4)."""
    return user_kind in audience or (user_kind in UNIT_KINDS and OTHER_UNITS in audience)
