# SPDX-License-Identifier: Apache-2.0
"""Where certificates of one jurisdiction are looked up and printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from application.errors import NotFound
from domain.kernel.errors import refusal
from infrastructure.certificates.content import Certificate, certificate_of
from infrastructure.certificates.printing import printed

if TYPE_CHECKING:
    from uuid import UUID

    from application.ports import Claims, EventLog


@dataclass(frozen=True)
class CertificateOffice:
    """`public_url` is where people reach the platform; without it no QR code can be printed, only the path."""

    jurisdiction: str
    log: EventLog
    claims: Claims
    public_url: str | None = None

    def find(self, number: str) -> Certificate | None:
        """The certificate with that number, whatever became of it."""
        return certificate_of(self.log, self.claims, number)

    def shown(self, number: str, *, unit: UUID | None, whole: bool) -> Certificate:
        """The certificate as a reader may see it: of a hidden resource only its own `unit`, or who sees the `whole`.

        Raises `NotFound`.
        """
        found = self.find(number)
        if found is None or (found.hidden and not whole and unit != found.unit):
            raise NotFound(kind="resources.Certificate", id=number)
        return found

    def address(self, number: str) -> str:
        """Where anybody verifies it."""
        path = f"/api/v1/certificates/{quote(number, safe='')}?jurisdiction={quote(self.jurisdiction)}"
        return f"{(self.public_url or '').rstrip('/')}{path}"

    def printed(self, certificate: Certificate) -> bytes:
        """The PDF of a certificate that holds; a withdrawn one would still look valid on paper.

        Raises `resources.certificate_withdrawn`.
        """
        if certificate.ground:
            raise refusal("resources.certificate_withdrawn", number=certificate.number, ground=certificate.ground)
        return printed(certificate, self.address(certificate.number), scan=self.public_url is not None)
