# SPDX-License-Identifier: Apache-2.0
"""Use cases of the resources: into the registry, open to users, out of service, out for ever."""

from application.bus import Entry
from application.resources.accept_resource_data import AcceptResourceData, accept_resource_data
from application.resources.announce_closure import AnnounceClosure, announce_closure
from application.resources.announce_unit_closure import AnnounceUnitClosure, announce_unit_closure
from application.resources.approve_outside_use import ApproveOutsideUse, approve_outside_use
from application.resources.assess_resource import AssessResource, assess_resource
from application.resources.authorise_operation import AuthoriseOperation, authorise_operation
from application.resources.check_quality import CheckQuality, check_quality
from application.resources.claim_exemption import ClaimExemption, claim_exemption
from application.resources.concede_return import ConcedeReturn, concede_return
from application.resources.confirm_exemption import ConfirmExemption, confirm_exemption
from application.resources.confirm_resource_data import ConfirmResourceData, confirm_resource_data
from application.resources.describe_resource import DescribeResource, describe_resource
from application.resources.end_customs_supervision import EndCustomsSupervision, end_customs_supervision
from application.resources.end_exemption import EndExemption, end_exemption
from application.resources.end_finance_lease import EndFinanceLease, end_finance_lease
from application.resources.end_maintenance import EndMaintenance, end_maintenance
from application.resources.end_operation_authorisation import EndOperationAuthorisation, end_operation_authorisation
from application.resources.enter_internal_block import EnterInternalBlock, enter_internal_block
from application.resources.grant_listing_exception import GrantListingException, grant_listing_exception
from application.resources.import_asset_ledger import ImportAssetLedger, import_asset_ledger
from application.resources.issue_submission_certificate import IssueSubmissionCertificate, issue_submission_certificate
from application.resources.lift_closure import LiftClosure, lift_closure
from application.resources.lift_internal_block import LiftInternalBlock, lift_internal_block
from application.resources.lift_unit_closure import LiftUnitClosure, lift_unit_closure
from application.resources.link_project import LinkProject, link_project
from application.resources.permits import HOLDERS, RUNNERS
from application.resources.publish_duty_roster import PublishDutyRoster, publish_duty_roster
from application.resources.publish_fee_standard import PublishFeeStandard, publish_fee_standard
from application.resources.publish_house_rules import PublishHouseRules, publish_house_rules
from application.resources.publish_opening import PublishOpening, publish_opening
from application.resources.publish_opening_limit import PublishOpeningLimit, publish_opening_limit
from application.resources.publish_resource import PublishResource, publish_resource
from application.resources.publish_tariff import PublishTariff, publish_tariff
from application.resources.reassign_resource import ReassignResource, reassign_resource
from application.resources.record_channel_check import RecordChannelCheck, record_channel_check
from application.resources.record_cost_sheet import RecordCostSheet, record_cost_sheet
from application.resources.record_customs_condition import RecordCustomsCondition, record_customs_condition
from application.resources.record_finance_lease import RecordFinanceLease, record_finance_lease
from application.resources.record_project_acceptance import RecordProjectAcceptance, record_project_acceptance
from application.resources.refuse_exemption import RefuseExemption, refuse_exemption
from application.resources.register_resource import RegisterResource, register_resource
from application.resources.resume_resource import ResumeResource, resume_resource
from application.resources.return_resource_data import ReturnResourceData, return_resource_data
from application.resources.schedule_maintenance import ScheduleMaintenance, schedule_maintenance
from application.resources.submit_resource_data import SubmitResourceData, submit_resource_data
from application.resources.suspend_resource import SuspendResource, suspend_resource
from application.resources.transfer_resource import TransferResource, transfer_resource
from application.resources.update_resource import UpdateResource, update_resource
from application.resources.withdraw_resource import WithdrawResource, withdraw_resource
from domain.kernel.actor import Role

PLATFORM = frozenset({Role.RECEIVING_PLATFORM, Role.SYSTEM})
DEPARTMENT = frozenset({Role.COMPETENT_DEPARTMENT, Role.SYSTEM})
OVERSIGHT = frozenset({Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE, Role.SYSTEM})
PROJECT_AUTHORITY = frozenset({Role.SCIENCE_DEPARTMENT, Role.SERVICE_CENTRE})
PROVINCIAL = frozenset({Role.SCIENCE_DEPARTMENT, Role.FINANCE_DEPARTMENT, Role.SYSTEM})

ENTRIES: tuple[Entry, ...] = (
    Entry(RegisterResource, register_resource, HOLDERS),
    Entry(SubmitResourceData, submit_resource_data, HOLDERS),
    Entry(ReturnResourceData, return_resource_data, PLATFORM),
    Entry(AcceptResourceData, accept_resource_data, PLATFORM),
    Entry(IssueSubmissionCertificate, issue_submission_certificate, PLATFORM),
    Entry(RecordCostSheet, record_cost_sheet, HOLDERS),
    Entry(PublishTariff, publish_tariff, HOLDERS),
    Entry(PublishFeeStandard, publish_fee_standard, HOLDERS),
    Entry(PublishOpening, publish_opening, HOLDERS),
    Entry(PublishOpeningLimit, publish_opening_limit, HOLDERS),
    Entry(PublishHouseRules, publish_house_rules, HOLDERS),
    Entry(PublishDutyRoster, publish_duty_roster, HOLDERS),
    Entry(RecordCustomsCondition, record_customs_condition, HOLDERS),
    Entry(PublishResource, publish_resource, HOLDERS),
    Entry(UpdateResource, update_resource, HOLDERS),
    Entry(AuthoriseOperation, authorise_operation, HOLDERS),
    Entry(EndOperationAuthorisation, end_operation_authorisation, HOLDERS),
    Entry(RecordFinanceLease, record_finance_lease, HOLDERS),
    Entry(EndFinanceLease, end_finance_lease, HOLDERS),
    Entry(ApproveOutsideUse, approve_outside_use, HOLDERS),
    Entry(EndCustomsSupervision, end_customs_supervision, HOLDERS),
    Entry(SuspendResource, suspend_resource, RUNNERS),
    Entry(ResumeResource, resume_resource, HOLDERS),
    Entry(ClaimExemption, claim_exemption, HOLDERS),
    Entry(ConfirmExemption, confirm_exemption, DEPARTMENT),
    Entry(RefuseExemption, refuse_exemption, DEPARTMENT),
    Entry(EndExemption, end_exemption, DEPARTMENT),
    Entry(ReassignResource, reassign_resource, PROVINCIAL),
    Entry(TransferResource, transfer_resource, HOLDERS | {Role.COUNCIL_OFFICE}),
    Entry(WithdrawResource, withdraw_resource, HOLDERS),
    Entry(ScheduleMaintenance, schedule_maintenance, RUNNERS),
    Entry(EndMaintenance, end_maintenance, RUNNERS),
    Entry(AnnounceClosure, announce_closure, HOLDERS),
    Entry(LiftClosure, lift_closure, HOLDERS),
    Entry(AnnounceUnitClosure, announce_unit_closure, HOLDERS),
    Entry(LiftUnitClosure, lift_unit_closure, HOLDERS),
    Entry(EnterInternalBlock, enter_internal_block, HOLDERS),
    Entry(LiftInternalBlock, lift_internal_block, HOLDERS),
    Entry(RecordChannelCheck, record_channel_check, frozenset({Role.SERVICE_CENTRE, Role.SYSTEM})),
    Entry(ImportAssetLedger, import_asset_ledger, HOLDERS | {Role.SERVICE_CENTRE}),
    Entry(DescribeResource, describe_resource, HOLDERS),
    Entry(AssessResource, assess_resource, HOLDERS | OVERSIGHT),
    Entry(LinkProject, link_project, HOLDERS),
    Entry(RecordProjectAcceptance, record_project_acceptance, HOLDERS | PROJECT_AUTHORITY),
    Entry(CheckQuality, check_quality, PLATFORM | {Role.SERVICE_CENTRE}),
    Entry(ConcedeReturn, concede_return, PLATFORM),
    Entry(ConfirmResourceData, confirm_resource_data, HOLDERS),
    Entry(GrantListingException, grant_listing_exception, frozenset({Role.COUNCIL_OFFICE, Role.SYSTEM})),
)
"""Every command of the room, its handler, and the roles that may issue it (lifecycle 6.1)."""
