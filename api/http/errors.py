# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a request before any rule is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.kernel.errors import Parameter

STATUS = {
    "unauthenticated": 401,
    "jurisdiction_required": 400,
    "no_such_jurisdiction": 404,
    "other_jurisdiction": 403,
    "idempotency_key_required": 400,
    "idempotency_key_malformed": 400,
    "if_match_malformed": 400,
    "if_match_not_applicable": 400,
    "wait_for_malformed": 400,
    "cursor_malformed": 400,
    "malformed_json": 400,
    "out_of_range": 422,
    "not_json": 415,
    "body_too_large": 413,
    "too_many_rows": 422,
    "import_source_missing": 422,
    "import_too_long": 413,
    "no_such_route": 404,
    "method_not_allowed": 405,
    "read_model_behind": 504,
    "internal": 500,
}
"""Every code of this layer with its HTTP status. Its texts stand in words.toml."""

SECONDS_TO_RETRY = "1"


class HttpRefusal(Exception):
    """A request that cannot be taken as it is. `field` names the header or parameter concerned."""

    def __init__(
        self, code: str, *, field: str | None = None, headers: dict[str, str] | None = None, **parameters: Parameter
    ) -> None:
        self.code = code
        self.status = STATUS[code]
        self.field = field
        self.headers = headers or {}
        self.parameters = parameters
        super().__init__(code)


class BodyTooLarge(HttpRefusal):
    """More bytes than a request may have, counted while they arrive."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__("body_too_large", headers={"Connection": "close"}, limit_bytes=limit_bytes)


class Unauthenticated(HttpRefusal):
    """No token, or none that is known and in force."""

    def __init__(self) -> None:
        super().__init__(
            "unauthenticated", field="Authorization", headers={"WWW-Authenticate": 'Bearer realm="tongchou"'}
        )
