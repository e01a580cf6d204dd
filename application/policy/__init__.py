# SPDX-License-Identifier: Apache-2.0
"""Decisions of the authority on what the regulations leave open (JS 5, 7, 32; CQ 6, 7)."""

from application.bus import Entry
from application.policy.adopt_local_measures import AdoptLocalMeasures, adopt_local_measures
from application.policy.approve_policy_version import ApprovePolicyVersion, approve_policy_version
from application.policy.draft_policy_version import DraftPolicyVersion, draft_policy_version
from application.policy.repeal_local_measures import RepealLocalMeasures, repeal_local_measures
from application.policy.repeal_policy_version import RepealPolicyVersion, repeal_policy_version
from application.policy.withdraw_policy_version import WithdrawPolicyVersion, withdraw_policy_version
from domain.kernel.actor import Role

DRAFTERS = frozenset({Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE, Role.SCIENCE_DEPARTMENT, Role.SYSTEM})
"""Which of them drafts in a regime, the regime says (`governance.drafters`)."""
COUNCIL = frozenset({Role.COUNCIL, Role.SYSTEM})
TERRITORIES = frozenset({Role.LOCAL_GOVERNMENT, Role.SYSTEM})

ENTRIES: tuple[Entry, ...] = (
    Entry(DraftPolicyVersion, draft_policy_version, DRAFTERS),
    Entry(WithdrawPolicyVersion, withdraw_policy_version, DRAFTERS),
    Entry(ApprovePolicyVersion, approve_policy_version, COUNCIL),
    Entry(RepealPolicyVersion, repeal_policy_version, COUNCIL),
    Entry(AdoptLocalMeasures, adopt_local_measures, TERRITORIES),
    Entry(RepealLocalMeasures, repeal_local_measures, TERRITORIES),
)
"""Every command of the room, its handler, and the roles that may issue it (6.11)."""
