# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of parties."""

from api.http.addresses.row import DONE, NEW, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/legal-persons", "RegisterLegalPerson", NEW),
    ("PATCH", "/legal-persons/{legal_person}", "ChangeLegalPersonDetails", DONE),
    ("POST", "/legal-persons/{legal_person}/sme-evidence", "RecordTechSmeEvidence", DONE),
    ("POST", "/legal-persons/{legal_person}/membership", "JoinPlatform", DONE),
    ("POST", "/legal-persons/{legal_person}/membership/end", "LeavePlatform", DONE),
    ("POST", "/units", "RegisterUnit", NEW),
    ("POST", "/units/{unit}/name", "RenameUnit", DONE),
    ("POST", "/units/{unit}/merger", "MergeUnit", DONE),
    ("POST", "/units/{unit}/legal-person", "MapUnitToLegalPerson", DONE),
    ("POST", "/units/{unit}/sharing-rules", "PublishSharingRules", DONE),
    ("POST", "/units/{unit}/house-rules", "PublishUnitHouseRules", DONE),
    ("POST", "/units/{unit}/period-lock", "LockPeriod", DONE),
    ("POST", "/users", "RegisterUser", NEW),
    ("POST", "/users/{user}/affiliation", "ChangeUserAffiliation", DONE),
    ("POST", "/users/{user}/qualifications", "QualifyUser", DONE),
    ("POST", "/users/{user}/external-identities", "LinkExternalIdentity", DONE),
    ("POST", "/users/{user}/external-identities/removal", "UnlinkExternalIdentity", DONE),
    ("POST", "/users/{user}/deactivation", "DeactivateUser", DONE),
    ("POST", "/users/{user}/tokens", "IssueAccessToken", DONE),
    ("POST", "/users/{user}/tokens/revocation", "RevokeAccessToken", DONE),
    ("POST", "/users/{user}/proxies", "AppointProxy", DONE),
    ("POST", "/users/{user}/proxies/{proxy}/dismissal", "DismissProxy", DONE),
    ("POST", "/groups", "FormGroup", NEW),
    ("POST", "/groups/{group}/leader", "ChangeGroupLeader", DONE),
    ("POST", "/groups/{group}/members", "AddGroupMember", DONE),
    ("POST", "/groups/{group}/members/{user}/removal", "RemoveGroupMember", DONE),
    ("POST", "/groups/{group}/spending-limits", "LimitGroupSpending", DONE),
    ("POST", "/groups/{group}/approval-demands", "DemandGroupApproval", DONE),
    ("POST", "/groups/{group}/dissolution", "DissolveGroup", DONE),
)
