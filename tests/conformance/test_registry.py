# SPDX-License-Identifier: Apache-2.0
"""The registry's rows: what a resource is, what must be handed in and opened, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from application.resources.claim_exemption import ClaimExemption
from application.resources.schemas import schema_for
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from domain.kernel.time import SHANGHAI
from domain.resources import describing, exemption, listing, projects, publication, quality, registration, submission
from domain.resources import registry_events as registry
from domain.resources.assessment import assess
from domain.resources.deadlines import is_stale, length_of, listing_standing, submission_standing
from domain.resources.facts import Facts
from domain.resources.funding import is_public
from domain.resources.resource import RESOURCE, Resource
from domain.resources.values import FundingShare
from projections import instrument_search
from projections.registry import MODEL, REGISTRY
from tests.application.office import Office
from tests.conformance.editions import chongqing, jiangsu
from tests.domain.editions import with_value
from tests.domain.resources.examples import ACCEPTED, ITEMS, OPERATOR, OWNER, PORTAL, PUBLISHED, TODAY, history
from tests.domain.resources.examples import registered as described_as
from tests.projections.memory_rows import History, ident

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.kernel.event import Event
    from infrastructure.bootstrap import Platform

SEM = ident("sem")


def moment(text: str) -> datetime:
    """By the clock of Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def shares(source: str, amount_fen: int) -> tuple[FundingShare, ...]:
    return (FundingShare.model_validate({"source": source, "amount_fen": amount_fen}),)


def resource(*events: Event) -> Resource:
    state = RESOURCE.fold(events)
    assert state is not None
    return state


def refused(decision: Callable[[], Sequence[Event]]) -> tuple[str, ...]:
    """The codes of the broken rules; empty where the decision is taken."""
    try:
        decision()
    except DomainError as error:
        return error.codes
    return ()


def gap(*events: Event) -> str | None:
    reason: str | None = History(MODEL).add(SEM, *events).row(REGISTRY, SEM)["gap_reason"]
    return reason


@pytest.mark.parametrize("holding", ["physical", "information"])
@pytest.mark.parametrize(
    ("kind", "accepted"),
    [
        ("talent", True),
        ("carrier", True),
        ("condition", True),
        ("results", True),
        ("service", True),
        ("consumable_stock", False),
        ("made_up", False),
    ],
)
def test_JS_2_1_types_and_holdings(kind: str, holding: str, *, accepted: bool) -> None:
    new = described_as(type=kind, holding=holding)
    broken = refused(lambda: registration.register(new, edition=jiangsu()))
    assert broken == (() if accepted else ("resources.unknown_type",))
    decided = with_value(jiangsu(), "resource.types", (*jiangsu().value("resource.types"), kind))
    assert refused(lambda: registration.register(new, edition=decided)) == ()


@pytest.mark.parametrize("source", ["provincial_fiscal_funds", "state_owned_capital"])
@pytest.mark.parametrize(("amount_fen", "public"), [(1, True), (0, False)])
def test_JS_2_2_public_from_the_first_fen(source: str, amount_fen: int, *, public: bool) -> None:
    recorded = (*shares(source, amount_fen), *shares("enterprise", 100_000_000))
    assert is_public(recorded, jiangsu()) is public
    (_, judged) = registration.register(
        described_as(original_value_fen=100_000_001, funding=recorded), edition=jiangsu()
    )
    assert isinstance(judged, registry.ResourceAssessed)
    assert judged.public is public


@pytest.mark.parametrize(
    ("source", "open_", "reason"),
    [
        ("provincial_fiscal_funds", False, "draft"),
        ("provincial_fiscal_funds", True, None),
        ("enterprise", False, None),
        ("social_capital", False, None),
        ("enterprise", True, None),
    ],
)
def test_JS_9_1_the_inclusion_gap(source: str, reason: str | None, *, open_: bool) -> None:
    entered = registration.register(described_as(funding=shares(source, 1000)), edition=jiangsu())
    assert gap(*entered, *((PUBLISHED,) if open_ else ())) == reason


@pytest.mark.parametrize(
    ("source", "encouraged"), [("enterprise", True), ("social_capital", True), ("own_funds", False)]
)
def test_JS_9_1_who_is_encouraged_and_never_obliged(source: str, *, encouraged: bool) -> None:
    judged = assess(Facts("results", 1000, shares(source, 1000), None), jiangsu())
    assert (judged.public, judged.encouraged) == (False, encouraged)


@pytest.mark.parametrize(
    ("source", "encouraged"), [("enterprise", True), ("state_owned_capital", True), ("district_fiscal_funds", False)]
)
def test_CQ_5_1_non_fiscal_resources_are_encouraged(source: str, *, encouraged: bool) -> None:
    assert assess(Facts("results", 1000, shares(source, 1000), None), chongqing()).encouraged is encouraged


@pytest.mark.parametrize(
    ("ground", "accepted"),
    [
        ("national_security", True),
        ("secrecy", True),
        ("law_or_regulation", True),
        ("commercial_preference", False),
        ("made_up", False),
    ],
)
def test_JS_9_2_grounds_of_exemption(ground: str, *, accepted: bool) -> None:
    def claim() -> list[Event]:
        state = resource(*history("published"))
        return exemption.claim(
            state, ground=ground, reason="…", review_on=date(2027, 1, 1), edition=jiangsu(), today=TODAY
        )

    assert refused(claim) == (() if accepted else ("resources.unknown_exemption_ground",))


def test_JS_9_2_an_exemption_needs_a_confirmation() -> None:
    claimed = registration.register(described_as(), edition=jiangsu()) + list(history("exempt_claimed")[1:])
    assert gap(*claimed) == "exemption_claimed"
    confirmed = exemption.confirm(resource(*claimed), review_on=date(2027, 1, 1), edition=jiangsu(), today=TODAY)
    assert gap(*claimed, *confirmed) is None


def test_JS_9_2_a_claim_empties_the_public_search_at_once(platform: Platform) -> None:
    office = Office(platform.jurisdictions["jiangsu"])
    unit = office.unit(office.legal_person())
    office.rules(unit)
    instrument = office.published(unit)
    wanted = instrument_search.Search(text="扫描电子显微镜")

    def rows() -> int:
        projector = office.home.projector()
        assert projector.lead()
        projector.catch_up()
        projector.close()
        with office.home.database.reading() as cursor:
            return len(instrument_search.search(cursor, wanted).rows)

    assert rows() == 1
    office.do(ClaimExemption(resource=instrument, ground="secrecy", reason="…", review_on=date(2027, 1, 1)))
    assert rows() == 0


PATENT = {
    "category": "invention_patent",
    "number": "ZL1",
    "granted_on": "2024-05-01",
    "abstract": "…",
    "transfer_modes": ["licence"],
}


@pytest.mark.parametrize(
    ("left_out", "schema", "codes"),
    [
        (None, "results", ()),
        ("number", "results", ("resources.field_missing",)),
        ("transfer_modes", "results", ("resources.field_missing",)),
        (None, "talent", ("resources.wrong_schema",)),
        ("abstract", "condition", ("resources.wrong_schema", "resources.field_missing")),
    ],
)
def test_JS_10_1_complete_by_the_schema_of_its_type(left_out: str | None, schema: str, codes: tuple[str, ...]) -> None:
    entered = described_as(type="results", bookable=False, class_code="")
    answers = {name: answer for name, answer in PATENT.items() if name != left_out}
    stated = {"kind": "intellectual_property", "classification": "public", "answers": answers}
    described = describing.describe(
        resource(entered),
        schema=schema_for("results"),
        free_of_state_secrets=True,
        edition=jiangsu(),
        **stated,  # type: ignore[arg-type] # the fields of a description
    )
    state = resource(entered, *described)

    def submit() -> list[Event]:
        name = registration.schema_of(schema)
        return submission.submit(state, schema_name=name, schema=schema_for("results"), edition=jiangsu())

    assert refused(submit) == codes


DIMENSIONS = ("completeness", "accuracy", "security", "timeliness", "truthfulness", "made_up")


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_JS_10_1_quality_is_checked_by_the_dimensions_of_the_text(dimension: str) -> None:
    """Four in one regime, truthfulness alone in the other (CQ 23 「如实上报数据」)."""
    state = resource(*history("submitted"))
    for edition, named in ((jiangsu(), DIMENSIONS[:4]), (chongqing(), ("truthfulness",))):
        stated = {"passed": True, "finding": "", "fields": (), "evidence": "", "edition": edition}
        broken = refused(lambda stated=stated: quality.check(state, dimension=dimension, **stated))  # type: ignore[misc]
        assert broken == (() if dimension in named else ("resources.unknown_quality_dimension",))


@pytest.mark.parametrize(("reasons", "accepted"), [(("型号有误",), True), ((), False)])
def test_JS_10_1_what_is_wrong_is_returned_with_reasons(reasons: tuple[str, ...], *, accepted: bool) -> None:
    state = resource(*history("submitted"))
    broken = refused(lambda: submission.send_back(state, reasons=reasons, edition=jiangsu()))
    assert broken == (() if accepted else ("resources.reasons_required",))
    if accepted:
        after = resource(*history("submitted"), *submission.send_back(state, reasons=reasons, edition=jiangsu()))
        assert (after.state, after.returns) == ("draft", 1)


@pytest.mark.parametrize(
    ("submitted_at", "as_of", "standing"),
    [
        ("2021-06-30T09:59:59", "2021-06-30T10:00:00", "in_time"),
        ("2021-06-30T10:00:00", "2021-06-30T10:00:00", "late"),
        (None, "2021-06-30T09:59:59", "open"),
        (None, "2021-06-30T10:00:00", "overdue"),
        (None, "2024-01-01T00:00:00", "overdue"),
    ],
)
def test_JS_11_1_strictly_before_project_acceptance(submitted_at: str | None, as_of: str, standing: str) -> None:
    acceptance = moment("2021-06-30T10:00:00")
    state = resource(*history("draft"))
    linked = projects.link(
        state, project_number="BE1", project_title="", planned_acceptance_at=acceptance, edition=jiangsu()
    )
    told = History(MODEL).add(SEM, *history("draft"), *linked)
    if submitted_at is not None:
        told.add(SEM, *history("submitted")[1:], occurred_at=moment(submitted_at))
    row = told.row(REGISTRY, SEM)
    assert submission_standing(row["submitted_at"], row["submission_due_at"], moment(as_of)) == standing


def test_JS_11_1_a_regime_without_the_rule_sets_no_limit() -> None:
    state = resource(*history("draft"))
    (linked,) = projects.link(
        state, project_number="1", project_title="", planned_acceptance_at=moment("2021-06-30"), edition=chongqing()
    )
    assert isinstance(linked, registry.ProjectLinked)
    assert not linked.binding


@pytest.mark.parametrize(
    ("past", "issuer", "codes"),
    [
        ("accepted", OPERATOR, ()),
        ("accepted", OWNER, ("resources.received_by_another",)),
        ("certified", OPERATOR, ("resources.already_certified",)),
        ("published", OPERATOR, ()),
    ],
)
def test_JS_11_2_one_certificate_by_the_receiving_platform(past: str, issuer: Any, codes: tuple[str, ...]) -> None:  # noqa: ANN401
    state = resource(*history(past))
    assert state.received_by == ACCEPTED.received_by
    assert refused(lambda: submission.certify(state, number="HJ-2", issuer=issuer, edition=jiangsu())) == codes


@pytest.mark.parametrize(
    ("role", "codes"),
    [
        (Role.RECEIVING_PLATFORM, ()),
        (Role.SERVICE_CENTRE, ("resources.not_the_issuer",)),
        (Role.MANAGING_UNIT, ("resources.not_the_issuer",)),
    ],
)
def test_JS_11_2_only_the_receiving_platform_issues(role: Role, codes: tuple[str, ...]) -> None:
    state = resource(*history("accepted"))
    stated = {"number": "HJ-2", "issuer": OPERATOR, "issuer_role": role}
    assert refused(lambda: submission.certify(state, edition=jiangsu(), **stated)) == codes  # type: ignore[arg-type]


@pytest.mark.parametrize("past", ["accepted", "certified"])
def test_JS_11_2_published_with_or_without_certificate(past: str) -> None:
    holder = publication.Holder(has_sharing_rules=True)
    stated = {"items": ITEMS, "portal_url": PORTAL, "holder": holder, "today": TODAY}
    state = resource(*history(past))
    assert refused(lambda: publication.publish(state, edition=jiangsu(), **stated)) == ()  # type: ignore[arg-type]


def test_JS_11_2_publication_on_the_platform_needs_no_certificate(platform: Platform) -> None:
    office = Office(platform.jurisdictions["jiangsu"])
    unit = office.unit(office.legal_person())
    office.rules(unit)
    state = office.state(office.published(unit))
    assert (state.state, state.certificate) == ("published", None)


@pytest.mark.parametrize(("age_seconds", "stale"), [(24 * 3600, False), (24 * 3600 + 1, True)])
def test_JS_13_1_stale_is_a_warning(age_seconds: int, *, stale: bool) -> None:
    updated = moment("2026-03-01T12:00:00")
    latency = length_of(jiangsu().value("resource.update_latency_max"))
    assert is_stale(updated, latency, updated + timedelta(seconds=age_seconds)) is stale


def test_JS_13_1_a_stale_record_blocks_nothing() -> None:
    """No decision asks how old a record is: what was last touched years ago is published as ever."""
    state = resource(*history("accepted"))
    holder = publication.Holder(has_sharing_rules=True)
    late = date(2036, 3, 2)
    stated = {"items": ITEMS, "portal_url": PORTAL, "holder": holder, "today": late}
    assert refused(lambda: publication.publish(state, edition=jiangsu(), **stated)) == ()  # type: ignore[arg-type]


SEVEN = (
    "research_facility",
    "scientific_data",
    "results",
    "experimental_material",
    "natural_resource",
    "talent",
    "science_finance",
)


@dataclass(frozen=True)
class Judged:
    """What a resource of public money comes to: whether it counts, and the reason of its gap."""

    counted: bool
    gap: str | None


@pytest.mark.parametrize(
    ("kind", "value_fen", "judged"),
    [
        ("research_facility", 20_000_000, Judged(counted=True, gap="draft")),
        ("research_facility", 19_999_999, Judged(counted=False, gap=None)),
        ("scientific_data", 1, Judged(counted=True, gap="draft")),
        ("natural_resource", 19_999_999, Judged(counted=True, gap="draft")),
    ],
)
def test_CQ_3_1_the_minimum_value_of_facilities(kind: str, value_fen: int, judged: Judged) -> None:
    new = described_as(type=kind, original_value_fen=value_fen, funding=shares("municipal_fiscal_funds", value_fen))
    entered = registration.register(new, edition=chongqing())
    state = resource(*entered)
    assert state.assessment is not None
    assert Judged(state.assessment.counted, gap(*entered)) == judged


@pytest.mark.parametrize(
    ("kind", "accepted"), [*((kind, True) for kind in SEVEN), ("condition", False), ("made_up", False)]
)
def test_CQ_3_1_seven_types_at_any_value(kind: str, *, accepted: bool) -> None:
    new = described_as(type=kind, original_value_fen=0, funding=())
    broken = refused(lambda: registration.register(new, edition=chongqing()))
    assert broken == (() if accepted else ("resources.unknown_type",))
    if accepted:
        counted = assess(Facts(kind, 0, (), None), chongqing()).counted
        assert counted is (kind != "research_facility")


@pytest.mark.parametrize(
    ("source", "amount_fen", "reason"),
    [
        ("district_fiscal_funds", 1, "draft"),
        ("district_fiscal_funds", 0, None),
        ("municipal_fiscal_funds", 1, "draft"),
        ("central_fiscal_funds", 1, "draft"),
        ("state_owned_capital", 1, None),
        ("enterprise", 1, None),
    ],
)
def test_CQ_5_1_fiscal_funds_of_any_level(source: str, amount_fen: int, reason: str | None) -> None:
    new = described_as(type="results", funding=shares(source, amount_fen))
    assert gap(*registration.register(new, edition=chongqing())) == reason


@pytest.mark.parametrize(
    ("ground", "accepted"),
    [("secrecy", True), ("special_provision", True), ("national_security", False), ("made_up", False)],
)
def test_CQ_5_1_grounds_of_exemption(ground: str, *, accepted: bool) -> None:
    def claim() -> list[Event]:
        state = resource(described_as(type="results"))
        return exemption.claim(
            state, ground=ground, reason="…", review_on=date(2027, 1, 1), edition=chongqing(), today=TODAY
        )

    assert refused(claim) == (() if accepted else ("resources.unknown_exemption_ground",))


def listing_of(accepted_on: date, reported_at: str | None, opened_at: str | None, as_of: str, *grants: Event) -> str:
    """The standing of a new resource of municipal money, as the registry tells it."""
    new = described_as(type="scientific_data", funding=shares("municipal_fiscal_funds", 1000), accepted_on=accepted_on)
    told = History(MODEL).add(SEM, *registration.register(new, edition=chongqing()))
    for events, at in ((history("submitted")[1:], reported_at), ((PUBLISHED,), opened_at)):
        if at is not None:
            told.add(SEM, *events, occurred_at=moment(at))
    row = told.add(SEM, *grants).row(REGISTRY, SEM)
    return listing_standing(
        due_on=row["listing_due_on"],
        reported_at=row["submitted_at"],
        opened_at=row["opened_at"],
        as_of=moment(as_of),
        binding=row["listing_binding"],
        excused=row["listing_exception"] is not None,
    )


@pytest.mark.parametrize(
    ("accepted_on", "done_at", "standing"),
    [
        (date(2024, 1, 1), "2024-01-31T23:59:59", "in_time"),
        (date(2024, 1, 1), "2024-02-01T00:00:00", "overdue"),
        (date(2024, 1, 31), "2024-03-01T23:59:59", "in_time"),
        (date(2024, 1, 31), "2024-03-02T00:00:00", "overdue"),
    ],
)
def test_CQ_12_1_thirty_calendar_days(accepted_on: date, done_at: str, standing: str) -> None:
    assert listing_of(accepted_on, done_at, done_at, "2024-06-01T00:00:00") == standing


@pytest.mark.parametrize(("as_of", "standing"), [("2024-01-31T23:59:59", "open"), ("2024-02-01T00:00:00", "overdue")])
def test_CQ_12_1_nothing_done(as_of: str, standing: str) -> None:
    assert listing_of(date(2024, 1, 1), None, None, as_of) == standing


@pytest.mark.parametrize(
    ("reported_at", "opened_at", "standing"),
    [
        ("2024-01-11T12:00:00", "2024-01-31T12:00:00", "in_time"),
        ("2024-01-11T12:00:00", "2024-02-01T12:00:00", "overdue"),
        ("2024-02-01T12:00:00", "2024-02-01T13:00:00", "overdue"),
        ("2024-01-11T12:00:00", None, "overdue"),
    ],
)
def test_CQ_12_2_reported_and_opened(reported_at: str, opened_at: str | None, standing: str) -> None:
    assert listing_of(date(2024, 1, 1), reported_at, opened_at, "2024-06-01T00:00:00") == standing


@pytest.mark.parametrize(("reason", "codes"), [("实验楼搬迁", ()), ("", ("resources.exception_without_reason",))])
def test_CQ_12_2_a_reasoned_exception_removes_the_flag_and_stays_listed(reason: str, codes: tuple[str, ...]) -> None:
    new = described_as(
        type="scientific_data", funding=shares("municipal_fiscal_funds", 1000), accepted_on=date(2024, 1, 1)
    )
    entered = registration.register(new, edition=chongqing())

    def grant() -> list[Event]:
        return listing.grant_exception(
            resource(*entered), reason=reason, document="7号", decided_on=TODAY, today=TODAY, edition=chongqing()
        )

    assert refused(grant) == codes
    if not codes:
        assert listing_of(date(2024, 1, 1), None, None, "2024-06-01T00:00:00", *grant()) == "excused"
        row = History(MODEL).add(SEM, *entered, *grant()).row(REGISTRY, SEM)
        assert row["listing_exception"]["reason"] == reason
        assert row["listing_due_on"] == date(2024, 1, 31)


def test_CQ_12_1_the_other_regime_only_warns() -> None:
    new = Facts("results", 1, shares("provincial_fiscal_funds", 1), date(2024, 1, 1))
    assert not assess(new, jiangsu()).listing_binding
    assert assess(new, chongqing()).listing_binding
