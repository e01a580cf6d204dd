# SPDX-License-Identifier: Apache-2.0
"""Which answer has which description, by method and path below `/api/v1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.documents.checked import CheckedDocument, CheckedSeries
from api.http.documents.explained import ExplanationDocument
from api.http.documents.free import AvailabilityDocument, ClosuresDocument, FirstFreeDocument
from api.http.documents.priced import QuotedDocument
from api.http.documents.refused import ProblemDocument
from api.http.documents.sent import AliveDocument, ReadyDocument, SentDocument, SentLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.http.documents.document import Document

DOCUMENTS: Mapping[tuple[str, str], type[Document]] = {
    ("post", "/reservations/check"): CheckedDocument,
    ("post", "/series/check"): CheckedSeries,
    ("post", "/imports/uses"): SentDocument,
    ("post", "/imports/bookings"): SentDocument,
    ("get", "/reservations/{id}/explanation"): ExplanationDocument,
    ("get", "/instruments/{id}/quote"): QuotedDocument,
    ("get", "/instruments/{id}/availability"): AvailabilityDocument,
    ("get", "/instruments/{id}/closures"): ClosuresDocument,
    ("get", "/units/{id}/closures"): ClosuresDocument,
    ("get", "/first-free"): FirstFreeDocument,
    ("get", "/healthz"): AliveDocument,
    ("get", "/readyz"): ReadyDocument,
}
OTHERS: tuple[type[Document], ...] = (ProblemDocument, SentLine)
"""Described too, and named in the places where they occur."""
