# SPDX-License-Identifier: Apache-2.0
"""One look at one page, with a time-out. The body is not read; what counts is whether the page answers."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

if TYPE_CHECKING:
    from email.message import Message
    from typing import IO

LONGEST_DETAIL = 200


@dataclass(frozen=True)
class Seen:
    """Whether a page answered, and how, in a few words."""

    reachable: bool
    detail: str


Fetcher = Callable[[str], Seen]
"""A look at an address."""


class Forbidden(URLError):
    """The address lies inside a private network, where pages for the public cannot be."""


class _Redirects(HTTPRedirectHandler):
    def __init__(self, *, private: bool) -> None:
        self._private = private

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        _require_public(newurl, private=self._private)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]  # as it is called


def fetcher(*, seconds: float, private: bool = False) -> Fetcher:
    """A fetcher that waits at most so long; addresses of private networks are refused unless `private`.

    Units write their links themselves: what they write must not let anybody knock on doors behind the firewall.
    """
    opener = build_opener(_Redirects(private=private))

    def look(url: str) -> Seen:
        try:
            _require_public(url, private=private)
            request = Request(url, headers={"User-Agent": "tongchou-channel-check"})  # noqa: S310 - checked above
            with opener.open(request, timeout=seconds) as answer:
                return Seen(reachable=True, detail=f"HTTP {answer.status}")
        except HTTPError as error:
            error.close()
            return Seen(reachable=False, detail=f"HTTP {error.code}")
        except TimeoutError:
            return Seen(reachable=False, detail=f"no answer within {seconds:g} s")
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            late = isinstance(reason, TimeoutError)
            return Seen(reachable=False, detail=f"no answer within {seconds:g} s" if late else _short(reason))

    return look


def _require_public(url: str, *, private: bool) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        message = "not a page on the web"
        raise URLError(message)
    if private:
        return
    for found in socket.getaddrinfo(parts.hostname, parts.port or 0, type=socket.SOCK_STREAM):
        if not ip_address(str(found[4][0]).partition("%")[0]).is_global:
            message = "an address of a private network"
            raise Forbidden(message)


def _short(reason: object) -> str:
    return (str(reason) or type(reason).__name__)[:LONGEST_DETAIL]
