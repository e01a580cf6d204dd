# SPDX-License-Identifier: Apache-2.0
"""A certificate as PDF/A on one A4 page: the same certificate gives the same bytes for ever."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from importlib.resources import files
from textwrap import wrap
from typing import TYPE_CHECKING

from domain.kernel.time import local
from infrastructure.certificates.typesetting import PrintingFailed, typeset

__all__ = ["PrintingFailed", "printed"]

if TYPE_CHECKING:
    from infrastructure.certificates.content import Certificate

PRINTED = 256
"""Certificates kept in memory: anybody may ask for one, and setting a page takes a tenth of a second."""

NORMAL, SMALL = 10.5, 8
FITS, BREAK_AFTER = 44, 64
"""Characters of one word that a line holds at the normal size and at the small one."""
_UNBROKEN = re.compile(r"[!-~]+")


@lru_cache(maxsize=PRINTED)
def printed(certificate: Certificate, address: str, *, scan: bool) -> bytes:
    """The PDF; with `scan`, the address stands on it as a QR code too. Raises `PrintingFailed`."""
    template = files(__package__).joinpath("certificate.typ").read_bytes()
    given = _given(certificate, address, scan=scan)
    return typeset(template, "certificate", given, at=certificate.issued_at)


def _given(certificate: Certificate, address: str, *, scan: bool) -> dict[str, object]:
    day = local(certificate.issued_at).date()
    rows = [
        ("资源名称", "Resource", certificate.resource_name),
        ("规格型号", "Model", certificate.model),
        ("资产编号", "Asset number", certificate.asset_number),
        ("管理单位", "Managing unit", f"{certificate.unit_name}（{certificate.unit_code}）"),
        ("法人单位", "Legal person", certificate.legal_person),
        ("统一社会信用代码", "Credit code", certificate.credit_code),
        ("汇交规范", "Schema", certificate.schema_name),
        ("审核标准", "Accepted under", certificate.standard),
        ("信息摘要（SHA-256）", "Digest", certificate.submission_digest),
        ("出具单位", "Issued by", certificate.issuer),
        ("出具日期", "Issued on", f"{day.year}年{day.month}月{day.day}日"),
    ]
    return {
        "number": certificate.number,
        "issuer": certificate.issuer,
        "rows": [{"zh": zh, "en": en, **_fitted(value or "—")} for zh, en, value in rows],
        "address": address,
        "qr": _qr(address) if scan else "",
    }


def _fitted(text: str) -> dict[str, object]:
    """Text with its size in points: a number or digest without a blank is set smaller, a longer one may be broken."""
    longest = max((len(word) for word in _UNBROKEN.findall(text)), default=0)
    breakable = _UNBROKEN.sub(lambda word: "\u200b".join(wrap(word[0], BREAK_AFTER)), text)
    return {"value": breakable, "size": SMALL if longest > FITS else NORMAL}


def _qr(address: str) -> str:
    import segno  # noqa: PLC0415 - only printing needs it

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, svgns=True)
    return out.getvalue().decode()
