# SPDX-License-Identifier: Apache-2.0
"""How the system is reached: HTTP with JSON, and the command line. Nothing is decided here."""
