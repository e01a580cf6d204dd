# SPDX-License-Identifier: Apache-2.0
"""Use cases of the parties: who registers whom, and who may act."""

from application.bus import Entry
from application.parties.add_group_member import AddGroupMember, add_group_member
from application.parties.appoint_proxy import AppointProxy, appoint_proxy
from application.parties.change_group_leader import ChangeGroupLeader, change_group_leader
from application.parties.change_legal_person_details import ChangeLegalPersonDetails, change_legal_person_details
from application.parties.change_user_affiliation import ChangeUserAffiliation, change_user_affiliation
from application.parties.deactivate_user import DeactivateUser, deactivate_user
from application.parties.demand_group_approval import DemandGroupApproval, demand_group_approval
from application.parties.dismiss_proxy import DismissProxy, dismiss_proxy
from application.parties.dissolve_group import DissolveGroup, dissolve_group
from application.parties.form_group import FormGroup, form_group
from application.parties.group_permits import LEADERS, STAFF
from application.parties.issue_access_token import IssueAccessToken, issue_access_token
from application.parties.join_platform import JoinPlatform, join_platform
from application.parties.leave_platform import LeavePlatform, leave_platform
from application.parties.limit_group_spending import LimitGroupSpending, limit_group_spending
from application.parties.link_external_identity import LinkExternalIdentity, link_external_identity
from application.parties.lock_period import LockPeriod, lock_period
from application.parties.map_unit_to_legal_person import MapUnitToLegalPerson, map_unit_to_legal_person
from application.parties.merge_unit import MergeUnit, merge_unit
from application.parties.permits import KEEPERS, UNITS
from application.parties.publish_sharing_rules import PublishSharingRules, publish_sharing_rules
from application.parties.publish_unit_house_rules import PublishUnitHouseRules, publish_unit_house_rules
from application.parties.qualify_user import QualifyUser, qualify_user
from application.parties.record_tech_sme_evidence import RecordTechSmeEvidence, record_tech_sme_evidence
from application.parties.register_legal_person import RegisterLegalPerson, register_legal_person
from application.parties.register_unit import RegisterUnit, register_unit
from application.parties.register_user import RegisterUser, register_user
from application.parties.remove_group_member import RemoveGroupMember, remove_group_member
from application.parties.rename_unit import RenameUnit, rename_unit
from application.parties.revoke_access_token import RevokeAccessToken, revoke_access_token
from application.parties.unlink_external_identity import UnlinkExternalIdentity, unlink_external_identity
from domain.kernel.actor import Role

COUNCIL = frozenset({Role.COUNCIL_OFFICE, Role.SYSTEM})
TOKEN_ISSUERS = frozenset({Role.ADMINISTRATOR, Role.SYSTEM})
PERSONS = frozenset({Role.USER, Role.SYSTEM})
HOLDERS = UNITS | {Role.SYSTEM}

ENTRIES: tuple[Entry, ...] = (
    Entry(RegisterLegalPerson, register_legal_person, KEEPERS),
    Entry(ChangeLegalPersonDetails, change_legal_person_details, KEEPERS),
    Entry(RecordTechSmeEvidence, record_tech_sme_evidence, KEEPERS | {Role.SCIENCE_DEPARTMENT}),
    Entry(JoinPlatform, join_platform, frozenset({Role.SERVICE_CENTRE, Role.SYSTEM})),
    Entry(LeavePlatform, leave_platform, frozenset({Role.SERVICE_CENTRE, Role.PROFESSIONAL_INSTITUTION, Role.SYSTEM})),
    Entry(RegisterUnit, register_unit, KEEPERS),
    Entry(RenameUnit, rename_unit, KEEPERS),
    Entry(MergeUnit, merge_unit, COUNCIL),
    Entry(MapUnitToLegalPerson, map_unit_to_legal_person, COUNCIL),
    Entry(PublishSharingRules, publish_sharing_rules, HOLDERS),
    Entry(PublishUnitHouseRules, publish_unit_house_rules, HOLDERS),
    Entry(LockPeriod, lock_period, HOLDERS | KEEPERS),
    Entry(RegisterUser, register_user, KEEPERS | UNITS),
    Entry(ChangeUserAffiliation, change_user_affiliation, KEEPERS | UNITS),
    Entry(QualifyUser, qualify_user, HOLDERS),
    Entry(LinkExternalIdentity, link_external_identity, HOLDERS),
    Entry(UnlinkExternalIdentity, unlink_external_identity, HOLDERS),
    Entry(DeactivateUser, deactivate_user, KEEPERS | UNITS),
    Entry(IssueAccessToken, issue_access_token, TOKEN_ISSUERS),
    Entry(RevokeAccessToken, revoke_access_token, TOKEN_ISSUERS),
    Entry(FormGroup, form_group, STAFF),
    Entry(ChangeGroupLeader, change_group_leader, LEADERS),
    Entry(AddGroupMember, add_group_member, LEADERS),
    Entry(RemoveGroupMember, remove_group_member, LEADERS),
    Entry(LimitGroupSpending, limit_group_spending, PERSONS),
    Entry(DemandGroupApproval, demand_group_approval, PERSONS),
    Entry(DissolveGroup, dissolve_group, LEADERS),
    Entry(AppointProxy, appoint_proxy, PERSONS),
    Entry(DismissProxy, dismiss_proxy, PERSONS),
)
"""Every command of the room, its handler, and the roles that may issue it."""
