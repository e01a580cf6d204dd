# SPDX-License-Identifier: Apache-2.0
"""How values read in a sentence, and what a words file may not do."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from api.cli.failures import explained
from application.errors import NotPermitted
from domain.kernel.actor import Role
from domain.kernel.citation import Citation
from domain.kernel.errors import DomainError, Rules, Violation
from domain.kernel.personal import Personal
from domain.kernel.time import Span
from domain.policy import Edition
from infrastructure.readable import Text, readable
from infrastructure.words import Words, WordsFile, WordsFileError, load_words, merged, read
from tests.domain.editions import CHONGQING, JIANGSU

SUBJECT = UUID("00000000-0000-4000-8000-000000000001")
NINE = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
TERMS = {"role": {"auditor": Text(zh="审计人员", en="auditor")}}


@pytest.mark.parametrize(
    ("name", "value", "chinese", "english"),
    [
        ("amount_fen", 123456, "¥1,234.56", "¥1,234.56"),
        ("amount_fen", -1, "¥−0.01", "¥−0.01"),
        ("amount_fen", None, "—", "—"),
        ("used_minutes", 90, "90", "90"),
        ("automatic", True, "是", "yes"),
        ("ended_at", NINE, "2026-03-01 09:00+08:00", "2026-03-01 09:00+08:00"),
        ("start", NINE.replace(second=5).isoformat(), "2026-03-01 09:00:05+08:00", "2026-03-01 09:00:05+08:00"),
        ("start", "2026-03-01T01:00:00Z", "2026-03-01 09:00+08:00", "2026-03-01 09:00+08:00"),
        ("used_on", date(2026, 3, 1), "2026-03-01", "2026-03-01"),
        ("score", Decimal("4.50"), "4.50", "4.50"),
        ("lanes", (1, 2), "1、2", "1, 2"),
        ("lanes", (), "—", "—"),
        ("reason", "", "—", "—"),
        ("items", {"喷金": 4, "载网": 2}, "喷金: 4、载网: 2", "喷金: 4, 载网: 2"),
        ("items", {}, "—", "—"),
        ("name", Personal(subject=SUBJECT, value=None), "[个人信息]", "[personal data]"),
        ("name", Personal.of(SUBJECT, "王芳"), "王芳", "王芳"),
        ("role", Role.AUDITOR, "审计人员", "auditor"),
        ("role", "stranger", "stranger", "stranger"),
        ("unit", SUBJECT, str(SUBJECT), str(SUBJECT)),
    ],
)
def test_a_value_reads_as_people_write_it(name: str, value: object, chinese: str, english: str) -> None:
    assert (readable(name, value, "zh", TERMS), readable(name, value, "en", TERMS)) == (chinese, english)


def test_a_span_reads_on_a_local_clock() -> None:
    span = Span(start=NINE, end=NINE.replace(hour=3))
    assert readable("span", span, "zh", TERMS) == "2026-03-01 09:00+08:00 – 2026-03-01 11:00+08:00"


def test_a_sentence_is_filled_and_what_is_missing_is_a_dash() -> None:
    words = Words(errors={"rooms.full": Text(zh="{room} 已满：{amount_fen}", en="{room} is full: {amount_fen}")})
    assert words.error("rooms.full", "en", {"amount_fen": 100}) == "— is full: ¥1.00"
    assert words.error("rooms.full", "zh", {"room": "{amount_fen}", "amount_fen": 100}) == "{amount_fen} 已满：¥1.00"


def test_whole_days_of_minutes_are_told_as_days() -> None:
    words = load_words()
    ahead = {"minutes": 90 * 1440, "limit": 1}
    assert "开始前 90 天内" in words.error("reservations.too_far_ahead", "zh", ahead)
    assert "at most 90 days ahead" in words.error("reservations.too_far_ahead", "en", ahead)
    assert "90分钟" in words.error("reservations.too_far_ahead", "zh", {"minutes": 90, "limit": 1})


def test_a_number_without_a_code_has_no_dash_before_it() -> None:
    invoice = {"kind": "all_digital_invoice", "code": "", "number": "24327000000012345678", "amount_fen": 100}
    told = load_words().event("billing.TaxDocumentRegistered", "en", invoice)
    assert told.endswith(" 24327000000012345678, ¥1.00")


def test_without_a_sentence_the_code_is_shown() -> None:
    words = Words()
    assert words.error("rooms.full", "zh", {}) == "rooms.full"
    assert words.event("rooms.Renamed", "zh", {}) == "rooms.Renamed"
    assert words.command("RenameRoom", "en") == "RenameRoom"


def test_all_broken_rules_are_told_with_the_words_of_the_law() -> None:
    rules = Rules()
    for name in ("voucher.subsidy_ratio", "voucher.validity_days"):
        citation = JIANGSU.citation(name)
        rules.require(holds=False, code="policy.decision_missing", citation=citation, parameter=name)
    with pytest.raises(DomainError) as refused:
        rules.enforce()
    first, second = load_words().refusals(refused.value, "en")
    assert first.startswith("The authority has yet to decide on voucher.subsidy_ratio")
    assert first.endswith("(苏科技规〔2020〕217号, JS 22「给予一定比例的科技创新券补助」)")
    assert "voucher.validity_days" in second


@pytest.mark.parametrize("choice", ["A33", "8.18"])
def test_a_choice_of_ours_is_told_as_one_and_not_as_an_article(choice: str) -> None:
    """The command line, the fates of imports and the log of the worker all print these sentences."""
    cited = Citation(document="渝府办发〔2016〕127号", article=choice)
    error = DomainError([Violation("policy.decision_missing", {"parameter": "x"}, cited)])
    told = {language: load_words().refusals(error, language)[0] for language in ("zh", "en")}
    assert told["zh"].endswith(f"（无条文规定，依本系统的选择 {choice}）")
    assert told["en"].endswith(f" (no article says so: choice {choice} of this system)")
    assert "渝府办发" not in "".join(told.values())
    printed = [explained(error, language) or "" for language in ("zh", "en")]
    assert all(choice in sentence and "渝府办发" not in sentence for sentence in printed)


@pytest.mark.parametrize("edition", [JIANGSU, CHONGQING], ids=["jiangsu", "chongqing"])
def test_what_stands_in_for_an_article_in_a_regime_is_known_for_a_choice(edition: Edition) -> None:
    """No regime writes a choice in a form that would pass for an article."""
    for name, parameter in edition.parameters.items():
        cited = edition.citation(name)
        if cited is not None:
            assert (cited.choice is None) == bool(parameter.articles or parameter.decisions), name


def test_a_step_from_the_wrong_state_says_from_where_it_is_possible() -> None:
    wrong = {"state": "draft", "command": "publish", "possible_state": "accepted, certified"}
    words = load_words()
    assert words.error("resources.wrong_state", "en", wrong).endswith("it is possible from: accepted, certified")
    assert words.error("resources.wrong_state", "zh", wrong).endswith("须在下列状态之一：已接收、已出具凭证")
    unknown = words.error("resources.wrong_state", "zh", wrong | {"possible_state": "accepted, elsewhere"})
    assert unknown.endswith("accepted, elsewhere")


def test_an_application_error_is_told_too() -> None:
    assert load_words().refusals(NotPermitted(reason="unit"), "zh") == ["您无权办理此事：属于其他管理单位"]


@pytest.mark.parametrize(
    "text",
    ['[errors."a.b"]\nzh = "一"', '[errors."a.b"]\nzh = "一"\nen = ""', "[warnings]", "[errors"],
    ids=["one language", "empty", "unknown table", "no TOML"],
)
def test_a_faulty_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "words.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WordsFileError, match=r"words\.toml"):
        read(path)


def test_nothing_is_said_twice() -> None:
    file = WordsFile(errors={"rooms.full": Text(zh="已满", en="Full")})
    with pytest.raises(WordsFileError, match=r"b: rooms\.full: said elsewhere too"):
        merged({"a": file, "b": file})


def test_a_text_that_only_looks_like_a_time_stays_as_it_is() -> None:
    words = load_words()
    assert "9999-99-99T00:00:00Z" in words.error(
        "application.not_found", "en", {"kind": "x", "id": "9999-99-99T00:00:00Z"}
    )
