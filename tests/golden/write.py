# SPDX-License-Identifier: Apache-2.0
"""Adds the lines of new event versions to the golden list; run it as `python -m tests.golden.write`."""

import base64
import json

from domain.catalogue import EVENT_TYPES
from infrastructure.event_store.mapper import EventMapper, Pending
from tests.golden.samples import sample_event
from tests.golden.sealing import TransparentKeyring
from tests.golden.test_golden_events import GOLDEN, LINES, META, STREAM


def main() -> None:
    """Append what is missing; never touch what is there."""
    known = {(line["type"], int(line["version"])) for line in LINES}
    mapper = EventMapper(TransparentKeyring())
    with GOLDEN.open("a", encoding="utf-8") as file:
        for name, event_class in sorted(EVENT_TYPES.items()):
            if (name, event_class.VERSION) not in known:
                stored = mapper.to_stored_event(Pending(STREAM, 1, sample_event(event_class), META))
                state = base64.b64encode(stored.state).decode()
                file.write(json.dumps({"type": name, "version": str(event_class.VERSION), "state": state}) + "\n")


if __name__ == "__main__":
    main()
