# SPDX-License-Identifier: Apache-2.0
"""`tongchou explain`: a reservation on a terminal, and what is said where there is none."""

from pathlib import Path
from uuid import uuid4

import pytest

from infrastructure.bootstrap import Platform
from tests.application.reservations.province import Province, province
from tests.cli.conftest import Tongchou

__all__ = ["province"]


def test_a_reservation_is_told_in_both_languages_and_as_json(
    tongchou: Tongchou,
    province: Province,
    platform: Platform,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("TONGCHOU_DATABASE_URL", platform.dsn)
    monkeypatch.setenv("TONGCHOU_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TONGCHOU_MASTER_KEY_FILE", str(platform.settings.key_file))
    asked = str(province.ask().id)
    told = tongchou("explain", asked, "--jurisdiction", "jiangsu")
    assert (told.code, "报价 ¥600.00" in told.out, "一致" in told.out) == (0, True, True)
    assert "Versions in force then" in tongchou("explain", asked, "--lang", "en").out
    document = tongchou("explain", asked, "--json").document
    assert (document["reservation"], document["agrees"]) == (asked, True)


def test_where_there_is_none_one_sentence_says_so(tongchou: Tongchou, home: str) -> None:
    assert home
    ran = tongchou("explain", str(uuid4()))
    assert (ran.code, "nothing was shown" in ran.err) == (1, True)
    assert tongchou("explain", "x").code == 2
    assert tongchou("explain", str(uuid4()), "--lang", "fr").code == 2
