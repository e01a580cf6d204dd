# SPDX-License-Identifier: Apache-2.0
"""What has been decided for all programmes, or by the territory that joins one, no programme decides otherwise.

The regimes leave the terms of vouchers to decisions (JS 22, CQ 19; A40-A44). They may be taken for each programme
(ruling 8.4) or, as policy, for all of them; where both speak, they say the same.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.kernel.errors import Rules
    from domain.policy import Edition
    from domain.vouchers.values import Programme

MODES = {"deduction": "deduct_on_platform", "subsidy": "subsidy"}
"""What policy calls the settlement modes of a programme (CQ 19 「抵扣」, JS 22 「补助」)."""


def decided_for_all(edition: Edition) -> tuple[str, ...]:
    """The terms of programmes that policy has decided."""
    return tuple(name for name in _TERMS if edition.parameter(name).decisions)


def note_contradictions(rules: Rules, terms: Programme, edition: Edition) -> None:
    """Note `vouchers.contradicts_decision` for each term that differs from what was decided for all programmes."""
    for name in decided_for_all(edition):
        field, read = _TERMS[name]
        wanted, stated = edition.value(name), read(terms)
        rules.require(
            wanted == stated,
            "vouchers.contradicts_decision",
            citation=edition.citation(name),
            field=f"programme.{field}",
            parameter=name,
            wanted=_said(wanted),
            stated=_said(stated),
        )


def _split(terms: Programme) -> dict[str, Decimal]:
    """Shares by kind of authority: several cities share what is decided for cities."""
    shares: defaultdict[str, Decimal] = defaultdict(Decimal)
    for funder in terms.funders:
        shares[funder.kind] += funder.share
    return dict(shares)


def _cap(terms: Programme) -> Decimal | None:
    return None if terms.annual_cap_fen is None else Decimal(terms.annual_cap_fen) / 100


def _said(value: Any) -> str:  # noqa: ANN401 - each term has its own type
    if isinstance(value, dict):
        return ", ".join(f"{key} {share.normalize():f}" for key, share in value.items())
    return "none" if value is None else f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


_TERMS: dict[str, tuple[str, Callable[[Programme], Any]]] = {
    "voucher.subsidy_ratio": ("subsidy_ratio", lambda terms: terms.subsidy_ratio),
    "voucher.max_coverage_of_fee": ("max_coverage_of_fee", lambda terms: terms.max_coverage_of_fee),
    "voucher.annual_cap_per_beneficiary": ("annual_cap_fen", _cap),
    "voucher.validity_days": ("validity_days", lambda terms: terms.validity_days),
    "voucher.redemption_deadline_days": ("redemption_deadline_days", lambda terms: terms.redemption_deadline_days),
    "voucher.use_mode": ("settlement_mode", lambda terms: MODES[terms.settlement_mode]),
    "voucher.funding_split": ("funders", _split),
}
"""Each parameter with the field of a programme that states it. The payee is compared where it is chosen."""
