# SPDX-License-Identifier: Apache-2.0
"""Whatever refuses a line, in words of both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from application.errors import ApplicationError, IdempotencyKeyReused
from domain.kernel.errors import DomainError
from infrastructure.importing.outcome import Reason
from infrastructure.importing.problems import LineRefused, Problem, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infrastructure.words import Words

LANGUAGES = ("zh", "en")
REFUSALS = (LineRefused, ValidationError, DomainError, ApplicationError)


def reasons_of(refused: Exception, words: Words) -> Iterator[Reason]:
    """Every reason for which a line, its registration or its opening was refused."""
    match refused:
        case LineRefused():
            yield from map(_of_problem, refused.problems)
        case IdempotencyKeyReused():
            yield _of_problem(Problem("differs"))
        case ValidationError():
            for item in refused.errors():
                place = ".".join(str(part) for part in item["loc"])
                yield _of_problem(Problem("bad_value", place, {"message": item["msg"]}))
        case DomainError():
            texts = zip(*(words.refusals(refused, language) for language in LANGUAGES), strict=True)
            for violation, (zh, en) in zip(refused.violations, texts, strict=True):
                yield Reason(violation.field or "", violation.code, zh, en)
        case ApplicationError():
            zh, en = (" ".join(words.refusals(refused, language)) for language in LANGUAGES)
            yield Reason("", refused.code, zh, en)


def _of_problem(problem: Problem) -> Reason:
    zh, en = (in_words(problem, language) for language in LANGUAGES)
    return Reason(problem.field, f"import.{problem.code}", zh, en)
