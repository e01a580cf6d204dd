# SPDX-License-Identifier: Apache-2.0
"""Each quotation stands, word for word, in the article that it is cited for. Needs the source texts beside the tree."""

import re
from pathlib import Path

import pytest

from domain.policy import Edition, Parameter
from tests.domain.editions import CHONGQING, JIANGSU

SOURCES = Path(__file__).parents[4] / "shared" / "regulations"
FILES = {JIANGSU.regime: "000_*.txt", CHONGQING.regime: "002_*.txt"}
PASSAGES = "……"
DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
ANNEX = re.compile(r"附江苏省科技资源统筹服务考核评价指标体系")


def number(chinese: str) -> int:
    tens, ten, ones = chinese.rpartition("十")
    return (DIGITS.get(tens, 1) * 10 if ten else 0) + (DIGITS[ones] if ones else 0)


def articles_of(text: str) -> dict[str, str]:
    """The text by place: notice and title before article 1, each article, the annex."""
    text = re.sub(r"\s", "", text)
    parts = re.split(r"第([一二三四五六七八九十]+)条", text)
    before, numbered = parts[0], {str(number(no)): words for no, words in zip(parts[1::2], parts[2::2], strict=True)}
    last, _, annex = ANNEX.sub("\x00", numbered[str(len(numbered))]).partition("\x00")
    return {**numbered, str(len(numbered)): last, "A": annex, "notice": before, "title": before}


def passages_out_of_place(parameter: Parameter, articles: dict[str, str]) -> list[str]:
    cited = [articles[re.sub(r"[(.].*", "", place.partition(" ")[2])] for place in parameter.articles]
    passages = parameter.quotation.split(PASSAGES) if parameter.quotation else []
    return [passage for passage in passages if not any(passage in words for words in cited)]


@pytest.fixture(params=[JIANGSU, CHONGQING], ids=lambda edition: edition.regime)
def edition(request: pytest.FixtureRequest) -> Edition:
    edition: Edition = request.param
    return edition


@pytest.fixture
def articles(edition: Edition) -> dict[str, str]:
    found = sorted(SOURCES.glob(FILES[edition.regime]))
    if not found:
        pytest.skip(f"the source text {FILES[edition.regime]} is not beside this tree")
    return articles_of(found[0].read_text(encoding="utf-8"))


def test_the_source_has_as_many_articles_as_the_file_says(edition: Edition, articles: dict[str, str]) -> None:
    numbers = [int(place) for place in articles if place.isdigit()]
    assert numbers == list(range(1, edition.value("policy.article_count") + 1))


def test_every_quotation_stands_in_an_article_it_is_cited_for(edition: Edition, articles: dict[str, str]) -> None:
    wrong = {name: out for name, item in edition.parameters.items() if (out := passages_out_of_place(item, articles))}
    assert wrong == {}


def test_issuers_and_titles_are_those_of_the_notice(edition: Edition, articles: dict[str, str]) -> None:
    assert edition.title["zh"] in articles["title"]
    assert edition.document_no in articles["notice"]


def test_what_the_text_fixes_is_quoted(edition: Edition) -> None:
    counted = {"policy.issuer_count", "policy.article_count"}
    absent = {"policy.is_trial"}  # that a word does not occur cannot be quoted
    unquoted = {
        name
        for name, item in edition.parameters.items()
        if item.origin == "T" and not item.silent and not item.quotation
    }
    assert unquoted <= counted | absent


@pytest.mark.parametrize("quotation", ["最高6%的比例", "按照实际服务总额……不存在的话", "应与用户签订合同"])
def test_a_wrong_quotation_is_found(quotation: str) -> None:
    articles = {"30": "省有关部门可按照实际服务总额最高5%的比例给予奖励", "18": "应与用户签订合同"}
    parameter = JIANGSU.parameter("reward.rate_max").model_copy(update={"quotation": quotation})
    assert passages_out_of_place(parameter, articles)


def test_a_text_is_split_at_its_articles() -> None:
    articles = articles_of("标题 第一条 甲。\n第二条 乙\n丙。附 江苏省科技资源统筹服务考核评价指标体系 30%")
    assert articles == {"notice": "标题", "title": "标题", "1": "甲。", "2": "乙丙。", "A": "30%"}
    assert [number(text) for text in ("九", "十", "十一", "二十", "三十三")] == [9, 10, 11, 20, 33]
