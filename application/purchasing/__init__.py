# SPDX-License-Identifier: Apache-2.0
"""Purchase review before public money buys an instrument, and the warning catalogue (JS 12, CQ 22)."""

from application.bus import Entry
from application.purchasing.approve_purchase import ApprovePurchase, approve_purchase
from application.purchasing.attach_expert_opinion import AttachExpertOpinion, attach_expert_opinion
from application.purchasing.cancel_purchase_request import CancelPurchaseRequest, cancel_purchase_request
from application.purchasing.complete_duplicate_check import CompleteDuplicateCheck, complete_duplicate_check
from application.purchasing.complete_procurement import CompleteProcurement, complete_procurement
from application.purchasing.correct_purchase_set import CorrectPurchaseSet, correct_purchase_set
from application.purchasing.draft_warning_catalogue import DraftWarningCatalogue, draft_warning_catalogue
from application.purchasing.grant_review_exception import GrantReviewException, grant_review_exception
from application.purchasing.issue_review_opinion import IssueReviewOpinion, issue_review_opinion
from application.purchasing.mandate_reviewer import MandateReviewer, mandate_reviewer
from application.purchasing.permits import ASKERS, AUTHORITIES, ORGANISERS, REVIEWERS
from application.purchasing.publish_warning_catalogue import PublishWarningCatalogue, publish_warning_catalogue
from application.purchasing.refuse_purchase import RefusePurchase, refuse_purchase
from application.purchasing.request_purchase_review import RequestPurchaseReview, request_purchase_review
from application.purchasing.reroute_review import RerouteReview, reroute_review
from application.purchasing.revise_purchase_price import RevisePurchasePrice, revise_purchase_price
from application.purchasing.route_review import RouteReview, route_review
from application.purchasing.start_review import StartReview, start_review
from domain.kernel.actor import Role

CENTRE = frozenset({Role.SERVICE_CENTRE, Role.SYSTEM})
EXPERTS = frozenset({Role.EXPERT_COMMITTEE, Role.SYSTEM})
FINANCE = frozenset({Role.FINANCE_DEPARTMENT, Role.SYSTEM})
MANDATING = ORGANISERS | {Role.MANAGING_UNIT, Role.SERVICE_CENTRE}

ENTRIES: tuple[Entry, ...] = (
    Entry(RequestPurchaseReview, request_purchase_review, ASKERS),
    Entry(RevisePurchasePrice, revise_purchase_price, ASKERS),
    Entry(CorrectPurchaseSet, correct_purchase_set, REVIEWERS),
    Entry(MandateReviewer, mandate_reviewer, MANDATING),
    Entry(RouteReview, route_review, ORGANISERS),
    Entry(RerouteReview, reroute_review, ORGANISERS),
    Entry(CompleteDuplicateCheck, complete_duplicate_check, CENTRE),
    Entry(StartReview, start_review, REVIEWERS),
    Entry(AttachExpertOpinion, attach_expert_opinion, EXPERTS),
    Entry(IssueReviewOpinion, issue_review_opinion, REVIEWERS),
    Entry(GrantReviewException, grant_review_exception, AUTHORITIES),
    Entry(ApprovePurchase, approve_purchase, AUTHORITIES),
    Entry(RefusePurchase, refuse_purchase, AUTHORITIES),
    Entry(CompleteProcurement, complete_procurement, ASKERS),
    Entry(CancelPurchaseRequest, cancel_purchase_request, ASKERS),
    Entry(DraftWarningCatalogue, draft_warning_catalogue, FINANCE),
    Entry(PublishWarningCatalogue, publish_warning_catalogue, FINANCE),
)
"""Every command of the room, its handler, and the roles that may issue it (lifecycle 6.2)."""
