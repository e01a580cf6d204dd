# SPDX-License-Identifier: Apache-2.0
"""The one place that knows the library eventsourcing: mapper, recorder, tail reader behind the port EventLog."""
