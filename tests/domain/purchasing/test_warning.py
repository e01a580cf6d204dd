# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal

import pytest

from domain.kernel.errors import DomainError
from domain.kernel.event import Event
from domain.purchasing import warning
from domain.purchasing.events import LeftOut, WarningCatalogueDrafted
from domain.purchasing.warning import WARNING_CATALOGUE, ClassFigures, Survey, WarningCatalogue
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.purchasing.examples import TODAY, item, purchase

FIGURES = (
    ClassFigures("010101", 5, 2999, 10000),
    ClassFigures("010102", 5, 3000, 10000),
    ClassFigures("010103", 4, 0, 10000),
    ClassFigures("010104", 9, 0, 0),
    ClassFigures("010105", 9, 0, 10),
)
SURVEY = Survey(FIGURES, "2025-04", "2026-03", 42)


def drafted(state: WarningCatalogue | None = None) -> list[Event]:
    return warning.draft(state, SURVEY, threshold=Decimal("0.30"), least_instruments=5, edition=JIANGSU)


def published(state: WarningCatalogue, draft: int, *left_out: LeftOut) -> list[Event]:
    return warning.publish(
        state, draft_number=draft, left_out=left_out, document_number="1号", edition=JIANGSU, today=TODAY
    )


def test_classes_below_the_rate_with_enough_instruments_are_warned_of() -> None:
    [event] = drafted()
    assert isinstance(event, WarningCatalogueDrafted)
    assert [entry.class_code for entry in event.entries] == ["010101", "010105"]
    assert event.entries[0].utilisation == Decimal("0.2999")
    assert (event.threshold, event.least_instruments, event.classes_seen, event.position) == (Decimal("0.30"), 5, 5, 42)


def test_versions_follow_one_another() -> None:
    first = WARNING_CATALOGUE.fold(drafted())
    assert first is not None
    state = WARNING_CATALOGUE.fold(published(first, 1, LeftOut(class_code="010105", reason="新建")), first)
    assert state is not None
    assert (state.version, [entry.class_code for entry in state.entries]) == (1, ["010101"])
    with pytest.raises(DomainError, match="draft_published"):
        published(state, 1)
    state = WARNING_CATALOGUE.fold(drafted(state), state)
    assert state is not None
    with pytest.raises(DomainError, match="draft_superseded"):
        published(state, 1)
    with pytest.raises(DomainError, match="not_in_the_draft"):
        published(state, 2, LeftOut(class_code="999999", reason="…"))
    state = WARNING_CATALOGUE.fold(published(state, 2), state)
    assert state is not None
    assert state.version == 2


def test_a_draft_warns_of_nothing() -> None:
    state = WARNING_CATALOGUE.fold(drafted())
    assert warning.matches_of(state, purchase(item("1.00", class_code="010101"))) == ()
    assert warning.matches_of(None, purchase()) == ()


def test_a_regime_without_a_catalogue_publishes_none() -> None:
    with pytest.raises(DomainError) as error:
        warning.draft(None, SURVEY, threshold=Decimal("0.3"), least_instruments=5, edition=CHONGQING)
    assert error.value.codes == ("purchasing.no_warning_catalogue",)
