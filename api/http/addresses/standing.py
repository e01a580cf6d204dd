# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of a user's standing with a unit."""

from api.http.addresses.row import DONE, NEW, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/standing/{user}/tags", "GiveTag", DONE),
    ("POST", "/standing/{user}/tags/{tag}/removal", "TakeTag", DONE),
    ("POST", "/standing/{user}/points", "RestorePoints", DONE),
    ("POST", "/standing/{user}/bans", "BanUser", DONE),
    ("POST", "/standing/{user}/bans/{ban}/lifting", "LiftBan", DONE),
    ("POST", "/standing/{user}/platform-bans", "BanUserEverywhere", DONE),
    ("POST", "/standing/{user}/platform-bans/{ban}/lifting", "LiftBanEverywhere", DONE),
    ("POST", "/groups/{group}/ban/lifting", "LiftGroupBan", DONE),
    ("POST", "/standing/{user}/qualifications/{resource}/application", "ApplyForQualification", DONE),
    ("POST", "/standing/{user}/qualifications/{resource}/approval", "ApproveQualification", DONE),
    ("POST", "/standing/{user}/qualifications/{resource}/refusal", "RefuseQualification", DONE),
    ("POST", "/standing/{user}/qualifications/{resource}/extension", "ExtendQualification", DONE),
    ("POST", "/standing/{user}/qualifications/{resource}/revocation", "RevokeQualification", DONE),
    ("POST", "/instrument-trainings", "HoldTraining", NEW),
    ("POST", "/reservations/{reservation_id}/feedback", "GiveFeedback", DONE),
)
