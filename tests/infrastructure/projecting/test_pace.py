# SPDX-License-Identifier: Apache-2.0
"""The projector rests longer while the log grows fast, and not for a burst."""

from infrastructure.projecting.pace import BUSY_SECONDS, CALM_SECONDS, Pace


def rests(*batches: tuple[float, int]) -> list[float]:
    times = iter([at for at, _ in batches])
    pace = Pace(lambda: next(times))
    return [pace.rest(position) for _, position in batches]


def test_a_moderate_load_is_followed_closely() -> None:
    assert rests((0.0, 0), (0.5, 100), (1.0, 200)) == [CALM_SECONDS] * 3


def test_a_burst_after_silence_is_no_load() -> None:
    assert rests((0.0, 0), (0.4, 0), (0.45, 200), (0.6, 210)) == [CALM_SECONDS] * 4


def test_lasting_load_is_followed_in_larger_batches_until_it_ends() -> None:
    assert rests((0.0, 0), (0.5, 600), (1.0, 1_200), (1.5, 1_210)) == [
        CALM_SECONDS,
        BUSY_SECONDS,
        BUSY_SECONDS,
        CALM_SECONDS,
    ]
