# SPDX-License-Identifier: Apache-2.0
"""Mappings: ours are sound, and a wrong one is refused with its reason."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from infrastructure.importing.mapping import load_mapping, names
from infrastructure.importing.problems import FileRefused
from infrastructure.policy.loader import load_regimes


@pytest.mark.parametrize("name", names())
def test_our_mappings_know_an_instrument_in_every_regime(name: str) -> None:
    mapping = load_mapping(name)
    for regime in load_regimes().values():
        types = regime.editions[-1].value("resource.types")
        assert mapping.instrument_type[regime.name] in types


def test_defaults_given_by_hand_go_first() -> None:
    assert load_mapping("emsl", {"original_value_yuan": "5"}).defaults["original_value_yuan"] == "5"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[columns]\nname_zh = '名称'", "no column for asset_number"),
        ("[columns]\nasset_number = 'a'\ncolour = 'b'", "unknown fields colour"),
        ("[columns]\nasset_number = 'a'\n[colums]", "is wrong"),
        ("not toml at all", "is wrong"),
    ],
)
def test_a_wrong_mapping_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(FileRefused, match=says):
        load_mapping(str(path))


def test_an_unknown_name_lists_ours() -> None:
    with pytest.raises(FileRefused, match="emsl, ledger"):
        load_mapping("nothing-of-that-name")


def test_every_reason_is_said_in_both_languages() -> None:
    words = tomllib.loads(files("infrastructure.importing").joinpath("words.toml").read_text("utf-8"))["errors"]
    assert all(set(text) == {"zh", "en"} for text in words.values())
    said = {code.removeprefix("import.") for code in words}
    folder = Path(str(files("infrastructure.importing")))
    source = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    assert [code for code in said if f'"{code}"' not in source] == []
