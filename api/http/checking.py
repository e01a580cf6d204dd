# SPDX-License-Identifier: Apache-2.0
"""`POST /reservations/check`: what would become of a request or a move. A read: nothing is written, nothing held."""

from __future__ import annotations

import inspect
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

import orjson
from pydantic import ConfigDict, Field, StringConstraints
from starlette.responses import Response

from api.http.bodies import model_without, parsed
from api.http.commanding import PREFIX, permit
from api.http.explaining.checked import checked
from api.http.explaining.elsewhere import elsewhere
from api.http.headers import require_json
from api.http.language import preferred
from api.http.problems import correlation_of
from api.http.raw_route import RawRoute, keyword, shape_of
from api.http.rendering import as_json
from api.http.security import BEARER, READ_PROBLEMS
from application.command import Command
from application.errors import NotPermitted
from application.reservations.checking import tried
from application.reservations.request_reservation import RequestReservation
from application.reservations.reschedule_reservation import RescheduleReservation
from domain.kernel.actor import Role
from domain.kernel.time import Span
from projections.usable_grants import usable_grants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from api.http.identity import Identities, Identity
    from application.bus import Entry
    from application.looking import Look
    from application.reservations.checking import Trial
    from infrastructure.bootstrap import Platform

PATH = "/reservations/check"
NOT_SAID = "核对 / check"


class CheckMove(Command):
    """A reservation and the time to which it would move."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "span": {"start": "2026-03-03T09:00:00+08:00", "end": "2026-03-03T11:00:00+08:00"},
            }
        }
    )

    reservation_id: UUID
    span: Span
    consent: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = Field(default="")

    def move(self) -> RescheduleReservation:
        """The command it asks about."""
        return RescheduleReservation(
            reservation_id=self.reservation_id, span=self.span, reason=NOT_SAID, consent=self.consent
        )


class CheckRoute(RawRoute):
    """Takes the raw request, as commands do; whoever may issue the command may ask about it, and nobody else."""

    def __init__(self, platform: Platform, entries: Mapping[type[Command], Entry], identities: Identities) -> None:
        bodies: Any = model_without(RequestReservation, frozenset(), "Check") | model_without(
            CheckMove, frozenset(), "Body"
        )
        super().__init__(
            PREFIX + PATH,
            shape_of("check_reservation", [keyword("body", bodies)]),
            partial(_answer, platform, entries, identities),
            methods=["POST"],
            operation_id="check_reservation",
            summary="What would become of a request or a move",
            description=inspect.cleandoc(_DESCRIPTION),
            tags=["reservations"],
            responses=READ_PROBLEMS,
            openapi_extra=BEARER,
        )


def _answer(
    platform: Platform,
    entries: Mapping[type[Command], Entry],
    identities: Identities,
    request: Request,
    body: bytes,
) -> Response:
    identity = identities.of(request.headers.get("authorization"))
    moves = _is_move(body)
    permit(entries[RescheduleReservation if moves else RequestReservation], identity, correlation_of(request.scope))
    require_json(request.headers.get("content-type"))
    asked = _asked(body, moves=moves)
    language = preferred(request.headers.get("accept-language"))

    def document(look: Look) -> dict[str, Any]:
        trial = tried(look, asked)
        grants = _grants(identity, trial)
        found = checked(look, trial, grants, platform.words, language)
        if not trial.accepted and not found["nearest"]["slots"] and isinstance(asked, RequestReservation):
            with identity.jurisdiction.database.snapshot() as cursor:
                found["elsewhere"] = elsewhere(cursor, look, trial, asked)
        return found

    try:
        found = identity.jurisdiction.bus.look(identity.actor, document)
    except NotPermitted as refused:
        _note(identity, refused, request)
        raise
    return Response(as_json(found), 200, {}, "application/json")


def _asked(body: bytes, *, moves: bool) -> RequestReservation | RescheduleReservation:
    if moves:
        return cast("CheckMove", parsed(CheckMove, body, {})).move()
    return cast("RequestReservation", parsed(RequestReservation, body, {}))


def _grants(identity: Identity, trial: Trial) -> list[UUID]:
    """The user's own vouchers, for the user's own eyes: others see the one they name alone."""
    if identity.actor.role is not Role.USER or identity.actor.user != trial.user or not trial.asker.external:
        return []
    with identity.jurisdiction.database.snapshot() as cursor:
        return usable_grants(cursor, [owner for owner in (trial.asker.customer, trial.user) if owner])


def _is_move(body: bytes) -> bool:
    """Whether a reservation is named; a body that is no JSON is refused when it is parsed."""
    try:
        data = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError:
        return False
    return isinstance(data, dict) and bool({"reservation_id", "reservation"} & data.keys())


def _note(identity: Identity, refused: NotPermitted, request: Request) -> None:
    identity.jurisdiction.refusals.note(
        actor=identity.actor,
        command=f"POST {PATH}",
        code=refused.code,
        detail=dict(refused.parameters),
        correlation=correlation_of(request.scope),
    )


_DESCRIPTION = """
    The body of a request, or `{reservation_id, span}` for a move. Nothing is written and nothing is held.

    `rules` tells every rule judged, `violations` every broken one with its article or published rule, who may set it
    aside and what would have to change; `slot` what stands in the way, never who; `approvals` who will be asked until
    when; `nearest` the nearest times that would be accepted; `quote` the price step by step; `vouchers` what each would
    carry and why not more; `cancellation` what giving it up would cost at each moment. Accepted here is accepted by the
    command at the same moment: it is the command that is tried.

    Whoever may issue the command may ask.
    """
