# SPDX-License-Identifier: Apache-2.0
"""Samples sent in for a commissioned test: from the application to the report and its rating."""
