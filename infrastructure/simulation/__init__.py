# SPDX-License-Identifier: Apache-2.0
"""Long made-up histories, quickly: the decisions and claims of users' commands, committed by the thousand."""
