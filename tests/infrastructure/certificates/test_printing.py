# SPDX-License-Identifier: Apache-2.0
"""The printed page: our own font in it, its text readable, its bytes the same for ever."""

import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import distribution
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from infrastructure.certificates import printing
from infrastructure.certificates.content import Certificate
from infrastructure.certificates.printing import PrintingFailed, printed

EXAMPLE = Certificate(
    number="HJ-2026-000123",
    issued_at=datetime(2026, 3, 1, 16, 30, 2, 123456, tzinfo=UTC),
    issuer="江苏省科技资源统筹服务中心",
    resource_name="场发射扫描电子显微镜",
    model="Regulus 8100",
    asset_number="JS-U01-20210001",
    unit=UUID(int=11),
    unit_name="分析测试中心",
    unit_code="JS-U01",
    legal_person="扬子理工大学",
    credit_code="12993200DEMJ00011Y",
    schema_name="tongchou.resource.condition",
    standard="GB/T 36073-2018",
    submission_digest=hashlib.sha256(b"submission").hexdigest(),
    ground=None,
    hidden=False,
)
ADDRESS = "https://tongchou.example/api/v1/certificates/HJ-2026-000123?jurisdiction=jiangsu"


def page(certificate: Certificate = EXAMPLE, *, scan: bool = True) -> PdfReader:
    return PdfReader(io.BytesIO(printed(certificate, ADDRESS, scan=scan)))


def fonts_of(reader: PdfReader) -> list[Any]:
    resources: Any = reader.pages[0]["/Resources"]
    return [font.get_object() for font in resources["/Font"].values()]


def test_every_font_is_embedded_and_is_the_chinese_one_of_the_package() -> None:
    fonts = fonts_of(page())
    assert fonts
    for font in fonts:
        (descendant,) = (each.get_object() for each in font["/DescendantFonts"])
        descriptor = descendant["/FontDescriptor"].get_object()
        assert descendant["/BaseFont"].endswith("+NotoSansSC-Regular")
        assert any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))


def test_the_font_s_licence_is_the_open_font_licence() -> None:
    package = distribution("pylopdf-fonts-zh-cn")
    (licence,) = (path for path in package.files or () if path.name == "LICENSE")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text()


def test_the_text_can_be_extracted_and_the_page_is_a4() -> None:
    reader = page()
    text = reader.pages[0].extract_text().replace("\u200b", "").replace(" ", "")
    for said in (
        "科技资源信息汇交凭证", EXAMPLE.number, EXAMPLE.resource_name, EXAMPLE.unit_name, EXAMPLE.credit_code,
        EXAMPLE.submission_digest, EXAMPLE.issuer, "2026年3月2日", "GB/T36073-2018",
    ):  # fmt: skip
        assert said in text, said
    assert len(reader.pages) == 1
    width, height = (float(side) for side in reader.pages[0].mediabox[2:])
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)


def test_the_same_certificate_gives_the_same_bytes_in_another_process_and_time_zone() -> None:
    program = (
        "import hashlib; from tests.infrastructure.certificates.test_printing import ADDRESS, EXAMPLE;"
        "from infrastructure.certificates.printing import printed;"
        "print(hashlib.sha256(printed(EXAMPLE, ADDRESS, scan=True)).hexdigest())"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"TZ": "America/New_York"}
    )
    assert elsewhere.stdout.strip() == hashlib.sha256(printed(EXAMPLE, ADDRESS, scan=True)).hexdigest()
    assert printed(replace(EXAMPLE, model="X"), ADDRESS, scan=True) != printed(EXAMPLE, ADDRESS, scan=True)


def test_the_code_to_scan_stands_only_where_there_is_an_address_to_reach() -> None:
    assert len(printed(EXAMPLE, ADDRESS, scan=True)) > len(printed(EXAMPLE, ADDRESS, scan=False))
    assert "<svg" in printing._qr(ADDRESS)


def test_what_a_unit_wrote_is_text_and_no_markup() -> None:
    tricky = '#import "@preview/x:1.0.0" *粗体* $x$ [方括号] \\ "引号"'
    text = page(replace(EXAMPLE, resource_name=tricky)).pages[0].extract_text()
    assert "".join(tricky.split()) in "".join(text.split())


def test_a_page_without_the_chinese_font_is_never_given_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:  # noqa: ANN401 - pytest's own
    import pylopdf_fonts_zh_cn  # noqa: PLC0415 - replaced in this test

    monkeypatch.setattr(pylopdf_fonts_zh_cn, "sans_path", lambda: tmp_path / "none.otf")
    with pytest.raises(PrintingFailed):
        printed(replace(EXAMPLE, number="HJ-2"), ADDRESS, scan=False)
