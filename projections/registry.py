# SPDX-License-Identifier: Apache-2.0
"""The registry: what each resource is under the regime, what is due of it and until when, what is wrong with it."""

from domain.resources.resource import RESOURCE
from projections import registry_entries, registry_steps
from projections.readmodel import ReadModel
from projections.registry_table import ASSETS, REGISTRY, on

__all__ = ["MODEL", "REGISTRY"]

HANDLING = (registry_entries, registry_steps)
"""Importing them has registered what they do."""

# Whatever else happens to a resource changes its version alone.
on.states(REGISTRY, {event: None for event in RESOURCE.events if event.TYPE not in on.types})
MODEL = ReadModel("registry", (REGISTRY, ASSETS), on.apply, types=on.types, version=3)
