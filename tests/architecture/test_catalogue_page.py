# SPDX-License-Identifier: Apache-2.0
from infrastructure.catalogue_page import PAGE, catalogue_page


def test_the_catalogue_of_events_and_commands_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == catalogue_page(), "run python -m infrastructure.catalogue_page"
