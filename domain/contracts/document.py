# SPDX-License-Identifier: Apache-2.0
"""The text of a contract: its clauses, how it is sealed in the log, and the digest that signatures name."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from domain.kernel.personal import Personal

if TYPE_CHECKING:
    from uuid import UUID

    from pydantic import JsonValue

    from domain.contracts.events import Terms

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
ClauseName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,63}$")]


class Clauses(BaseModel):
    """The six clauses of JS 18 and, the list being open, further ones. While drafted they may be empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    service_content: Text = ""
    service_mode: Text = ""
    ip_ownership: Text = ""
    benefit_distribution: Text = ""
    damage_liability: Text = ""
    dispute_handling: Text = ""
    further: dict[ClauseName, Text] = Field(default_factory=dict, max_length=30)

    def missing(self, required: tuple[str, ...]) -> tuple[str, ...]:
        """The required clauses without text, in the order of the list."""
        texts = {**self.further, **self.model_dump(exclude={"further"})}
        return tuple(name for name in required if not texts.get(name, ""))


@dataclass(frozen=True, slots=True)
class Parties:
    """Who contracts: a unit with its legal person, and a customer; `customer` is None for an individual."""

    unit: UUID
    provider: UUID
    customer: UUID | None
    customer_user: UUID


def canonical(value: JsonValue) -> str:
    """The one JSON text of a value: keys sorted, no spaces, Chinese as it is."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def seal(contract: UUID, clauses: Clauses) -> Personal:
    """The clauses as they stand in events, encrypted under the contract's own key (ruling 8.23)."""
    return Personal.of(contract, canonical(clauses.model_dump(mode="json")))


def unseal(sealed: Personal) -> Clauses | None:
    """The clauses, or None where the reader holds no key."""
    return None if sealed.value is None else Clauses.model_validate_json(sealed.value)


def digest_of(number: str, parties: Parties, terms: Terms, clauses: Clauses) -> str:
    """SHA-256 over the canonical JSON of number, parties, terms and clauses; what a signature is given for (8.19)."""
    document: dict[str, JsonValue] = {
        "number": number,
        "parties": {name: str(party) if party else None for name, party in asdict(parties).items()},
        "terms": terms.model_dump(mode="json"),
        "clauses": clauses.model_dump(mode="json"),
    }
    return hashlib.sha256(canonical(document).encode()).hexdigest()
