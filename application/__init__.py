# SPDX-License-Identifier: Apache-2.0
"""One file a use case: a command and its handler. The same path serves page, API, command line and import."""
