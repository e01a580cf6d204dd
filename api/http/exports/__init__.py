# SPDX-License-Identifier: Apache-2.0
"""Any list as a file for a spreadsheet, with the same rows that its reader sees as JSON."""
