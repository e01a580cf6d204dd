# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of contracts."""

from api.http.addresses.row import DONE, NEW, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/contracts", "DraftContract", NEW),
    ("PUT", "/contracts/{contract_id}/document", "ReviseContract", DONE),
    ("POST", "/contracts/{contract_id}/signatures", "SignContract", DONE),
    ("POST", "/contracts/{contract_id}/registration", "RegisterTechnicalContract", DONE),
    ("POST", "/contracts/{contract_id}/amendment", "ProposeAmendment", DONE),
    ("POST", "/contracts/{contract_id}/amendment/signatures", "SignAmendment", DONE),
    ("POST", "/contracts/{contract_id}/amendment/withdrawal", "DropAmendment", DONE),
    ("POST", "/contracts/{contract_id}/fulfilment", "FulfilContract", DONE),
    ("POST", "/contracts/{contract_id}/dispute", "OpenDispute", DONE),
    ("POST", "/contracts/{contract_id}/dispute/resolution", "ResolveDispute", DONE),
    ("POST", "/contracts/{contract_id}/termination", "TerminateContract", DONE),
    ("POST", "/contracts/{contract_id}/abandonment", "AbandonDraft", DONE),
)
