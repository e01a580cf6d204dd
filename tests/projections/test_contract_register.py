# SPDX-License-Identifier: Apache-2.0
"""The register shows that and when a contract was signed, never by whom or with what text."""

from datetime import date
from decimal import Decimal
from typing import Any

from domain.contracts.events import (
    AmendmentDropped,
    AmendmentProposed,
    AmendmentSigned,
    Authority,
    ContractDrafted,
    ContractRevised,
    ContractSigned,
    DisputeOpened,
    DisputeResolved,
    IpShare,
    Side,
    Signing,
    TechnicalContractRegistered,
    Terms,
)
from projections.contract_register import CONTRACTS, MODEL, contract, contracts
from tests.projections.conftest import Stage
from tests.projections.examples import CUSTOMER, PROVIDER, SEM, UNIT, USER, personal
from tests.projections.memory_rows import History, at, ident

CONTRACT = ident("contract")
AUTHORITY = Authority(kind="legal_representative")
SIGNING = Signing(method="e_signature", reference="sig-1")


def terms(until: date = date(2026, 12, 31)) -> Terms:
    return Terms(
        resources=(SEM,),
        framework=False,
        valid_from=date(2026, 1, 1),
        valid_until=until,
        experiment="independent",
        ip_shares=(IpShare(party="user", percent=Decimal(100)),),
    )


def document(version: int, until: date = date(2026, 12, 31)) -> dict[str, Any]:
    return {
        "terms": terms(until),
        "clauses": personal("secret clause"),
        "document_version": version,
        "digest": f"d{version}",
    }


DRAFTED = ContractDrafted(
    number="HT-JS-U01-2026-000001",
    unit=UNIT,
    provider=PROVIDER,
    customer=CUSTOMER,
    customer_user=USER,
    **document(1),
)


def signed(side: Side, version: int = 1) -> ContractSigned:
    return ContractSigned(
        side=side,
        document_version=version,
        digest=f"d{version}",
        signatory=personal("王五"),
        authority=AUTHORITY,
        signing=SIGNING,
    )


def both() -> History:
    log = History(MODEL).add(CONTRACT, DRAFTED, signed("user"), occurred_at=at("2026-01-02 09:00"))
    return log.add(CONTRACT, signed("provider"), occurred_at=at("2026-01-03 09:00"))


def test_both_sides_sign_one_version() -> None:
    row = both().row(CONTRACTS, CONTRACT)
    assert (row["state"], row["user_signed_at"], row["provider_signed_at"]) == (
        "signed_by_both",
        at("2026-01-02 09:00"),
        at("2026-01-03 09:00"),
    )
    assert row["provider_signing"]["method"] == "e_signature"
    assert row["resources"] == [str(SEM)]


def test_a_revision_voids_the_signature_given() -> None:
    log = History(MODEL).add(CONTRACT, DRAFTED, signed("user"), ContractRevised(**document(2), reason="r"))
    row = log.row(CONTRACTS, CONTRACT)
    assert (row["state"], row["user_signed_at"], row["digest"]) == ("drafted", None, "d2")


def test_neither_clauses_nor_names_are_stored() -> None:
    stored = str(both().rows.tables)
    assert "secret clause" not in stored
    assert "王五" not in stored


def test_an_amendment_of_a_registered_contract() -> None:
    registered = TechnicalContractRegistered(registration_number="T-1", registered_on=date(2026, 1, 9))
    proposed = AmendmentProposed(**document(2, date(2027, 6, 30)), reason="longer", proposed_by="user")
    log = both().add(CONTRACT, registered, proposed, AmendmentDropped(reason="no"))
    assert log.row(CONTRACTS, CONTRACT)["state"] == "registered"
    agreed = AmendmentSigned(
        document_version=2,
        digest="d2",
        provider_signatory=personal("王五"),
        provider_authority=AUTHORITY,
        provider_signing=SIGNING,
        user_signatory=personal("赵六"),
        user_authority=AUTHORITY,
        user_signing=SIGNING,
    )
    row = log.add(CONTRACT, proposed, agreed).row(CONTRACTS, CONTRACT)
    assert (row["state"], row["valid_until"], row["document_version"]) == ("signed_by_both", date(2027, 6, 30), 2)
    assert (row["renewal_needed"], row["proposal"]) == (True, None)


def test_a_dispute_returns_to_the_former_state() -> None:
    log = both().add(CONTRACT, DisputeOpened(opened_by="user", reason="r"))
    assert log.row(CONTRACTS, CONTRACT)["state"] == "disputed"
    log.add(CONTRACT, DisputeResolved(body="court", outcome="settled"))
    assert log.row(CONTRACTS, CONTRACT)["state"] == "signed_by_both"


def test_contracts_are_found_by_resource_and_validity(stage: Stage) -> None:
    cursor = stage.show(both())
    assert len(contracts(cursor, resources=(SEM,), valid_on=date(2026, 12, 31)).rows) == 1
    assert contracts(cursor, resources=(SEM,), valid_on=date(2027, 1, 1)).rows == []
    assert contracts(cursor, resources=(SEM, UNIT)).rows == []
    page = contracts(cursor, customer=CUSTOMER, states=("signed_by_both",))
    assert (len(page.rows), page.position) == (1, 30)
    assert (contract(cursor, CONTRACT) or {})["number"] == "HT-JS-U01-2026-000001"
