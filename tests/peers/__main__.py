# SPDX-License-Identifier: Apache-2.0
"""`python -m tests.peers` writes docs/peers.md."""

from tests.peers.page import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
