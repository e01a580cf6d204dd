# SPDX-License-Identifier: Apache-2.0
"""One data key per subject, wrapped by a master key; AES-256-GCM bound to stream, version and field."""

from __future__ import annotations

import base64
import secrets
from threading import Lock
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from pathlib import Path

    from infrastructure.database.pool import Database

NONCE_BYTES = 12
KEY_BYTES = 32


class Keyring:
    """Seals and opens personal values. Keys are made on first use and cached for the life of the process."""

    def __init__(self, database: Database, master_key: bytes) -> None:
        self._database = database
        self._master = AESGCM(master_key)
        self._keys: dict[UUID, AESGCM | None] = {}
        self._lock = Lock()

    def seal(self, subject: UUID, value: str, place: bytes) -> str:
        """Encrypt a value for its place in the log; makes the subject's key if there is none."""
        key = self._key(subject) or self._make_key(subject)
        nonce = secrets.token_bytes(NONCE_BYTES)
        return base64.b64encode(nonce + key.encrypt(nonce, value.encode(), place)).decode()

    def open(self, subject: str, sealed: str, place: bytes) -> str | None:
        """The value, or None where its key was destroyed. Raises ValueError for a ciphertext moved elsewhere."""
        key = self._key(UUID(subject))
        if key is None:
            return None
        raw = base64.b64decode(sealed)
        try:
            return key.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place).decode()
        except InvalidTag as error:
            message = f"a personal value of {subject} does not belong at {place.decode()}"
            raise ValueError(message) from error

    def _key(self, subject: UUID) -> AESGCM | None:
        with self._lock:
            if self._keys.get(subject):
                return self._keys[subject]
        with self._database.reading() as cursor:
            row = cursor.execute("SELECT key_id, wrapped FROM subject_keys WHERE subject = %s", (subject,)).fetchone()
        if row is None:
            return None
        key = AESGCM(self._unwrapped(subject, row[0], bytes(row[1])))
        with self._lock:
            self._keys[subject] = key
        return key

    def _make_key(self, subject: UUID) -> AESGCM:
        key_id, data_key = uuid4(), AESGCM.generate_key(bit_length=256)
        nonce = secrets.token_bytes(NONCE_BYTES)
        wrapped = nonce + self._master.encrypt(nonce, data_key, f"{subject}|{key_id}".encode())
        with self._database.writing() as cursor:
            cursor.execute(
                "INSERT INTO subject_keys (subject, key_id, wrapped) VALUES (%s, %s, %s)"
                " ON CONFLICT ON CONSTRAINT subject_keys_pk DO NOTHING",
                (subject, key_id, wrapped),
            )
        key = self._key(subject)
        assert key is not None
        return key

    def _unwrapped(self, subject: UUID, key_id: UUID, wrapped: bytes) -> bytes:
        place = f"{subject}|{key_id}".encode()
        try:
            return self._master.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], place)
        except InvalidTag as error:
            message = "the master key does not fit this database: use the key the data was written with"
            raise ValueError(message) from error


def master_key(path: Path) -> bytes:
    """The master key from its file (mode 0600), made on first use. Raises ValueError for a damaged file."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode())
    key = base64.b64decode(path.read_text().strip())
    if len(key) != KEY_BYTES:
        message = f"{path} does not hold a master key of {KEY_BYTES} bytes"
        raise ValueError(message)
    return key
