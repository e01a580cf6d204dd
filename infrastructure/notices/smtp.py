# SPDX-License-Identifier: Apache-2.0
"""Mail by SMTP: STARTTLS or TLS from the start, a time limit, and the notice's id as Message-ID."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from infrastructure.notices.gateways import SendingFailed

if TYPE_CHECKING:
    from pathlib import Path

    from domain.notices.events import Way
    from infrastructure.notices.gateways import Letter

SECONDS = 10.0
"""A server that is silent for longer is treated as unreachable."""
TEMPORARY = range(400, 500)
_PORTS = {"smtp": 587, "smtp+plain": 25, "smtps": 465}


class WrongAddress(ValueError):
    """The setting cannot be used; it never repeats what was set, which may hold a password."""


@dataclass(frozen=True)
class SmtpGateway:
    """`smtp://` demands STARTTLS, `smtps://` is TLS from the start, `smtp+plain://` is for a relay on this machine."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str
    trusted: Path | None = None
    """A file with further certificates to trust, such as that of a university's own authority."""
    seconds: float = SECONDS
    way: Final[Way] = "email"

    @classmethod
    def of(cls, url: str, sender: str, trusted: Path | None = None) -> SmtpGateway:
        """From a URL such as smtp://user:password@mail.example.edu.cn:587. Raises `WrongAddress`."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.scheme not in _PORTS or not parts.hostname:
            raise WrongAddress("not an SMTP URL, such as smtp://user:password@mail.example.edu.cn:587")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.scheme, parts.hostname, port or _PORTS[parts.scheme], user, password, sender, trusted)

    def send(self, letter: Letter) -> None:
        """One connection a letter: simple, and a server that drops idle ones does no harm. Raises `SendingFailed`."""
        try:
            with self._connected() as server:
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message(letter, self.sender))
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise _refused(code, address=True) from None
        except smtplib.SMTPNotSupportedError:
            raise SendingFailed("refused", "STARTTLS", whole_way=True) from None
        except smtplib.SMTPResponseException as error:
            whole = isinstance(
                error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError
            )
            raise _refused(error.smtp_code, whole_way=whole) from None
        except TimeoutError:
            raise SendingFailed("timed_out", whole_way=True) from None
        except (OSError, smtplib.SMTPException) as error:
            raise SendingFailed("unreachable", type(error).__name__, whole_way=True) from None

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context(cafile=str(self.trusted) if self.trusted else None)
        if self.scheme == "smtps":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.seconds, context=context)
        server = smtplib.SMTP(self.host, self.port, timeout=self.seconds)
        if self.scheme == "smtp":
            try:
                server.starttls(context=context)
            except Exception:
                server.close()
                raise
        return server


def message(letter: Letter, sender: str) -> EmailMessage:
    """The mail. `Date` is when the notice was due, whenever it is sent."""
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = letter.address
    made["Subject"] = letter.text.subject
    made["Date"] = format_datetime(letter.due_at)
    made["Message-ID"] = f"<{letter.notice}@{sender.rpartition('@')[2].rstrip('>') or 'tongchou'}>"
    made["Content-Language"] = "zh-CN" if letter.text.language == "zh" else "en"
    made["Auto-Submitted"] = "auto-generated"
    made["X-Tongchou-Kind"] = letter.kind
    made.set_content(letter.text.body + "\n")
    return made


def _refused(code: int, *, address: bool = False, whole_way: bool = False) -> SendingFailed:
    """A status of 4xx is for now, one of 5xx for good: for good is the address's fault where it names one."""
    for_good = address and code not in TEMPORARY
    return SendingFailed("address_refused" if for_good else "refused", str(code), whole_way=whole_way)
