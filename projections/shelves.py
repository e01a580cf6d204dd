# SPDX-License-Identifier: Apache-2.0
"""Shelves: an even sample of the catalogue, of any size, that the index of words finds by itself.

The shelf of an instrument follows from its id alone, so that the same shelves hold the same instruments on every
server and after every rebuild. It is a gram like those of the words: the server cuts the finds of a broad word down to
a few shelves inside the index, whatever it thinks how many there are.
"""

from uuid import UUID
from zlib import crc32

SHELVES = 1_024
SHELF = "#"
BLOCKS = (256, 64, 16, 4, 1)
"""Shelves stand in blocks, so that few grams name many of them."""
MOST_GRAMS = 16


def shelf_of(resource: UUID) -> int:
    """The shelf that an instrument stands on for ever."""
    return crc32(resource.bytes) % SHELVES


def shelf_grams(resource: UUID) -> list[str]:
    """The grams of an instrument's shelf and of the blocks that it stands in."""
    shelf = shelf_of(resource)
    return [_gram(block, shelf // block) for block in BLOCKS]


def shelves_grams(first: int, end: int) -> list[str]:
    """The grams, one of which everything on the shelves `[first, end)` has."""
    block = next(block for block in BLOCKS if first % block == end % block == 0)
    return [_gram(block, number) for number in range(first // block, end // block)]


def rounded(width: int) -> int:
    """At least so many shelves, whole blocks of which 16 grams name any run: 17 shelves are five blocks of four."""
    block = next((block for block in reversed(BLOCKS) if block * MOST_GRAMS >= width), BLOCKS[0])
    return -(-width // block) * block


def _gram(block: int, number: int) -> str:
    return f"{SHELF}{block}:{number}"
