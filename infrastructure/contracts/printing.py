# SPDX-License-Identifier: Apache-2.0
"""A contract as PDF/A on A4 pages: the same state of a contract gives the same bytes for ever."""

from __future__ import annotations

from importlib.resources import files
from textwrap import wrap
from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.kernel.money import yuan
from domain.kernel.time import local
from infrastructure.certificates.typesetting import PrintingFailed, typeset
from infrastructure.contracts.content import DESTROYED
from infrastructure.words import load_words

if TYPE_CHECKING:
    from infrastructure.contracts.content import Document, Signed

Pair = tuple[str, str]
EXPERIMENTS = {"independent": "用户独立开展", "joint": "双方合作", "commissioned": "委托测试"}
SIDES = {"provider": "甲方（管理单位）", "user": "乙方（用户）"}
METHODS = {"e_signature": "电子签名", "sealed_scan": "盖章扫描件（SHA-256）"}
BREAK_AFTER = 48
"""Characters of a reference without a blank that a line holds."""
MOST_LINES = 20_000
"""More than the longest clauses fill; nothing but blank lines would take a minute of the machine each time."""
UNSIGNED = ("drafted", "signed_by_one", "abandoned")


def printed(document: Document) -> bytes:
    """The PDF.

    Raises `contracts.cannot_be_printed` for characters that the font does not have, or for more lines than are printed.
    """
    texts = document.clauses.model_dump(exclude={"further"}) | document.clauses.further if document.clauses else {}
    lines = sum(text.count("\n") + 1 for text in texts.values())
    if lines > MOST_LINES:
        raise refusal(
            "contracts.cannot_be_printed", number=document.contract.number, reason=f"{lines:,} > {MOST_LINES:,}"
        )
    template = files(__package__).joinpath("contract.typ").read_bytes()
    try:
        return typeset(template, "contract", _given(document), at=document.last_step)
    except PrintingFailed as error:
        raise refusal("contracts.cannot_be_printed", number=document.contract.number, reason=str(error)) from error


def _given(document: Document) -> dict[str, object]:
    contract = document.contract
    return {
        "number": contract.number,
        "title": "科技资源开放共享服务框架合同" if contract.terms.framework else "科技资源开放共享服务合同",
        "draft": contract.state in UNSIGNED,
        "version": contract.document_version,
        "digest": contract.digest,
        "parties": _labelled(
            [
                ("甲方（管理单位）", f"{document.unit}（{document.provider}）"),
                ("甲方统一社会信用代码", document.provider_code),
                ("乙方（用户）", document.customer),
                ("乙方统一社会信用代码", document.customer_code),
            ]
        ),
        "terms": _labelled(_terms(document)),
        "clauses": _clauses(document),
        "signatures": [_signature(signed) for signed in document.signatures],
    }


def _terms(document: Document) -> list[Pair]:
    contract, terms = document.contract, document.contract.terms
    shares = "；".join(f"{SIDES[share.party]} {share.percent:.2f}%" for share in terms.ip_shares)
    outputs = load_words().terms.get("output", {})
    acknowledged = "、".join(outputs[name].zh if name in outputs else name for name in terms.acknowledgement_outputs)
    return [
        ("合同期限", f"{terms.valid_from.isoformat()} 至 {terms.valid_until.isoformat()}"),
        ("服务资源", "；".join(document.resources) or "甲方全部开放资源"),
        ("服务性质", EXPERIMENTS[terms.experiment]),
        ("知识产权比例", shares),
        ("须标注的成果", acknowledged),
        ("金额上限", "" if terms.ceiling_fen is None else f"{yuan(terms.ceiling_fen)} 元"),
        ("技术合同登记编号", contract.registration_number or ""),
    ]


def _labelled(rows: list[Pair]) -> list[dict[str, str]]:
    return [{"label": label, "value": value or "—"} for label, value in rows]


def _clauses(document: Document) -> list[dict[str, object]]:
    names = load_words().terms["clause"]
    if document.clauses is None:
        return [{"title": "合同条款", "lines": [DESTROYED]}]
    texts = document.clauses.model_dump(exclude={"further"}) | document.clauses.further
    return [
        {"title": names[name].zh if name in names else name, "lines": (text or "—").splitlines()}
        for name, text in texts.items()
    ]


def _signature(signed: Signed) -> dict[str, str]:
    authority = load_words().terms["kind"][signed.authority.kind].zh
    letter = f"（{signed.authority.letter_number}）" if signed.authority.letter_number else ""
    return {
        "side": SIDES[signed.side],
        "signatory": signed.signatory,
        "authority": f"{authority}{letter}",
        "method": METHODS[signed.signing.method],
        "reference": "\u200b".join(wrap(signed.signing.reference, BREAK_AFTER)),
        "at": f"{local(signed.at):%Y-%m-%d %H:%M:%S}",
    }
