# SPDX-License-Identifier: Apache-2.0
"""A faulty regime file is named with file, key and reason before any rule rests on it."""

from importlib.resources import files
from pathlib import Path

import pytest

from infrastructure.policy import RegimeFileError, load_regime, load_regimes
from infrastructure.policy.loader import UnknownRegime, edition_from, regimes_in

FILES = {
    item.name: item.read_text(encoding="utf-8")
    for item in files("domain.policy.regimes").iterdir()
    if item.name.endswith(".toml")
}
JIANGSU_FILE, CHONGQING_FILE = "jiangsu-2020-217.toml", "chongqing-2016-127.toml"


def changed(old: str, new: str) -> str:
    """The file of Jiangsu with one thing wrong."""
    assert FILES[JIANGSU_FILE].count(old) == 1, old
    return FILES[JIANGSU_FILE].replace(old, new)


def changed_row(name: str, old: str, new: str) -> str:
    """The file of Jiangsu with one thing wrong in one parameter."""
    before, head, after = FILES[JIANGSU_FILE].partition(f"[{name}]\n")
    row, blank, rest = after.partition("\n\n")
    assert old in row, row
    return before + head + row.replace(old, new, 1) + blank + rest


def refusal_of(text: str) -> RegimeFileError:
    with pytest.raises(RegimeFileError) as refused:
        edition_from(JIANGSU_FILE, text)
    assert str(refused.value).startswith(f"{JIANGSU_FILE}: {refused.value.key}: ")
    return refused.value


def test_both_regulations_are_there_with_the_same_parameters_in_the_same_units() -> None:
    regimes = load_regimes()
    assert set(regimes) == {"chongqing", "jiangsu"}
    one, other = (load_regime(name).editions[0].parameters for name in ("jiangsu", "chongqing"))
    assert one.keys() == other.keys()
    assert {name: (item.unit, item.origin) for name, item in one.items()} == {
        name: (item.unit, item.origin) for name, item in other.items()
    }


def test_every_default_says_why() -> None:
    for regime in load_regimes().values():
        for edition in regime.editions:
            for parameter in edition.parameters.values():
                if parameter.default is not None:
                    assert parameter.choice or parameter.note, (edition.edition, parameter.name)


def test_what_a_reader_gets_cannot_be_changed_in_passing() -> None:
    clauses = load_regime("jiangsu").editions[0].value("contract.required_clauses")
    assert isinstance(clauses, tuple)


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("[regulation]", "[regulation", "-", "Expected"),
        ("[regulation]", "[regulations]", "regulation.regime", "required"),
        ('document_no = "苏', 'documents_no = "苏', "regulation.document_no", "required"),
        ('annexes = ["A"]', 'annexes = ["A"]\nsigned = true', "regulation.signed", "not permitted"),
        ("effective_from = 2020-10-01", 'effective_from = "2020-10-01"', "regulation.effective_from", "valid date"),
        ("effective_from = 2020-10-01", "effective_from = 2020-10-02", "policy.effective_from", "head says 2020-10-02"),
        ("issued_on = 2020-08-11", "issued_on = 2020-08-12", "policy.issue_date", "head says 2020-08-12"),
        ("articles = 33\n", "articles = 34\n", "policy.article_count", "head says 34"),
        ('    "江苏省教育厅",\n', "", "policy.issuer_count", "head says 6"),
        ("[reward.cap_scope]", "[reward.cap]", "-", "Cannot declare"),
        ("[policy.document_no]", "[stray]\nunit = 1\n\n[policy.document_no]", "stray.unit", "must be a table"),
        ("[regulation]", "stray = 1\n[regulation]", "stray", "must be a table"),
    ],
)
def test_a_fault_in_the_file_is_named(old: str, new: str, key: str, reason: str) -> None:
    refused = refusal_of(changed(old, new))
    assert refused.key == key
    assert reason in refused.reason


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("reward.cap", 'unit = "yuan"\n', "", "required"),
        ("reward.cap", 'origin = "T"\n', "", "required"),
        ("reward.cap", "value = 500000.00\n", "", "neither a value nor silent"),
        ("reward.cap", 'origin = "T"', 'origin = "A"', "'T', 'C' or 'D'"),
        ("reward.cap", 'unit = "yuan"', 'unit = "fen"', "'yuan'"),
        ("reward.cap", "value = ", "silent = true\nvalue = ", "has no value"),
        ("reward.cap", "value = ", "default = 1.00\nvalue = ", "only for a silent"),
        ("reward.cap", "500000.00", "500000.001", "not of unit yuan"),
        ("reward.cap", "500000.00", "500000", "not of unit yuan"),
        ("reward.cap", "500000.00", "-1.00", "not of unit yuan"),
        ("reward.cap", "500000.00", "nan", "not of unit yuan"),
        ("reward.rate_max", "0.05", "5.0", "not of unit ratio"),
        ("evaluation.first_level_weights", "0.30", '"0.30"', "not of unit ratio"),
        ("evaluation.score_scale", "[0, 100]", "[100, 0]", "not of unit range"),
        ("evaluation.failure_years", "value = 2", "value = true", "not of unit years"),
        ("contract.mandatory", "true", '"yes"', "not of unit bool"),
        ("review.acts", "new_purchase", "new_construction", "not of unit enum"),
        ("resource.update_latency_max", "PT24H", "1 day", "not of unit duration"),
        ("policy.issue_date", "2020-08-11", '"2020-08-11"', "not of unit date"),
        ("reward.cap", '"JS 30"', '"JS 34"', "no such article: JS 34"),
        ("reward.cap", '"JS 30"', '"JS 0"', "no such article: JS 0"),
        ("reward.cap", '"JS 30"', '"CQ 20"', "no such article: CQ 20"),
        ("reward.cap", '"JS 30"', '"JS B"', "no such article: JS B"),
        ("reward.cap", 'choice = "A50"', 'choice = "B50"', "pattern"),
        ("reward.cap", "note =", "remark =", "not permitted"),
        ("reward.cap", "note =", "open = true\nnote =", "only a list can be open"),
        ("reward.cap", "note =", "local = true\nnote =", "cannot be local"),
        ("reward.cap", "note =", "fail_closed = true\nnote =", "can fail closed"),
        ("fee.max_margin", "default =", "fail_closed = true\ndefault =", "can fail closed"),
        ("reward.cap", "note =", "limits = { most = 1 }\nnote =", "not permitted"),
        ("reward.cap", "note =", 'limits = { keys_of = "reward.grades" }\nnote =', "no such parameter: reward.grades"),
        ("reward.cap", "note =", "limits = { below = 500000.00 }\nnote =", "must be less than 500000.00"),
        ("reward.rate_max", "note =", "limits = { sum = 1.00 }\nnote =", "table with a number for each"),
        ("evaluation.first_level_weights", "note =", "limits = { sum = 0.90 }\nnote =", "add up to 1.00"),
        ("reward.allocation", '"pro_rata_largest_remainder", "app', '"app', "must be one of: approval_order"),
    ],
)
def test_a_fault_in_a_parameter_is_named(name: str, old: str, new: str, reason: str) -> None:
    refused = refusal_of(changed_row(name, old, new))
    assert refused.key == name or refused.key.startswith(f"{name}.")
    assert reason in refused.reason


@pytest.mark.parametrize("place", ["JS 33", "JS A", "JS 7(3)", "JS 12.b", "JS notice", "JS title"])
def test_a_place_may_be_an_item_a_sentence_or_a_part(place: str) -> None:
    edition_from(JIANGSU_FILE, changed_row("reward.cap", '"JS 30"', f'"{place}"'))


def written(directory: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        (directory / name).write_text(text, encoding="utf-8")
    return directory


def test_a_parameter_of_one_regulation_alone_is_refused(tmp_path: Path) -> None:
    texts = FILES | {JIANGSU_FILE: changed("[reward.cap]\n", "[reward.ceiling]\n")}
    with pytest.raises(RegimeFileError, match="another regulation has this parameter") as refused:
        regimes_in(written(tmp_path, texts))
    assert (refused.value.file, refused.value.key) in {(CHONGQING_FILE, "reward.ceiling"), (JIANGSU_FILE, "reward.cap")}


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(FILES[JIANGSU_FILE].encode("gb18030"))
    with pytest.raises(RegimeFileError, match=r"a\.toml: -: not UTF-8"):
        regimes_in(tmp_path)


def test_two_folders_may_not_have_a_file_of_one_name(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    with pytest.raises(RegimeFileError, match="another folder has a file of this name"):
        regimes_in(written(one, FILES), written(other, FILES))


def test_a_folder_of_ones_own_adds_regimes_and_later_editions(tmp_path: Path) -> None:
    later = FILES[JIANGSU_FILE].replace("2020-10-01", "2031-01-01").replace('"2020-217"', '"2031-1"')
    regimes = load_regimes(written(tmp_path, {"later.toml": later}))
    assert [edition.edition for edition in regimes["jiangsu"].editions] == ["2020-217", "2031-1"]
    assert load_regimes()["jiangsu"].editions[-1].edition == "2020-217"
    with pytest.raises(UnknownRegime, match="TONGCHOU_REGIMES_DIR"):
        load_regime("atlantis", tmp_path)
    with pytest.raises(RegimeFileError, match="no such folder"):
        load_regimes(tmp_path / "missing")


def test_two_editions_may_not_begin_on_the_same_day(tmp_path: Path) -> None:
    with pytest.raises(RegimeFileError, match="overlaps with"):
        regimes_in(written(tmp_path, {**FILES, "jiangsu-copy.toml": FILES[JIANGSU_FILE]}))


def test_editions_stand_in_the_order_of_their_dates(tmp_path: Path) -> None:
    later = FILES[JIANGSU_FILE].replace("2020-10-01", "2031-01-01").replace('"2020-217"', '"2030-1"')
    regimes = regimes_in(written(tmp_path, {**FILES, "a-later.toml": later}))
    assert [edition.edition for edition in regimes["jiangsu"].editions] == ["2020-217", "2030-1"]
