# SPDX-License-Identifier: Apache-2.0
"""A province of any size: the demonstration's rows again and again, under codes and names of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count, islice
from typing import TYPE_CHECKING, Any

from domain.parties.credit_code import check_digit
from infrastructure.demonstration.catalogue import Catalogue, Row, load_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable

CUSTOMER_KINDS = ("sme_contact", "user", "individual")
STAFF_KINDS = ("unit_administrator", "instrument_manager", "finance_clerk", "user")
INSTRUMENTS_A_CUSTOMER = 4
LISTED_BEFORE = "2023-11-01"
"""Instruments accepted later would come into service in the middle of the history."""
EVIDENCE_FROM, EVIDENCE_UNTIL = "2023-01-01", "2199-12-31"
BUDGET_A_CUSTOMER_YUAN = 200_000


def province(regime: str, *, units: int, instruments: int, years: Iterable[int]) -> Catalogue:
    """A catalogue of exactly so many units and instruments, their people and customers, and programmes by year."""
    return _Province(load_catalogue(regime)).grown(units, instruments, years)


class _Province:
    """Clones rows of a template; each generation of a legal person has a code of its own."""

    def __init__(self, template: Catalogue) -> None:
        self._template = template
        self._persons: dict[tuple[str, int], Row] = {}
        self._serial = count(1)
        self._users = count(1)

    def grown(self, units: int, instruments: int, years: Iterable[int]) -> Catalogue:
        """The whole catalogue."""
        officials = [user for user in self._template.users if user["kind"] not in (*STAFF_KINDS, *CUSTOMER_KINDS)]
        provided = [self._unit(number) for number in range(units)]
        customers = list(islice(self._customers(), max(8, instruments // INSTRUMENTS_A_CUSTOMER)))
        users = [*officials, *(user for _, staff in provided for user in staff), *customers]
        rows = [unit for unit, _ in provided]
        return replace(
            self._template,
            legal_persons=[*self._authorities(officials), *self._persons.values()],
            units=rows,
            instruments=[self._instrument(number, rows[number % units]) for number in range(instruments)],
            users=users,
            programmes=[self._programme(year, len(customers)) for year in years],
        )

    def _authorities(self, officials: list[Row]) -> list[Row]:
        funders = {funder["legal_person_code"] for row in self._template.programmes for funder in row["funders"]}
        codes = funders | {user["legal_person_code"] for user in officials}
        return [row for row in self._template.legal_persons if row["code"] in codes]

    def _legal_person(self, code: str, generation: int) -> str:
        """The code of the clone, made when first asked for."""
        if not code:
            return ""
        if (code, generation) not in self._persons:
            row = next(row for row in self._template.legal_persons if row["code"] == code)
            body = f"{code[:8]}DEM{next(self._serial):06d}"
            clone = row | {"code": body + check_digit(body)} | _named(row, generation)
            if row["tech_sme_no"]:
                clone |= {
                    "tech_sme_no": f"{row['tech_sme_no']}-{generation}",
                    "tech_sme_valid_from": EVIDENCE_FROM,
                    "tech_sme_valid_until": EVIDENCE_UNTIL,
                }
            self._persons[code, generation] = clone
        return self._persons[code, generation]["code"]

    def _unit(self, number: int) -> tuple[Row, list[Row]]:
        """A unit and its people."""
        generation, place = divmod(number, len(self._template.units))
        row = self._template.units[place]
        clone = row | {
            "unit_code": f"{row['unit_code']}-{generation + 1}",
            "legal_person_code": self._legal_person(row["legal_person_code"], generation),
            **_named(row, generation),
        }
        staff = self._template.users_of("instrument_manager", unit=row["unit_code"])[:1]
        staff += self._template.users_of("finance_clerk", unit=row["unit_code"])[:1]
        staff += self._template.users_of("user", unit=row["unit_code"])[:1]
        return clone, [self._user(user, clone["unit_code"], clone["legal_person_code"]) for user in staff]

    def _customers(self) -> Iterable[Row]:
        outside = [user for kind in CUSTOMER_KINDS for user in self._template.users_of(kind) if not user["unit_code"]]
        for generation in count():
            for row in outside:
                yield self._user(row, "", self._legal_person(row["legal_person_code"], generation))

    def _user(self, row: Row, unit: str, legal_person: str) -> Row:
        code = f"S{next(self._users):06d}"
        return row | {"user_code": code, "unit_code": unit, "legal_person_code": legal_person}

    def _instrument(self, number: int, unit: Row) -> Row:
        listed = [row for row in self._template.instruments if row["accepted_on"] < LISTED_BEFORE]
        generation, place = divmod(number, len(listed))
        row = listed[place]
        asset = f"{unit['unit_code']}-{number + 1:06d}"
        return row | {"asset_no": asset, "unit_code": unit["unit_code"]} | _named(row, generation)

    def _programme(self, year: int, customers: int) -> dict[str, Any]:
        row = self._template.programmes[-1]
        share = BUDGET_A_CUSTOMER_YUAN * customers
        return row | {
            "year": year,
            "number": f"SIM-V-{year}",
            "opens_on": date(year, 1, 15),
            "closes_on": date(year, 11, 30),
            "funders": [funder | {"budget_yuan": f"{share}.00"} for funder in row["funders"]],
        }


def _named(row: Row, generation: int) -> Row:
    number = generation + 1
    return {"name_zh": f"{row['name_zh']}（{number}）", "name_en": f"{row['name_en']} ({number})"}
