# SPDX-License-Identifier: Apache-2.0
from datetime import date
from uuid import UUID, uuid4

import pytest

from application.errors import NotFound, NotPermitted
from application.resources.import_asset_ledger import ImportAssetLedger
from domain.kernel.actor import Role
from domain.resources.ledger.ledger import ledger_of
from domain.resources.ledger.line import AssetLine
from infrastructure.bootstrap import Platform
from tests.application.office import Office


@pytest.fixture
def office(platform: Platform) -> Office:
    return Office(platform.jurisdictions["jiangsu"])


def ledger(unit: UUID, *numbers: str, as_of: date = date(2026, 2, 28)) -> ImportAssetLedger:
    lines = tuple(AssetLine(asset_number=number, name="天平", value_fen=1) for number in numbers)
    return ImportAssetLedger(unit=unit, as_of=as_of, source_name="a.csv", source_digest="a" * 64, lines=lines)


def test_a_unit_hands_in_its_own_ledger_and_the_centre_any(office: Office) -> None:
    unit = office.unit(office.legal_person())
    command = ledger(unit, "A-1")
    with pytest.raises(NotPermitted):
        office.do(command, Role.MANAGING_UNIT, unit=uuid4())
    result = office.do(command, Role.MANAGING_UNIT, unit=unit)
    assert (result.id, result.data["added"]) == (ledger_of(unit), 1)
    again = office.do(ledger(unit, "A-1", "A-2"), Role.SERVICE_CENTRE)
    assert (again.data["added"], again.data["lines"]) == (1, 2)
    assert set(office.state(ledger_of(unit)).lines) == {"A-1", "A-2"}


def test_a_unit_that_is_not_there_has_no_ledger(office: Office) -> None:
    with pytest.raises(NotFound):
        office.do(ledger(uuid4(), "A-1"))
