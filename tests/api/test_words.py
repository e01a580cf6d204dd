# SPDX-License-Identifier: Apache-2.0
"""Every code, status and rule of this layer speaks both languages."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from api.http import errors, problems, words
from api.http.language import Language

FILE = Path(words.__file__).with_name("words.toml")
TEXTS: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))


def test_every_code_and_status_has_words() -> None:
    assert set(errors.STATUS) <= set(TEXTS["errors"])
    assert {str(status) for status in {*errors.STATUS.values(), *problems.STATUS.values(), 422}} <= set(TEXTS["titles"])


@pytest.mark.parametrize("table", ["titles", "errors", "rules"])
def test_both_languages_ask_for_the_same_values(table: str) -> None:
    for code, text in TEXTS[table].items():
        zh, en = (set(re.findall(r"{\w+}", text[language])) for language in ("zh", "en"))
        assert zh == en, code


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_text_without_its_value_still_reads(language: Language) -> None:
    for code in TEXTS["errors"]:
        assert words.error(code, language, {})
