# SPDX-License-Identifier: Apache-2.0
"""The PostgreSQL server that Tongchou brings with it, and the connections to it."""
