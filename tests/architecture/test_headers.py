# SPDX-License-Identifier: Apache-2.0
"""Whoever reads a single file of ours knows under which licence."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "application", "infrastructure", "projections", "api", "tests")
HEADER = "# SPDX-License-Identifier: Apache-2.0\n"


def test_every_module_names_its_licence() -> None:
    modules = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    assert modules
    assert [path for path in modules if not path.read_text().startswith(HEADER)] == []


def test_the_licence_is_there_in_full() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
