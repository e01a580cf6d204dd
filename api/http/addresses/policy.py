# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of policy."""

from api.http.addresses.row import DONE, NEW, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/policy-versions", "DraftPolicyVersion", NEW),
    ("POST", "/policy-versions/{version}/withdrawal", "WithdrawPolicyVersion", DONE),
    ("POST", "/policy-versions/{version}/approval", "ApprovePolicyVersion", DONE),
    ("POST", "/policy-versions/{version}/repeal", "RepealPolicyVersion", DONE),
    ("POST", "/local-measures", "AdoptLocalMeasures", NEW),
    ("POST", "/local-measures/{measures}/repeal", "RepealLocalMeasures", DONE),
)
