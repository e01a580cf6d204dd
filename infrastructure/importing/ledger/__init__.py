# SPDX-License-Identifier: Apache-2.0
"""Fixed-asset ledgers as units really keep them: titles, totals, merged cells, 万元, dates as text, several sheets."""
