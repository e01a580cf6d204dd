# SPDX-License-Identifier: Apache-2.0
"""Request a purchase review."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result
from application.guards import own_unit
from application.work import Work
from domain.kernel.numbers import document_number
from domain.kernel.time import local_date
from domain.parties.unit import UNIT, require_living
from domain.purchasing.claims import series_of
from domain.purchasing.facilities import search_for
from domain.purchasing.requesting import Asking, request
from domain.purchasing.review import PURCHASE_REVIEW
from domain.purchasing.values import Purchase
from domain.purchasing.warning import CATALOGUE_ID, WARNING_CATALOGUE, matches_of


class RequestPurchaseReview(Command):
    """Ask before buying with public money (JS 12.a, CQ 22.b).

    The answer says whether a review is required and why, which shared facilities might serve as well (CQ 22.a), and
    what the warning catalogue holds against it (JS 12.b). Prices are in hundredths of the currency's unit.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "purchase": {
                    "act": "new_purchase",
                    "object_kind": "large_instrument",
                    "items": [
                        {
                            "name": "场发射扫描电子显微镜",
                            "class_code": "010102",
                            "model": "Regulus 8100",
                            "specification": "分辨率 0.8 nm@15 kV",
                            "quantity": 1,
                            "price": {"bare": 180000000, "tax_and_duty": 18000000, "accessories": 1999999},
                        }
                    ],
                    "funding": [
                        {"source": "provincial_fiscal_funds", "amount_fen": 150000000},
                        {"source": "own_funds", "amount_fen": 49999999},
                    ],
                    "purpose": "材料表面形貌分析",
                },
                "prepared_by": [],
                "why_not_shared": "校内现有设备机时已满",
            }
        }
    )

    unit: UUID
    purchase: Purchase
    prepared_by: Annotated[tuple[UUID, ...], Field(max_length=50)] = ()
    why_not_shared: str = Field(default="", max_length=2000)


def request_purchase_review(command: RequestPurchaseReview, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, and what `requesting.request` raises."""
    own_unit(work, command.unit)
    unit, today = work.load(UNIT, command.unit).state, local_date(work.now)
    require_living(unit)
    series = series_of(unit.code, today.year)
    catalogue = work.find(WARNING_CATALOGUE, CATALOGUE_ID)
    search = search_for(command.purchase, unit=command.unit, city=unit.city, district=unit.district)
    asking = Asking(
        number=document_number(series, work.claims.last_number(series)),
        unit=command.unit,
        legal_person=unit.legal_person_on(today),
        requesters=(work.actor.user, *command.prepared_by),
        shown=work.registry.duplicates(search, work.now),
        warnings=matches_of(catalogue.state if catalogue else None, command.purchase),
        why_not_shared=command.why_not_shared,
    )
    review = work.new_id()
    work.append(review, *request(asking, command.purchase, edition=work.edition(), today=today))
    state = work.load(PURCHASE_REVIEW, review).state
    return Result(
        id=review,
        data={
            "number": state.number,
            "state": state.state,
            "finding": state.finding.model_dump(mode="json"),
            "warnings": [match.model_dump(mode="json") for match in state.warnings],
            "shared_facilities": asking.shown.model_dump(mode="json"),
        },
    )
