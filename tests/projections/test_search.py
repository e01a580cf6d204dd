# SPDX-License-Identifier: Apache-2.0
"""What people type finds what catalogues say."""

import pytest

from projections.search import class_path, fold, initials_of, searchable, sort_key, words_of

MICROSCOPE = searchable(["场发射扫描电子显微镜", "Regulus 8100", *class_path("010102")])


def finds(query: str, texts: list[str]) -> bool:
    stored = searchable(texts)
    grams = set(stored.grams)
    return all(
        any(way and grams >= set(way) for way in (word.grams, word.initials, word.spelt))
        and (word.exact or word.folded in stored.folded)
        for word in words_of(query)
    )


@pytest.mark.parametrize(
    "query",
    ["电镜", "SEM", "ｓｅｍ", "扫描 显微镜", "smdz", "xianweijing", "SAOMIAO", "regulus8100", "Regulus 81", "镜"],
)
def test_a_scanning_electron_microscope_is_found_by_each_of_its_names(query: str) -> None:
    assert finds(query, ["场发射扫描电子显微镜", "Regulus 8100"])


@pytest.mark.parametrize("query", ["透射", "TEM", "液质", "扫描仪", "显微扫描", "weixianjing"])
def test_it_is_not_found_by_names_of_others(query: str) -> None:
    assert not finds(query, ["场发射扫描电子显微镜", "Regulus 8100"])


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("核磁", "600 MHz NMR spectrometer"),
        ("ICP-MS", "电感耦合等离子体质谱仪"),
        ("icpms", "电感耦合等离子体质谱仪"),
        ("液质", "三重四极杆线性离子阱液质联用仪"),
        ("XRD", "多晶X射线衍射仪"),
        ("质谱", "Mass Spectrometer: FTICR, 7 T"),
    ],
)
def test_aliases_join_chinese_and_latin_names(query: str, name: str) -> None:
    assert finds(query, [name])


def test_latin_aliases_match_whole_words_only() -> None:
    assert not finds("电镜", ["Semiconductor assembly system"])


def test_everything_is_found_by_an_empty_query() -> None:
    assert words_of("  ，。 - ") == []


def test_texts_are_folded_to_one_width_and_case() -> None:
    assert fold("ＪＥＭ－F200 ") == "jemf200"


def test_initials_keep_latin_letters_and_order_is_that_of_pinyin() -> None:
    assert initials_of("x射线衍射仪") == "xsxysy"
    assert sorted(["原子力显微镜", "电子探针", "拉曼光谱仪"], key=sort_key) == [
        "电子探针",
        "拉曼光谱仪",
        "原子力显微镜",
    ]


def test_a_class_is_found_by_the_classes_above_it() -> None:
    assert class_path("010102") == ["扫描电镜", "电子光学仪器", "分析仪器"]
    assert class_path("") == []


def test_at_most_two_characters_need_no_recheck() -> None:
    assert [word.exact for word in words_of("电镜 SEM")] == [True, False]
    assert MICROSCOPE.grams == sorted(set(MICROSCOPE.grams))
