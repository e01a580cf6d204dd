# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of a user's standing with a unit."""

from api.http.addresses.row import DONE, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/standing/{user}/tags", "GiveTag", DONE),
    ("POST", "/standing/{user}/tags/{tag}/removal", "TakeTag", DONE),
    ("POST", "/standing/{user}/points", "RestorePoints", DONE),
    ("POST", "/standing/{user}/bans", "BanUser", DONE),
    ("POST", "/standing/{user}/bans/{ban}/lifting", "LiftBan", DONE),
    ("POST", "/standing/{user}/platform-bans", "BanUserEverywhere", DONE),
    ("POST", "/standing/{user}/platform-bans/{ban}/lifting", "LiftBanEverywhere", DONE),
    ("POST", "/groups/{group}/ban/lifting", "LiftGroupBan", DONE),
    ("POST", "/instruments/{resource}/qualifications/{user}/application", "ApplyForQualification", DONE),
    ("POST", "/instruments/{resource}/qualifications/{user}/approval", "ApproveQualification", DONE),
    ("POST", "/instruments/{resource}/qualifications/{user}/refusal", "RefuseQualification", DONE),
    ("POST", "/instruments/{resource}/qualifications/{user}/extension", "ExtendQualification", DONE),
    ("POST", "/instruments/{resource}/qualifications/{user}/revocation", "RevokeQualification", DONE),
    ("POST", "/instruments/{resource}/trainings", "HoldTraining", DONE),
    ("POST", "/reservations/{reservation_id}/feedback", "GiveFeedback", DONE),
)
