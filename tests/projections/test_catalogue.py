# SPDX-License-Identifier: Apache-2.0
"""What holds for every read model."""

import re

import pytest

from domain.catalogue import EVENT_TYPES
from domain.parties.membership import MEMBERSHIPS
from domain.policy.decided import DECIDED
from projections.catalogue import READ_MODELS
from projections.readmodel import ReadModel


@pytest.mark.parametrize("model", READ_MODELS, ids=lambda model: model.name)
def test_a_read_model_is_well_formed(model: ReadModel) -> None:
    assert model.types is None or model.types <= EVENT_TYPES.keys()
    for table in model.tables:
        assert set(table.key) <= table.columns.keys()
        assert all(re.fullmatch(r"[a-z_0-9]{1,55}", name) for name in (table.name, *table.columns))


def test_names_are_unique() -> None:
    names = [model.name for model in READ_MODELS]
    tables = [table.name for model in READ_MODELS for table in model.tables]
    assert len(set(names)) == len(names)
    assert len(set(tables)) == len(tables)


def test_every_event_is_shown_somewhere_beside_the_audit_trail() -> None:
    shown = {name for model in READ_MODELS for name in model.types or ()}
    shown |= {event.TYPE for event in DECIDED.events}  # one short stream, read whole wherever it is shown
    shown |= {event.TYPE for event in MEMBERSHIPS.events}  # what the groups show, told from the user's side
    assert EVENT_TYPES.keys() - shown == set()
