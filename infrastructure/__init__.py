# SPDX-License-Identifier: Apache-2.0
"""Adapters: the only package that knows connections, files, keys, clocks and the event store's library."""
