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
    ("POST", "/contracts/{contract_id}/dispute/stages", "BeginDisputeStage", DONE),
    ("POST", "/contracts/{contract_id}/dispute/stage-results", "EndDisputeStage", DONE),
    ("POST", "/contracts/{contract_id}/termination", "TerminateContract", DONE),
    ("POST", "/contracts/{contract_id}/abandonment", "AbandonDraft", DONE),
    ("POST", "/call-offs", "PlaceCallOff", NEW),
    ("POST", "/call-offs/{call_off_id}/cancellation", "CancelCallOff", DONE),
    ("POST", "/call-offs/{call_off_id}/settlement", "SettleCallOff", DONE),
    ("POST", "/contract-templates", "PublishContractTemplate", NEW),
    ("PUT", "/contract-templates/{template_id}", "ReviseContractTemplate", DONE),
    ("POST", "/contract-templates/{template_id}/withdrawal", "WithdrawContractTemplate", DONE),
    ("POST", "/outputs", "RecordOutput", NEW),
    ("POST", "/outputs/{output_id}/withdrawal", "WithdrawOutput", DONE),
)
