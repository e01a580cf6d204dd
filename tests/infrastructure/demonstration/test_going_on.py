# SPDX-License-Identifier: Apache-2.0
"""A demonstration that was cut off goes on where it stopped, as if nothing had happened."""

from pathlib import Path

import pytest

from infrastructure.bootstrap import open_platform
from infrastructure.demonstration.drive import run_demonstration
from infrastructure.history.verify import verify
from infrastructure.settings import Settings

CUT_AFTER_DAYS = 845
"""Within the month lived in detail."""


class CutOffError(Exception):
    """Somebody pressed Ctrl-C."""


def cut(_jurisdiction: str, lived: int, _whole: int) -> None:
    if lived == CUT_AFTER_DAYS:
        raise CutOffError


@pytest.mark.slow
def test_a_demonstration_that_was_cut_off_goes_on(own_database: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with pytest.raises(CutOffError):
        run_demonstration(settings, own_database, seed=1, progress=cut, only="chongqing")
    report = run_demonstration(settings, own_database, seed=1, only="chongqing")
    assert report.commands["chongqing"] > 10_000
    assert run_demonstration(settings, own_database, seed=1, only="chongqing").commands == {"chongqing": 0}
    with open_platform(settings, own_database) as platform:
        proof = verify(platform)
    assert proof.ok, proof.as_dict()
