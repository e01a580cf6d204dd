# SPDX-License-Identifier: Apache-2.0
"""A keyring whose ciphertexts can be written down: it encodes and binds the place, and hides nothing."""

import base64
from uuid import UUID

from infrastructure.identity.keyring import Keyring


class TransparentKeyring(Keyring):
    """For golden bytes only: real ciphertexts differ each time."""

    def __init__(self) -> None:
        """No database, no keys."""

    def seal(self, subject: UUID, value: str, place: bytes) -> str:
        """Subject, place and value in plain sight."""
        return base64.b64encode(b"\n".join([subject.bytes.hex().encode(), place, value.encode()])).decode()

    def open(self, subject: str, sealed: str, place: bytes) -> str | None:
        """The value, if it stands where it was sealed."""
        owner, bound, value = base64.b64decode(sealed).split(b"\n", 2)
        assert (owner.decode(), bound) == (UUID(subject).bytes.hex(), place)
        return value.decode()
