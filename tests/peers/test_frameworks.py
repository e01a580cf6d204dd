# SPDX-License-Identifier: Apache-2.0
"""A framework's ceiling is one amount for all: orders of both sides at the same moment never pass it together."""

from datetime import date
from uuid import UUID

from application.contracts.draft_contract import DraftContract
from application.contracts.place_call_off import PlaceCallOff
from application.contracts.terminate_contract import TerminateContract
from domain.contracts.claims import RUNNING_CAP, ceiling_account, running_account
from infrastructure.bootstrap import Platform
from tests.application.reservations.province import Province, signing
from tests.domain.contracts.samples import CLAUSES, TERMS
from tests.peers.racing import DONE, Errand, race
from tests.peers.test_balances import drawn

CEILING = 500_000
EACH = 100_000


def framework(province: Province) -> UUID:
    changes = {"resources": (), "framework": True, "ceiling_fen": CEILING, "valid_from": date(2026, 1, 1)}
    draft = DraftContract.model_validate(
        {
            "unit_id": province.unit,
            "customer_user_id": province.client,
            "terms": TERMS.model_copy(update=changes),
            "clauses": CLAUSES.model_dump(),
        }
    )
    last = province.do(draft, province.manager)
    for actor in (province.manager, province.customer):
        province.do(signing(last), actor)
    return last.id


def order(province: Province, contract: UUID) -> PlaceCallOff:
    return PlaceCallOff(
        contract_id=contract,
        resource_id=province.resource,
        minutes=60,
        ceiling_fen=EACH,
        valid_from=date(2026, 3, 2),
        valid_until=date(2026, 6, 30),
    )


def test_call_offs_placed_in_two_processes_never_pass_the_ceiling(province: Province, platform: Platform) -> None:
    """Four rounds of two: eight orders over one hundred thousand each, five of which fit."""
    contract = framework(province)
    sides = (province.manager, province.customer)
    outcomes = race(platform, [[Errand(order(province, contract), side)] * 4 for side in sides])
    told = [each for row in outcomes for each in row]
    assert told.count(DONE) == CEILING // EACH, told
    assert set(told) == {DONE, "contracts.call_off_beyond_ceiling"}
    assert drawn(province, ceiling_account(contract)) == [(CEILING, CEILING)]


def test_a_call_off_placed_while_its_framework_ends_is_refused_or_cancelled_with_it(
    province: Province, platform: Platform
) -> None:
    contract = framework(province)
    ending = TerminateContract(contract_id=contract, by="user", reason="项目终止")
    orders = [Errand(order(province, contract), province.manager)]
    [(placed, ended)] = race(platform, [orders, [Errand(ending, province.customer)]])
    assert (placed in (DONE, "contracts.wrong_state"), ended) == (True, DONE)
    assert drawn(province, ceiling_account(contract)) in ([], [(0, CEILING)])
    assert drawn(province, running_account(contract)) == [(RUNNING_CAP, RUNNING_CAP)], "none can be placed any more"
