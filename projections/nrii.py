# SPDX-License-Identifier: Apache-2.0
"""Words and codes as the national network platform writes them (nrii_fields)."""

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from domain.kernel.money import yuan
from domain.resources.values import FeeLine, FundingSource

INSTRUMENT = 4
"""`instruType` of a single instrument."""
NOT_AUDITED = -1
"""`auditStatus` of what is sent: the national platform audits it."""
MANDATORY = (
    "insCode",
    "cname",
    "ename",
    "innerId",
    "instrBelongsType",
    "instrCategory",
    "province",
    "city",
    "county",
    "street",
    "worth",
    "instrSource",
    "type",
    "subject",
    "nation",
    "instrVersion",
    "manufacturer",
    "beginDate",
    "technical",
    "function",
    "requirement",
    "fee",
    "serviceContent",
    "instrSupervise",
    "runMachine",
    "serviceMachine",
    "funds",
    "insideDepart",
    "contact",
    "phone",
    "email",
    "address",
    "postalcode",
)
"""What an upload must hold."""
MOST_FEE_CHARACTERS = 500
_FUNDS: dict[FundingSource, int] = {
    "central_fiscal_funds": 1,
    "provincial_fiscal_funds": 2,
    "municipal_fiscal_funds": 2,
    "district_fiscal_funds": 2,
    "own_funds": 3,
    "state_owned_capital": 4,
    "enterprise": 4,
    "social_capital": 4,
}
_UNITS = {"hour": "小时", "sample": "样品", "item": "项", "use": "次"}


def nrii_funds(sources: Iterable[FundingSource]) -> list[int]:
    """The platform's four kinds of funds: central, local, own, other."""
    return sorted({_FUNDS[source] for source in sources})


def price_text(lines: Sequence[FeeLine]) -> str:
    """The fee standard for users from outside in one line; 无 where there is none."""
    outside = [line for line in lines if line.user_kind != "internal"]
    texts = [
        f"{line.user_kind} {line.kind} {yuan(line.price_fen)}元/{_UNITS.get(line.unit, line.unit)}" for line in outside
    ]
    return "；".join(texts)[:MOST_FEE_CHARACTERS] or "无"


@cache
def _countries() -> dict[str, str]:
    table = files("domain.resources") / "codes" / "origin_countries.csv"
    with table.open(encoding="utf-8") as lines:
        return {line["code"]: line["name"] for line in csv.DictReader(lines)}


def country_name(code: str) -> str:
    """The Chinese name of a country: the platform takes names, not codes."""
    return _countries().get(code, code)


def missing(document: dict[str, object]) -> list[str]:
    """Mandatory fields that are still to be filled in before an upload."""
    return [name for name in MANDATORY if document.get(name) in (None, "", [])]
