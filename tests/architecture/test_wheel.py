# SPDX-License-Identifier: Apache-2.0
"""What is in the tree is in the wheel: a data file left out is missed only where the wheel is installed."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "application", "infrastructure", "projections", "api")
# Without the site's packages the tree itself, installed as editable, cannot stand in for the wheel.
OPEN_ALL = """
import json, sys
from importlib.resources import files
directory, names = sys.argv[1], json.load(sys.stdin)
sys.path.insert(0, directory)
for name in names:
    package, _, rest = name.partition("/")
    assert files(package).joinpath(rest).read_bytes() is not None, name
    assert str(files(package)).startswith(directory), package
print(len(names))
"""


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    names = [
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    ]
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "unpacked"
    zipfile.ZipFile(wheel).extractall(unpacked)

    command = [sys.executable, "-I", "-S", "-c", OPEN_ALL, str(unpacked)]
    opened = subprocess.run(command, input=json.dumps(names), capture_output=True, text=True, check=False)
    assert opened.returncode == 0, opened.stderr
    assert int(opened.stdout) == len(names) > 0
