# SPDX-License-Identifier: Apache-2.0
from datetime import date
from uuid import UUID, uuid4

import pytest

from application.command import Result
from application.contracts.abandon_draft import AbandonDraft
from application.contracts.draft_contract import DraftContract
from application.contracts.drop_amendment import DropAmendment
from application.contracts.fulfil_contract import FulfilContract
from application.contracts.open_dispute import OpenDispute
from application.contracts.propose_amendment import ProposeAmendment
from application.contracts.register_technical_contract import RegisterTechnicalContract
from application.contracts.resolve_dispute import ResolveDispute
from application.contracts.revise_contract import ReviseContract
from application.contracts.sign_amendment import SignAmendment
from application.contracts.terminate_contract import TerminateContract
from application.errors import NotPermitted
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.start_usage import StartUsage
from domain.billing.events import ServiceOrderVoided
from domain.kernel.errors import DomainError
from tests.application.reservations.province import Province, at, signing
from tests.domain.contracts.samples import CLAUSES, TERMS, shares


def terms_of(province: Province, **changes: object) -> dict[str, object]:
    return {**TERMS.model_dump(), "resources": (province.resource,), **changes}


def used(province: Province, contract: UUID) -> Result:
    asked = province.ask(contract_id=contract)
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    province.do(StartUsage(reservation_id=asked.id), province.manager, at(9))
    return province.do(CompleteUsage(reservation_id=asked.id), province.manager, at(11))


def test_contracts_of_a_unit_are_numbered_without_gaps(province: Province) -> None:
    numbers = [province.contract(signatures=0).data["number"] for _ in range(3)]
    assert numbers == [f"HT-JS-U01-2026-00000{place}" for place in (1, 2, 3)]


def test_a_contract_is_signed_by_both_and_registered(province: Province) -> None:
    contract = province.contract()
    assert contract.data["state"] == "signed_by_both"
    register = RegisterTechnicalContract(
        contract_id=contract.id, registration_number="2026320101", registered_on=date(2026, 3, 2)
    )
    with pytest.raises(NotPermitted):
        province.do(register, province.customer)
    assert province.do(register, province.manager).data["state"] == "registered"


def test_the_text_does_not_stand_readable_in_the_log(province: Province) -> None:
    contract = province.contract(signatures=1)
    with province.home.database.writing() as cursor:
        rows = cursor.execute("SELECT state FROM events").fetchall()
    stored = b"".join(bytes(row[0]) for row in rows).decode(errors="replace")
    assert CLAUSES.dispute_handling not in stored
    assert "示例签署人" not in stored
    assert province.state(contract.id).clauses.value is not None


def test_strangers_and_other_customers_are_kept_out(province: Province) -> None:
    contract = province.contract(signatures=0)
    with pytest.raises(NotPermitted):
        province.do(signing(contract), province.individual)


def test_a_customer_drafts_too_and_a_revision_voids_a_signature(province: Province) -> None:
    draft = DraftContract.model_validate({"unit_id": province.unit, "terms": terms_of(province)})
    drafted = province.do(draft, province.customer)
    with pytest.raises(DomainError) as refused:
        province.do(signing(drafted), province.customer)
    assert refused.value.codes == ("contracts.clause_missing",) * 6
    revise = ReviseContract.model_validate(
        {"contract_id": drafted.id, "terms": terms_of(province), "clauses": CLAUSES, "reason": "补齐条款"}
    )
    signed = province.do(signing(province.do(revise, province.manager)), province.customer)
    assert signed.data["state"] == "signed_by_one"
    again = province.do(revise, province.manager)
    assert (again.data["state"], again.data["document_version"]) == ("drafted", 3)
    with pytest.raises(DomainError):
        province.do(signing(signed), province.manager)
    assert (
        province.do(AbandonDraft(contract_id=drafted.id, reason="取消"), province.customer).data["state"] == "abandoned"
    )


def test_resources_of_other_units_are_refused(province: Province) -> None:
    foreign = uuid4()
    (registered, *_) = (item.event for item in province.home.log.stream(province.resource))
    province.seed(foreign, registered.model_copy(update={"unit": uuid4(), "asset_number": "B-1"}))
    terms = terms_of(province, resources=(foreign,))
    draft = DraftContract.model_validate({"unit_id": province.unit, "terms": terms})
    with pytest.raises(DomainError) as refused:
        province.do(draft, province.customer)
    assert refused.value.codes == ("contracts.resource_of_another_unit",)


def test_an_amendment_is_signed_by_each_side(province: Province) -> None:
    contract = province.contract()
    propose = ProposeAmendment.model_validate(
        {
            "contract_id": contract.id,
            "terms": terms_of(province, valid_until=date(2027, 6, 30)),
            "clauses": CLAUSES,
            "reason": "延长期限",
        }
    )
    proposed = province.do(propose, province.customer)
    province.do(DropAmendment(contract_id=contract.id, reason="改日"), province.manager)
    proposed = province.do(propose, province.customer)
    sign = SignAmendment.model_validate(signing(proposed).model_dump())
    assert province.do(sign, province.customer).data["state"] == "amending"
    assert province.do(sign, province.manager).data["state"] == "signed_by_both"
    assert province.state(contract.id).terms.valid_until == date(2027, 6, 30)


def test_JS_20_1_shares_are_not_changed_once_a_use_began(province: Province) -> None:
    contract = province.contract()
    used(province, contract.id)
    propose = ProposeAmendment.model_validate(
        {
            "contract_id": contract.id,
            "terms": terms_of(province, ip_shares=shares("50.00", "50.00")),
            "clauses": CLAUSES,
            "reason": "重新约定",
        }
    )
    with pytest.raises(DomainError) as refused:
        province.do(propose, province.manager, at(12))
    assert refused.value.codes == ("contracts.ip_fixed_before_use",)


def test_a_contract_is_fulfilled_with_all_its_call_offs_settled(province: Province) -> None:
    contract = province.contract()
    use = used(province, contract.id)
    fulfil = FulfilContract(contract_id=contract.id)
    with pytest.raises(DomainError) as hidden:
        province.do(fulfil, province.manager, at(12))
    assert hidden.value.codes == ("contracts.call_offs_missing",)
    fulfil = FulfilContract(contract_id=contract.id, reservations=frozenset({use.id}))
    with pytest.raises(DomainError) as unpaid:
        province.do(fulfil, province.manager, at(12))
    assert unpaid.value.codes == ("contracts.call_off_open",)
    province.add(UUID(str(use.data["order_id"])), ServiceOrderVoided(reason="免费"))
    assert province.do(fulfil, province.manager, at(12)).data["state"] == "fulfilled"


def test_a_dispute_names_orders_of_the_contract_and_ends(province: Province) -> None:
    contract = province.contract()
    order = UUID(str(used(province, contract.id).data["order_id"]))
    foreign = OpenDispute(contract_id=province.contract().id, reason="数据不符", orders=(order,))
    with pytest.raises(DomainError):
        province.do(foreign, province.customer, at(12))
    dispute = OpenDispute(contract_id=contract.id, reason="数据不符", orders=(order,))
    assert province.do(dispute, province.customer, at(12)).data["state"] == "disputed"
    resolve = ResolveDispute(contract_id=contract.id, body="仲裁委员会", outcome="补测")
    assert province.do(resolve, province.manager, at(13)).data["state"] == "signed_by_both"


def test_the_end_of_a_contract_cancels_what_has_not_begun(province: Province) -> None:
    contract = province.contract()
    asked = province.ask(contract_id=contract.id)
    other = province.ask(province.individual, span={"start": at(13), "end": at(14)})
    ended = province.do(TerminateContract(contract_id=contract.id, by="user", reason="结题"), province.customer)
    assert ended.data["cancelled"] == [str(asked.id)]
    assert (province.state(asked.id).state, province.state(other.id).state) == ("cancelled", "requested")
