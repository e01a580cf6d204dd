# SPDX-License-Identifier: Apache-2.0
"""How a user stands with a unit: tags, qualifications, feedback owed, credit points, bans (rulings 8.16 to 8.18)."""
