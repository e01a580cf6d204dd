# SPDX-License-Identifier: Apache-2.0
"""The tables of the catalogue, and the registry that its files enter their event handlers in."""

from projections.handlers import Handlers
from projections.readmodel import Table

INSTRUMENTS = Table(
    "instruments",
    ("id",),
    {
        "id": "uuid",
        "unit": "uuid",
        "legal_person": "uuid",
        "state": "text",
        "type": "text",
        "bookable": "boolean",
        "holding": "text",
        "asset_number": "text",
        "name_zh": "text",
        "name_en": "text",
        "aliases": "jsonb",
        "model": "text",
        "manufacturer": "text",
        "origin_country": "text",
        "class_code": "text",
        "subject_code": "text",
        "original_value_fen": "bigint",
        "funding": "jsonb",
        "acquired_on": "date",
        "accepted_on": "date",
        "location": "text",
        "city": "text",
        "district": "text",
        "large": "boolean",
        "duty_free": "boolean",
        "description": "text",
        "external_id": "text",
        "certificate": "text",
        "customs": "jsonb",  # the latest condition
        "customs_periods": "jsonb",  # [[first day, last day]] of every condition, and of the time after supervision
        "operators": "jsonb",
        "items": "jsonb",
        "portal_url": "text",
        "published_at": "timestamptz",
        "suspension": "jsonb",
        "cost_sheet": "jsonb",
        "tariffs": "jsonb",  # every version, oldest first: a version may be published before it takes effect
        "openings": "jsonb",  # the same
        "opening_limit": "jsonb",
        "price_fen": "bigint",  # cheapest price of the latest fee standard for users from outside
        "price_per": "text",
        "version": "bigint",
    },
    ("(unit)",),
)
UNIT_NAMES = Table("instrument_units", ("id",), {"id": "uuid", "name_zh": "text", "name_en": "text", "folded": "text"})

on = Handlers()
