# SPDX-License-Identifier: Apache-2.0
"""Document numbers: a series and a gapless serial, such as `HT-JS-U01-2026-000123`."""

from domain.kernel.claims import NextNumber

SERIAL_DIGITS = 6


def document_number(series: str, last: int) -> str:
    """The number that follows the `last` one of a series."""
    return f"{series}-{last + 1:0{SERIAL_DIGITS}d}"


def serial_of(number: str) -> int:
    """The place of a document number in its series."""
    return int(number.rpartition("-")[2])


def claim_of_number(number: str) -> NextNumber:
    """The claim that makes a document number unique and its series gapless."""
    return NextNumber(number.rpartition("-")[0], serial_of(number))
