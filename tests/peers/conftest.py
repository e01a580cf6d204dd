# SPDX-License-Identifier: Apache-2.0
"""The small province with its money side, and a counter of the API: where peers' defects are tried."""

import pytest

from tests.api.conftest import app, client, desk
from tests.api.desk import Desk, Province, found_province
from tests.application.reservations.province import province
from tests.application.vouchers.treasury import treasury

__all__ = ["app", "client", "desk", "market", "province", "treasury"]


@pytest.fixture
def market(desk: Desk) -> Province:
    """What the API's tests call their province: a published instrument and a customer behind the counter."""
    return found_province(desk)
