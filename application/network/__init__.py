# SPDX-License-Identifier: Apache-2.0
"""Who serves beside the units: sites, brokers, operators, products, matches (JS 17, 19, 23; CQ 10, 11, 15)."""

from application.bus import Entry
from application.network.annul_operator_payment import AnnulOperatorPayment, annul_operator_payment
from application.network.change_service_product import ChangeServiceProduct, change_service_product
from application.network.change_site import ChangeSite, change_site
from application.network.close_demand import CloseDemand, close_demand
from application.network.close_site import CloseSite, close_site
from application.network.end_broker import EndBroker, end_broker
from application.network.match_resource import MatchResource, match_resource
from application.network.name_site_staff import NameSiteStaff, name_site_staff
from application.network.open_site import OpenSite, open_site
from application.network.permits import CENTRE, FUNDERS, MATCHERS, PROVIDERS
from application.network.publish_service_product import PublishServiceProduct, publish_service_product
from application.network.record_match_outcome import RecordMatchOutcome, record_match_outcome
from application.network.record_operator_payment import RecordOperatorPayment, record_operator_payment
from application.network.record_qualification import RecordQualification, record_qualification
from application.network.register_broker import RegisterBroker, register_broker
from application.network.release_site_staff import ReleaseSiteStaff, release_site_staff
from application.network.renew_broker import RenewBroker, renew_broker
from application.network.renew_qualification import RenewQualification, renew_qualification
from application.network.state_demand import StateDemand, state_demand
from application.network.withdraw_demand import WithdrawDemand, withdraw_demand
from application.network.withdraw_qualification import WithdrawQualification, withdraw_qualification
from application.network.withdraw_service_product import WithdrawServiceProduct, withdraw_service_product
from application.resources.permits import HOLDERS
from domain.kernel.actor import Role

ENTRIES: tuple[Entry, ...] = (
    Entry(OpenSite, open_site, CENTRE),
    Entry(ChangeSite, change_site, CENTRE),
    Entry(CloseSite, close_site, CENTRE),
    Entry(NameSiteStaff, name_site_staff, CENTRE),
    Entry(ReleaseSiteStaff, release_site_staff, CENTRE),
    Entry(RegisterBroker, register_broker, CENTRE),
    Entry(RenewBroker, renew_broker, CENTRE),
    Entry(EndBroker, end_broker, CENTRE),
    Entry(StateDemand, state_demand, frozenset({Role.USER, Role.BROKER}) | CENTRE),
    Entry(WithdrawDemand, withdraw_demand, frozenset({Role.USER, Role.SYSTEM})),
    Entry(CloseDemand, close_demand, frozenset({Role.USER}) | CENTRE),
    Entry(MatchResource, match_resource, MATCHERS),
    Entry(RecordMatchOutcome, record_match_outcome, MATCHERS | {Role.USER, Role.SYSTEM}),
    Entry(PublishServiceProduct, publish_service_product, PROVIDERS),
    Entry(ChangeServiceProduct, change_service_product, PROVIDERS),
    Entry(WithdrawServiceProduct, withdraw_service_product, PROVIDERS),
    Entry(RecordQualification, record_qualification, HOLDERS | CENTRE),
    Entry(RenewQualification, renew_qualification, HOLDERS | CENTRE),
    Entry(WithdrawQualification, withdraw_qualification, HOLDERS | CENTRE),
    Entry(RecordOperatorPayment, record_operator_payment, FUNDERS),
    Entry(AnnulOperatorPayment, annul_operator_payment, FUNDERS),
)
"""Every command of the room, its handler, and the roles that may issue it."""
