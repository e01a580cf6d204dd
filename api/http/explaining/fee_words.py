# SPDX-License-Identifier: Apache-2.0
"""A step of a quote as a sentence."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from domain.kernel.money import yuan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.http.language import Language
    from domain.resources.explained import QuoteStep
    from infrastructure.readable import Text

UNITS = {
    "zh": {"hour": "小时", "use": "次", "sample": "个样品", "item": "项"},
    "en": {"hour": "h", "use": "use", "sample": "samples", "item": "items"},
}
SENTENCES = {
    "zh": {
        "price": "{kind}{of}：{quantity}{unit} × {price}元（收费标准第{version}版）= {amount}元",
        "start_up": "{kind}：开机费 {price}元，另加（收费标准第{version}版）",
        "tag_discount": "标签 {tag} 折扣，应付 {rate}：{amount}元",
        "tier_discount": "本年累计 {tier} 小时档折扣，应付 {rate}：{amount}元",
        "band_discount": "时段 {band} 折扣，应付 {rate}：{amount}元",
        "minimum": "{kind}：补足最低收费 {amount}元",
    },
    "en": {
        "price": "{kind}{of}: {quantity} {unit} × {price} yuan (version {version}) = {amount} yuan",
        "start_up": "{kind}: start-up fee {price} yuan, added (version {version})",
        "tag_discount": "discount of the tag {tag}, {rate} is paid: {amount} yuan",
        "tier_discount": "discount of the tier of {tier} hours this year, {rate} is paid: {amount} yuan",
        "band_discount": "discount of the band {band}, {rate} is paid: {amount} yuan",
        "minimum": "{kind}: {amount} yuan up to the minimum",
    },
}


def said(step: QuoteStep, language: Language, kinds: Mapping[str, Text]) -> dict[str, Any]:
    """The step with its sentence; what does not apply to it is left out. `kinds` are the names of fee lines."""
    shown = {name: value for name, value in asdict(step).items() if value is not None}
    named = " ".join(f"[{each}]" for each in (step.band, step.item, step.tag) if each)
    text = SENTENCES[language][step.what].format(
        kind=getattr(kinds[step.kind], language) if step.kind in kinds else step.kind,
        of=f" {named}" if named else "",
        quantity=step.quantity.normalize().to_eng_string() if step.quantity % 1 else int(step.quantity),
        unit=UNITS[language][step.unit],
        price=yuan(step.unit_price_fen),
        amount=yuan(step.amount_fen),
        version=step.tariff_version,
        tag=step.tag,
        band=step.band,
        tier=step.tier,
        rate=step.rate,
    )
    return {**shown, "text": text}
