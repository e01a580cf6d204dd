# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of the network: sites, brokers, demands, products, qualifications, payments."""

from api.http.addresses.row import DONE, NEW, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/sites", "OpenSite", NEW),
    ("PATCH", "/sites/{site}", "ChangeSite", DONE),
    ("POST", "/sites/{site}/closure", "CloseSite", DONE),
    ("POST", "/sites/{site}/staff", "NameSiteStaff", DONE),
    ("POST", "/sites/{site}/staff/{user}/end", "ReleaseSiteStaff", DONE),
    ("POST", "/brokers", "RegisterBroker", NEW),
    ("POST", "/brokers/{broker}/renewal", "RenewBroker", DONE),
    ("POST", "/brokers/{broker}/end", "EndBroker", DONE),
    ("POST", "/demands", "StateDemand", NEW),
    ("POST", "/demands/{demand}/withdrawal", "WithdrawDemand", DONE),
    ("POST", "/demands/{demand}/closure", "CloseDemand", DONE),
    ("POST", "/demands/{demand}/matches", "MatchResource", DONE),
    ("POST", "/demands/{demand}/matches/{match}/outcome", "RecordMatchOutcome", DONE),
    ("POST", "/products", "PublishServiceProduct", NEW),
    ("PATCH", "/products/{product}", "ChangeServiceProduct", DONE),
    ("POST", "/products/{product}/withdrawal", "WithdrawServiceProduct", DONE),
    ("POST", "/qualifications", "RecordQualification", NEW),
    ("POST", "/qualifications/{qualification}/renewal", "RenewQualification", DONE),
    ("POST", "/qualifications/{qualification}/withdrawal", "WithdrawQualification", DONE),
    ("POST", "/operator-payments", "RecordOperatorPayment", NEW),
    ("POST", "/operator-payments/{payment}/annulment", "AnnulOperatorPayment", DONE),
)
