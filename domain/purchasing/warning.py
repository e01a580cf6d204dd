# SPDX-License-Identifier: Apache-2.0
"""The catalogue that warns against new purchases: computed from utilisation, published in versions (JS 12.b)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.purchasing.events import (
    LeftOut,
    WarningCatalogueDrafted,
    WarningCatalogueVersionPublished,
    WarningEntry,
    WarningMatch,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.purchasing.values import Purchase

CATALOGUE_ID = UUID("5b1d6c0e-2a5f-5f0b-9d53-1c7a3f0e12b0")
"""A jurisdiction has one catalogue, in many versions."""
FOUR_DECIMALS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """How much the published instruments of a class are used, in minutes."""

    class_code: str
    instruments: int
    used_minutes: int
    opened_minutes: int


@dataclass(frozen=True, slots=True)
class Survey:
    """The figures of every class over whole months, and the position of the log they follow from."""

    classes: tuple[ClassFigures, ...]
    first_month: str
    last_month: str
    position: int


@dataclass(frozen=True, slots=True)
class WarningCatalogue:
    """The catalogue as it stands: the latest draft, and the latest version published."""

    draft: int
    drafted: tuple[WarningEntry, ...]
    version: int = 0
    published_draft: int = 0
    entries: tuple[WarningEntry, ...] = ()


def evolve(
    state: WarningCatalogue | None, event: WarningCatalogueDrafted | WarningCatalogueVersionPublished
) -> WarningCatalogue:
    """The catalogue after an event."""
    match event:
        case WarningCatalogueDrafted():
            if state is None:
                return WarningCatalogue(event.draft, event.entries)
            return replace(state, draft=event.draft, drafted=event.entries)
        case WarningCatalogueVersionPublished():
            assert state is not None
            return replace(state, version=event.catalogue_version, published_draft=event.draft, entries=event.entries)


WARNING_CATALOGUE = Aggregate(
    "purchasing.WarningCatalogue", evolve, (WarningCatalogueDrafted, WarningCatalogueVersionPublished)
)


def draft(
    state: WarningCatalogue | None, survey: Survey, *, threshold: Decimal, least_instruments: int, edition: Edition
) -> list[Event]:
    """Find the classes with at least so many published instruments whose utilisation stays below the threshold.

    Where nothing was open there is no rate, and no warning. Raises `purchasing.no_warning_catalogue`.
    """
    _require_provided(edition)
    entries = tuple(
        entry
        for figures in survey.classes
        if (entry := _entry(figures)) is not None
        and entry.instruments >= least_instruments
        and entry.utilisation < threshold
    )
    return [
        WarningCatalogueDrafted(
            draft=1 if state is None else state.draft + 1,
            threshold=threshold,
            least_instruments=least_instruments,
            first_month=survey.first_month,
            last_month=survey.last_month,
            classes_seen=len(survey.classes),
            entries=tuple(sorted(entries, key=lambda entry: entry.class_code)),
            position=survey.position,
            basis=edition.basis("review.warning_catalogue"),
        )
    ]


def publish(
    state: WarningCatalogue,
    *,
    draft_number: int,
    left_out: tuple[LeftOut, ...],
    document_number: str,
    edition: Edition,
    today: date,
) -> list[Event]:
    """Publish the latest draft as the next version, without the entries that are left out for a reason.

    Raises `purchasing.no_warning_catalogue`, `purchasing.draft_superseded`, `purchasing.draft_published`,
    `purchasing.not_in_the_draft`.
    """
    _require_provided(edition)
    drafted = {entry.class_code for entry in state.drafted}
    dropped = {item.class_code for item in left_out}
    rules = Rules()
    rules.require(draft_number == state.draft, "purchasing.draft_superseded", field="draft", latest=state.draft)
    rules.require(state.published_draft != state.draft, "purchasing.draft_published", field="draft")
    unknown = ", ".join(sorted(dropped - drafted))
    rules.require(not unknown, "purchasing.not_in_the_draft", field="left_out", class_codes=unknown)
    rules.enforce()
    return [
        WarningCatalogueVersionPublished(
            catalogue_version=state.version + 1,
            draft=draft_number,
            document_number=document_number,
            published_on=today,
            entries=tuple(entry for entry in state.drafted if entry.class_code not in dropped),
            left_out=left_out,
            basis=edition.basis("review.warning_catalogue"),
        )
    ]


def matches_of(state: WarningCatalogue | None, purchase: Purchase) -> tuple[WarningMatch, ...]:
    """The entries of the version in force that a purchase matches: shown, never refused (JS-12.4)."""
    warned: Iterable[str] = () if state is None else {entry.class_code for entry in state.entries}
    return tuple(
        WarningMatch(catalogue_version=state.version, class_code=item.class_code, item=place)
        for place, item in enumerate(purchase.items)
        if state is not None and item.class_code in warned
    )


def _entry(figures: ClassFigures) -> WarningEntry | None:
    if not figures.class_code or figures.opened_minutes <= 0:
        return None
    exact = Decimal(figures.used_minutes) / Decimal(figures.opened_minutes)
    return WarningEntry(
        class_code=figures.class_code,
        instruments=figures.instruments,
        used_minutes=figures.used_minutes,
        opened_minutes=figures.opened_minutes,
        utilisation=exact.quantize(FOUR_DECIMALS, ROUND_HALF_UP),
    )


def _require_provided(edition: Edition) -> None:
    if not edition.optional("review.warning_catalogue"):
        raise refusal("purchasing.no_warning_catalogue", regime=edition.regime)
