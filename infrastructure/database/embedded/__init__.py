# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of our own, for demonstrations, tests and small installations.

The binaries come from a Python package; starting and stopping them is done here, because that package's own starter
opens parent directories to the world and gives crash recovery ten seconds.
"""

from infrastructure.database.embedded.errors import EmbeddedServerError
from infrastructure.database.embedded.server import EmbeddedServer
from infrastructure.database.embedded.sharing import embedded_server

__all__ = ["EmbeddedServer", "EmbeddedServerError", "embedded_server"]
