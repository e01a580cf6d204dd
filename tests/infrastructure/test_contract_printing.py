# SPDX-License-Identifier: Apache-2.0
"""A contract on paper: what cannot be set is refused with what to do, and nothing in a text is read as markup."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from domain.contracts.contract import CONTRACT
from domain.contracts.document import Clauses
from domain.kernel.errors import DomainError
from infrastructure.contracts.content import DESTROYED, Document, Signed
from infrastructure.contracts.printing import printed
from tests.domain.contracts.samples import E_SIGNED, NOW, REPRESENTATIVE, SIX, drafted


def document(**changes: Any) -> Document:  # noqa: ANN401 - any part
    contract = CONTRACT.fold([drafted()])
    assert contract is not None
    facts: dict[str, Any] = {
        "contract": contract,
        "clauses": Clauses.model_validate(SIX),
        "unit": "分析测试中心",
        "provider": "大学",
        "provider_code": "12320000000000001A",
        "customer": "公司",
        "customer_code": "",
        "resources": ("透射电镜",),
        "signatures": (),
        "last_step": NOW,
    }
    return Document(**{**facts, **changes})


def text_of(page: bytes) -> str:
    return "".join("".join(each.extract_text() for each in PdfReader(io.BytesIO(page)).pages).split())


def test_a_draft_says_that_it_is_one_and_who_has_signed() -> None:
    signed = Signed("provider", "示例签署人", REPRESENTATIVE, E_SIGNED, NOW)
    page = text_of(printed(document(signatures=(signed,))))
    assert "草稿" in page
    assert all(
        shown in page for shown in ("示例签署人", "法定代表人", "ESIGN-1", "2026-03-0110:00:00", "须标注的成果论文")
    )


def test_a_text_is_text() -> None:
    markup = {**SIX, "service_mode": '#image("/etc/passwd") *粗* $x$ <b> \\ 第二行\n第三行'}
    page = text_of(printed(document(clauses=Clauses.model_validate(markup))))
    assert '#image("/etc/passwd")*粗*$x$<b>\\第二行第三行' in page


def test_long_clauses_take_as_many_pages_as_they_need() -> None:
    long = {**SIX, "service_content": "甲方按约定提供测试服务。" * 800}
    reader = PdfReader(io.BytesIO(printed(document(clauses=Clauses.model_validate(long)))))
    pages = len(reader.pages)
    assert pages > 5
    assert f"第1页，共{pages}页" in "".join(reader.pages[0].extract_text().split())


def test_what_the_font_does_not_have_is_refused_by_its_contract() -> None:
    strange = {**SIX, "service_mode": "委托测试 \U0001f9ea"}
    with pytest.raises(DomainError) as refused:
        printed(document(clauses=Clauses.model_validate(strange)))
    assert refused.value.codes == ("contracts.cannot_be_printed",)


def test_lines_without_end_keep_no_machine_busy() -> None:
    blank = Clauses.model_validate({**SIX, "further": dict.fromkeys(("annex", "more"), "x" + "\n" * 15_000 + "x")})
    with pytest.raises(DomainError, match="cannot_be_printed") as refused:
        printed(document(clauses=blank))
    assert "> 20,000" in str(refused.value.violations[0].parameters["reason"])


def test_what_was_destroyed_says_so() -> None:
    assert DESTROYED in text_of(printed(document(clauses=None)))
