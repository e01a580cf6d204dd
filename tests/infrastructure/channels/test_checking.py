# SPDX-License-Identifier: Apache-2.0
"""Links are looked at in turn, each page once, and what was seen is recorded."""

from datetime import timedelta

import pytest

from infrastructure.bootstrap import Platform
from infrastructure.channels.checking import Checked, check_channels
from infrastructure.channels.fetching import Seen
from projections.publication_channels import channels_of
from tests.application.office import Office

FIRST, SECOND = "https://one.example/", "https://two.example/"


@pytest.fixture
def office(platform: Platform) -> Office:
    return Office(platform.jurisdictions["jiangsu"])


def project(office: Office) -> None:
    projector = office.home.projector()
    assert projector.lead()
    projector.catch_up()
    projector.close()


def test_each_page_is_fetched_once_and_each_resource_gets_its_record(office: Office, platform: Platform) -> None:
    university = office.legal_person()
    pages = [FIRST, FIRST, SECOND]
    resources = []
    for number, page in enumerate(pages):
        unit = office.unit(university, f"JS-U0{number}", portal_url=page)
        office.rules(unit)
        resources.append(office.published(unit, asset_number=f"A-{number}"))
    project(office)
    asked: list[str] = []

    def fetch(url: str) -> Seen:
        asked.append(url)
        return Seen(reachable=url == FIRST, detail="HTTP 200" if url == FIRST else "HTTP 404")

    done = check_channels(platform, office.home, fetch, most=10, older_than_days=7)
    assert done == Checked(looked_at=3, reachable=2, unreachable=1)
    assert sorted(asked) == [FIRST, SECOND]
    project(office)
    with office.home.database.reading() as cursor:
        seen = [channels_of(cursor, resource)[0] for resource in resources]
    assert [(row["reachable"], row["detail"]) for row in seen] == [
        (True, "HTTP 200"),
        (True, "HTTP 200"),
        (False, "HTTP 404"),
    ]
    assert check_channels(platform, office.home, fetch, most=10, older_than_days=7) == Checked()
    platform.clock.now += timedelta(days=8)  # type: ignore[attr-defined]  # the clock of a test can be set
    assert check_channels(platform, office.home, fetch, most=2, older_than_days=7).looked_at == 2


def test_a_regime_without_the_portal_channel_has_nothing_to_look_at(platform: Platform) -> None:
    def fetch(url: str) -> Seen:
        raise AssertionError(url)

    assert check_channels(platform, platform.jurisdictions["chongqing"], fetch, most=1, older_than_days=0) == Checked()
