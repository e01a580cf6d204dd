# SPDX-License-Identifier: Apache-2.0
"""A look at a page, on a server of this machine."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event as Signal
from threading import Thread

import pytest

from infrastructure.channels.fetching import Seen, fetcher

PATIENCE = 0.5
OVER = Signal()
"""Until then the slow page does not answer."""


class _Portal(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.strip("/")
        if name == "slow":
            OVER.wait()
        status = {"gone": 404, "broken": 500, "moved": 302, "out": 302}.get(name, 200)
        self.send_response(status)
        if name in ("moved", "out"):
            self.send_header("Location", "/here" if name == "moved" else "file:///etc/hosts")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def portal() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Portal)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    OVER.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("/here", Seen(reachable=True, detail="HTTP 200")),
        ("/moved", Seen(reachable=True, detail="HTTP 200")),
        ("/gone", Seen(reachable=False, detail="HTTP 404")),
        ("/broken", Seen(reachable=False, detail="HTTP 500")),
        ("/slow", Seen(reachable=False, detail="no answer within 0.5 s")),
    ],
)
def test_a_page_answers_or_not(portal: str, path: str, seen: Seen) -> None:
    assert fetcher(seconds=PATIENCE, private=True)(portal + path) == seen


def test_nothing_is_fetched_inside_private_networks_unless_allowed(portal: str) -> None:
    seen = fetcher(seconds=PATIENCE)(portal + "/here")
    assert seen == Seen(reachable=False, detail="an address of a private network")


@pytest.mark.parametrize("url", ["file:///etc/hosts", "ftp://127.0.0.1/", "http://", "nonsense", "http://[broken"])
def test_what_is_no_page_is_not_reached(url: str) -> None:
    assert not fetcher(seconds=PATIENCE, private=True)(url).reachable


def test_a_redirect_out_of_the_web_is_not_followed(portal: str) -> None:
    seen = fetcher(seconds=PATIENCE, private=True)(portal + "/out")
    assert not seen.reachable


def test_nobody_there_is_said_in_a_few_words() -> None:
    seen = fetcher(seconds=PATIENCE, private=True)("http://127.0.0.1:9/")
    assert not seen.reachable
    assert 0 < len(seen.detail) <= 200
