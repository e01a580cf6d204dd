# SPDX-License-Identifier: Apache-2.0
"""Every refusal and every error as application/problem+json (RFC 9457), in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.citing import cited
from api.http import words as own_words
from api.http.errors import SECONDS_TO_RETRY, HttpRefusal
from api.http.errors import STATUS as STATUS_OF_REQUEST
from api.http.fields import violations_of
from api.http.language import preferred
from api.http.rendering import as_json, localised
from application import errors
from domain.kernel.errors import DomainError, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from starlette.types import Scope

    from api.http.language import Language
    from infrastructure.bootstrap import Platform

STATUS: dict[type[errors.ApplicationError], int] = {
    errors.NotFound: 404,
    errors.NotPermitted: 403,
    errors.PreconditionFailed: 412,
    errors.VersionConflict: 409,
    errors.SlotTaken: 409,
    errors.QuotaExhausted: 409,
    errors.KeyTaken: 409,
    errors.IdempotencyKeyReused: 422,
    errors.Unavailable: 503,
}
CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Problem:
    """A refusal before it is written down: code, status, sentence, and the rules broken."""

    code: str
    status: int
    detail: str
    violations: list[dict[str, Any]]
    headers: dict[str, str] = field(default_factory=dict)


class WayOut(Exception):
    """A refusal with more beside it: `violations` told in full, and what else the client may want to know."""

    def __init__(self, refused: DomainError | errors.ApplicationError, told: dict[str, Any]) -> None:
        self.refused, self.told = refused, told
        super().__init__(str(refused))


class Problems:
    """Turns any exception into the answer a client gets; nothing raw ever leaves."""

    def __init__(self, platform: Platform) -> None:
        self._words = platform.words

    def response(self, scope: Scope, error: Exception) -> Response:
        """The answer to a request that ended in `error`."""
        language = _language(scope)
        problem = self.problem(error, language, str(scope.get("method", "")))
        document = {
            "type": f"/problems/{problem.code}",
            "title": own_words.title(problem.status, language),
            "status": problem.status,
            "detail": problem.detail,
            "code": problem.code,
            "violations": problem.violations,
            "correlation_id": str(correlation_of(scope)),
        }
        headers = {"Content-Language": "zh-CN" if language == "zh" else "en", **problem.headers}
        if isinstance(error, WayOut):
            document |= {**error.told, "violations": _in_full(problem.violations, error.told["violations"])}
        return Response(as_json(document), problem.status, headers, CONTENT_TYPE)

    def problem(self, error: Exception, language: Language, method: str = "") -> Problem:
        """What `error` means, in one language."""
        if isinstance(error, WayOut):
            return self.problem(error.refused, language, method)
        if isinstance(error, DomainError):
            return self._broken_rules(error, language)
        if isinstance(error, errors.ApplicationError):
            return self._application_error(error, language)
        if isinstance(error, ValidationError):
            return _invalid(error.errors(include_url=False, include_input=False), language)
        return _own(_refusal(error, method), language)

    def _broken_rules(self, error: DomainError, language: Language) -> Problem:
        violations = [self._violation(violation, language) for violation in error.violations]
        code, detail = _summary([(violation["code"], violation["message"]) for violation in violations], language)
        conflict = any(violation.code.endswith("wrong_state") for violation in error.violations)
        return Problem(code, 409 if conflict else 422, detail, violations)

    def _application_error(self, error: errors.ApplicationError, language: Language) -> Problem:
        status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
        parameters = dict(error.parameters)
        if isinstance(error, errors.NotPermitted):
            parameters.pop("user", None)  # whose it is stands in the log of refusals, and is told to no stranger
        violation = self._violation(Violation(error.code, parameters, field=error.field), language)
        headers = {"Retry-After": SECONDS_TO_RETRY} if status == STATUS[errors.Unavailable] else {}
        return Problem(error.code, status, violation["message"], [violation], headers)

    def _sentence(self, violation: Violation, language: Language) -> str:
        code, parameters = violation.code, violation.parameters
        return own_words.spoken(lambda: self._words.error(code, language, parameters), code)

    def _violation(self, violation: Violation, language: Language) -> dict[str, Any]:
        citation = violation.citation
        return {
            "code": violation.code,
            "message": self._sentence(violation, language),
            "field": violation.field,
            "parameters": localised(violation.parameters),
            "citation": cited(citation),
            "overridable_by": violation.overridable_by,
        }


def _in_full(known: list[dict[str, Any]], told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each violation with what else is told of it; what was not found again stays as it is."""
    more = {(each["code"], each["field"], each["message"]): each for each in told}
    return [{**more.get((each["code"], each["field"], each["message"]), {}), **each} for each in known]


def _refusal(error: Exception, method: str) -> HttpRefusal:
    if isinstance(error, HttpRefusal):
        return error
    if isinstance(error, OverflowError):
        # A day or time so near the end of the calendar that a period counted from it lies beyond.
        return HttpRefusal("out_of_range")
    if isinstance(error, HTTPException) and error.status_code == STATUS_OF_REQUEST["no_such_route"]:
        return HttpRefusal("no_such_route")
    if isinstance(error, HTTPException) and error.status_code == STATUS_OF_REQUEST["method_not_allowed"]:
        return HttpRefusal("method_not_allowed", headers=dict(error.headers or {}), method=method)
    return HttpRefusal("internal")


def _own(error: HttpRefusal, language: Language) -> Problem:
    message = own_words.error(error.code, language, error.parameters)
    violation = plain_violation(error.code, message, error.field, error.parameters)
    return Problem(error.code, error.status, message, [violation] if error.field else [], error.headers)


def _invalid(found: Iterable[Any], language: Language) -> Problem:
    violations = [
        plain_violation("request.invalid", broken.message, broken.field, broken.parameters)
        for broken in violations_of(found, language)
    ]
    first = violations[0]
    several = own_words.error("request.invalid", language, {"count": len(violations)})
    detail = f"{first['field']}: {first['message']}" if len(violations) == 1 else several
    return Problem("request.invalid", 422, detail, violations)


def plain_violation(code: str, message: str, name: str | None, parameters: Any) -> dict[str, Any]:  # noqa: ANN401
    """A violation that rests on no article."""
    return {
        "code": code,
        "message": message,
        "field": name,
        "parameters": parameters,
        "citation": None,
        "overridable_by": None,
    }


def _summary(broken: list[tuple[str, str]], language: Language) -> tuple[str, str]:
    """Code and sentence of the whole: those of the only rule, or how many there are."""
    if len(broken) == 1:
        return broken[0]
    return "rules.broken", own_words.error("several", language, {"count": len(broken)})


def correlation_of(scope: Scope) -> UUID:
    """The correlation id that the frame gave this request."""
    return cast("UUID", scope["tongchou.correlation"])


def _language(scope: Scope) -> Language:
    for name, value in scope["headers"]:
        if name == b"accept-language":
            return preferred(value.decode("latin-1"))
    return "zh"
