# SPDX-License-Identifier: Apache-2.0
"""Use cases of a user's standing with a unit (rulings 8.16 to 8.18)."""

from application.bus import Entry
from application.standing.apply_for_qualification import ApplyForQualification, apply_for_qualification
from application.standing.approve_qualification import ApproveQualification, approve_qualification
from application.standing.ban_user import BanUser, ban_user
from application.standing.ban_user_everywhere import BanUserEverywhere, ban_user_everywhere
from application.standing.extend_qualification import ExtendQualification, extend_qualification
from application.standing.give_feedback import GiveFeedback, give_feedback
from application.standing.give_tag import GiveTag, give_tag
from application.standing.hold_training import HoldTraining, hold_training
from application.standing.impose_penalty import ImposePenalty, impose_penalty
from application.standing.keeping import STAFF
from application.standing.lapse_qualification import LapseQualification, lapse_qualification
from application.standing.lift_ban import LiftBan, lift_ban
from application.standing.lift_ban_everywhere import LiftBanEverywhere, lift_ban_everywhere
from application.standing.lift_group_ban import LiftGroupBan, lift_group_ban
from application.standing.refuse_qualification import RefuseQualification, refuse_qualification
from application.standing.remind_of_qualification import RemindOfQualification, remind_of_qualification
from application.standing.restore_points import RestorePoints, restore_points
from application.standing.revoke_qualification import RevokeQualification, revoke_qualification
from application.standing.take_tag import TakeTag, take_tag
from domain.kernel.actor import Role

SYSTEM = frozenset({Role.SYSTEM})
CENTRE = frozenset({Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE}) | SYSTEM

ENTRIES: tuple[Entry, ...] = (
    Entry(GiveTag, give_tag, STAFF),
    Entry(TakeTag, take_tag, STAFF),
    Entry(ApplyForQualification, apply_for_qualification, frozenset({Role.USER, Role.SYSTEM})),
    Entry(ApproveQualification, approve_qualification, STAFF),
    Entry(RefuseQualification, refuse_qualification, STAFF),
    Entry(ExtendQualification, extend_qualification, STAFF),
    Entry(RevokeQualification, revoke_qualification, STAFF),
    Entry(HoldTraining, hold_training, STAFF),
    Entry(RemindOfQualification, remind_of_qualification, SYSTEM),
    Entry(LapseQualification, lapse_qualification, SYSTEM),
    Entry(GiveFeedback, give_feedback, frozenset({Role.USER})),
    Entry(ImposePenalty, impose_penalty, SYSTEM),
    Entry(RestorePoints, restore_points, STAFF),
    Entry(BanUser, ban_user, STAFF),
    Entry(LiftBan, lift_ban, STAFF),
    Entry(LiftGroupBan, lift_group_ban, STAFF),
    Entry(BanUserEverywhere, ban_user_everywhere, CENTRE),
    Entry(LiftBanEverywhere, lift_ban_everywhere, CENTRE),
)
