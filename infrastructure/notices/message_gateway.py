# SPDX-License-Identifier: Apache-2.0
"""Messages by a gateway for SMS or enterprise chat: one POST of JSON a notice, signed with a shared secret.

The gateway answers 2xx once it has taken the message, 409 where it knows the id already, 404 or 422 where the address
is wrong; everything else is tried again.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import orjson

from infrastructure.notices.gateways import SendingFailed
from infrastructure.notices.smtp import SECONDS, WrongAddress

if TYPE_CHECKING:
    from domain.notices.events import Way
    from infrastructure.notices.gateways import Letter

TAKEN = range(200, 300)
KNOWN_ALREADY = 409
NO_SUCH_ADDRESS = (404, 422)
NOT_ALLOWED = (401, 403)


@dataclass(frozen=True)
class MessageGateway:
    """Posts to one address. `Tongchou-Signature` is the HMAC-SHA256 of the body under the secret."""

    scheme: str
    host: str
    port: int | None
    path: str
    secret: str
    seconds: float = SECONDS
    way: Final[Way] = "message"

    @classmethod
    def of(cls, url: str, secret: str) -> MessageGateway:
        """From an http or https URL. Raises `WrongAddress`."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise WrongAddress("not a URL of a gateway, such as https://gateway.example.edu.cn/messages")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return cls(parts.scheme, parts.hostname, port, path, secret)

    def send(self, letter: Letter) -> None:
        """Post it. Raises `SendingFailed`."""
        status = self._post(body(letter), letter)
        if status in TAKEN or status == KNOWN_ALREADY:
            return
        if status in NO_SUCH_ADDRESS:
            raise SendingFailed("address_refused", str(status))
        raise SendingFailed("refused", str(status), whole_way=status in NOT_ALLOWED)

    def _post(self, sent: bytes, letter: Letter) -> int:
        kind = HTTPSConnection if self.scheme == "https" else HTTPConnection
        connection = kind(self.host, self.port, timeout=self.seconds)
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": str(letter.notice),
            "Tongchou-Signature": hmac.new(self.secret.encode(), sent, hashlib.sha256).hexdigest(),
        }
        try:
            connection.request("POST", self.path, sent, headers)
            return connection.getresponse().status
        except TimeoutError:
            raise SendingFailed("timed_out", whole_way=True) from None
        except HTTPException as error:
            raise SendingFailed("unreadable_answer", type(error).__name__) from None
        except OSError as error:
            raise SendingFailed("unreachable", type(error).__name__, whole_way=True) from None
        finally:
            connection.close()


def body(letter: Letter) -> bytes:
    """What is posted."""
    return orjson.dumps(
        {
            "id": str(letter.notice),
            "kind": letter.kind,
            "to": letter.address,
            "language": letter.text.language,
            "subject": letter.text.subject,
            "text": letter.text.body,
            "due_at": letter.due_at.isoformat(),
        }
    )
