# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of purchasing."""

from api.http.addresses.row import DONE, NEW, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/purchase-reviews", "RequestPurchaseReview", NEW),
    ("POST", "/purchase-reviews/{review}/price", "RevisePurchasePrice", DONE),
    ("POST", "/purchase-reviews/{review}/set", "CorrectPurchaseSet", DONE),
    ("POST", "/purchase-reviews/{review}/mandates", "MandateReviewer", DONE),
    ("POST", "/purchase-reviews/{review}/routing", "RouteReview", DONE),
    ("POST", "/purchase-reviews/{review}/rerouting", "RerouteReview", DONE),
    ("POST", "/purchase-reviews/{review}/duplicate-check", "CompleteDuplicateCheck", DONE),
    ("POST", "/purchase-reviews/{review}/start", "StartReview", DONE),
    ("POST", "/purchase-reviews/{review}/expert-opinions", "AttachExpertOpinion", DONE),
    ("POST", "/purchase-reviews/{review}/opinion", "IssueReviewOpinion", DONE),
    ("POST", "/purchase-reviews/{review}/exception", "GrantReviewException", DONE),
    ("POST", "/purchase-reviews/{review}/approval", "ApprovePurchase", DONE),
    ("POST", "/purchase-reviews/{review}/refusal", "RefusePurchase", DONE),
    ("POST", "/purchase-reviews/{review}/procurement", "CompleteProcurement", DONE),
    ("POST", "/purchase-reviews/{review}/cancellation", "CancelPurchaseRequest", DONE),
    ("POST", "/warning-catalogue/drafts", "DraftWarningCatalogue", DONE),
    ("POST", "/warning-catalogue/versions", "PublishWarningCatalogue", DONE),
)
