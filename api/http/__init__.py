# SPDX-License-Identifier: Apache-2.0
"""The JSON API: two tables (commands in `routes`, reads in `reading`) and what carries them."""
