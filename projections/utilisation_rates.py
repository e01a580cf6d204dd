# SPDX-License-Identifier: Apache-2.0
"""Utilisation rates: used minutes beside open minutes (A28) and beside rated minutes (ruling 8.25)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from uuid import UUID

from projections.months import month_of
from projections.paging import Cursor, position_of
from projections.utilisation import MODEL
from projections.utilisation_base import COUNTED, Base, figures_of, read_base

Subject = Literal["instrument", "unit"]
DEFINITION = {
    "zh": (
        "使用率 = 使用机时 ÷（公布的开放机时 − 已登记的维护时间）（选择 A28，裁定 8.25）。使用机时为已完成与中止使用的"
        "实际分钟数，跨月的按上海时间在月末切分；开放机时只计资源处于已公布状态的时间，维护占用全部通道时才扣除，事先公告的停止开放时间同样扣除。"
        "对外机时指为其他法人单位或社会个人提供的使用，其份额以使用机时为分母。额定使用率 = 使用机时 ÷ 额定机时"
        "（年额定机时按已公布时间折算）。两者均不以 100% 封顶；分母为零时不给出比率。"
    ),
    "en": (
        "Utilisation = used minutes ÷ (published open minutes − recorded maintenance) (choice A28, ruling 8.25). Used"
        " minutes are the actual minutes of completed and aborted uses, split at month ends of Asia/Shanghai. Open"
        " minutes count only while the resource is published; maintenance is deducted where it takes every lane,"
        " and so is closed time, which is announced before it begins."
        " External minutes serve another legal person or an outside individual; their share is of the used minutes."
        " Rated utilisation = used minutes ÷ rated minutes (those of the year, in proportion to the time published)."
        " Neither is capped at 100%; there is no ratio where the denominator is zero."
    ),
}


def ratio(part: int, whole: int) -> str | None:
    """A ratio with four decimals, half-up; None where there is nothing to divide by."""
    if whole <= 0:
        return None
    return str((Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001"), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Usage:
    """Figures of an instrument or unit in a month, or over all months where `month` is None. In minutes."""

    subject: UUID
    name_zh: str
    name_en: str
    month: date | None
    used_minutes: int
    external_minutes: int
    uses: int
    external_uses: int
    corrections: int
    opened_minutes: int
    rated_minutes: int

    @property
    def external_share(self) -> str | None:
        """External minutes ÷ used minutes."""
        return ratio(self.external_minutes, self.used_minutes)

    @property
    def utilisation(self) -> str | None:
        """Used minutes ÷ open minutes (A28)."""
        return ratio(self.used_minutes, self.opened_minutes)

    @property
    def rated_utilisation(self) -> str | None:
        """Used minutes ÷ rated minutes (ruling 8.25)."""
        return ratio(self.used_minutes, self.rated_minutes)


@dataclass(frozen=True, slots=True)
class Utilisation:
    """Rates with the definition they follow and the log position they were computed at."""

    rows: list[Usage]
    by: Subject
    as_of: datetime
    definition: dict[str, str]
    position: int

    def over_all_months(self) -> list[Usage]:
        """One row for each subject over the whole range."""
        grouped: dict[UUID, list[Usage]] = defaultdict(list)
        for row in self.rows:
            grouped[row.subject].append(row)
        return [_summed(rows[0].subject, rows[0].name_zh, rows[0].name_en, None, rows) for rows in grouped.values()]


def utilisation(
    cursor: Cursor,
    month_from: date,
    month_to: date,
    *,
    by: Subject,
    as_of: datetime,
    unit: UUID | None = None,
    resource: UUID | None = None,
    hidden: bool = False,
) -> Utilisation:
    """Rates of each instrument or unit and month, both months included; time after `as_of` is not open yet.

    A unit's figures are those of the time in which it held the instrument. Instruments that are exempt, or claimed
    to be, count only where the reader may see `hidden` ones (JS 9.b, CQ 5.a).
    """
    position = position_of(cursor, MODEL.name)
    base = read_base(cursor, month_of(month_from), month_of(month_to), unit=unit, resource=resource, hidden=hidden)
    return Utilisation(rates(base, month_from, month_to, by, as_of), by, as_of, DEFINITION, position)


def rates(base: Base, month_from: date, month_to: date, by: Subject, as_of: datetime) -> list[Usage]:
    """The rows of a report, by subject and month."""
    grouped: dict[tuple[UUID, date], list[Usage]] = defaultdict(list)
    for (resource, unit, month), figures in figures_of(base, month_from, month_to, as_of).items():
        subject, names = (resource, base.resources) if by == "instrument" else (unit, base.units)
        zh, en = names.get(subject, ("", ""))
        grouped[subject, month].append(Usage(subject, zh, en, month, **{name: figures[name] for name in COUNTED}))
    keys = sorted(grouped, key=lambda key: (str(key[0]), key[1]))
    return [_summed(key[0], grouped[key][0].name_zh, grouped[key][0].name_en, key[1], grouped[key]) for key in keys]


def _summed(subject: UUID, name_zh: str, name_en: str, month: date | None, rows: Iterable[Usage]) -> Usage:
    total: Counter[str] = Counter()
    for row in rows:
        total.update({name: getattr(row, name) for name in COUNTED})
    return Usage(subject, name_zh, name_en, month, **{name: total[name] for name in COUNTED})
