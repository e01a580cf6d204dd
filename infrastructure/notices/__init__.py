# SPDX-License-Identifier: Apache-2.0
"""Notices on their way out: filled wordings, mail server and gateway, and the worker's rounds."""
