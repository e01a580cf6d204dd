# SPDX-License-Identifier: Apache-2.0
"""The application and a province at its counter, for scenarios told over HTTP."""

from tests.api.conftest import app, client, desk, province

__all__ = ["app", "client", "desk", "province"]
