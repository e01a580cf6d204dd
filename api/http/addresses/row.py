# SPDX-License-Identifier: Apache-2.0
"""One address: method, path below `/api/v1`, the command's name, the status of success."""

Row = tuple[str, str, str, int]
NEW, DONE = 201, 200
