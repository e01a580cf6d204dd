# SPDX-License-Identifier: Apache-2.0
"""Whatever is refused, recorded or commanded has words in both languages, and no word is left over."""

import ast
import re
from collections.abc import Iterable, Mapping
from typing import ClassVar

import pytest

from domain.kernel.event import Event
from infrastructure.readable import Text
from infrastructure.words import PLACEHOLDER, load_words
from tests.architecture.refusals import Spoken, made_up_in, modules, spoken_in
from tests.domain.editions import CHONGQING, JIANGSU

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PARAMETERS = JIANGSU.parameters.keys() | CHONGQING.parameters.keys()


def refusals() -> list[Spoken]:
    """Every refusal code used. Parameters of the regimes have names of the same form; they are no codes."""
    found = [spoken for place, tree in modules() for spoken in spoken_in(tree, place)]
    return [spoken for spoken in found if spoken.code not in PARAMETERS]


def steps_in(tree: ast.AST) -> set[str]:
    """The names of steps that are refused from a wrong state: the second argument of `require_state`."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    named = [call.args[1] for call in calls if call.func.id == "require_state" and len(call.args) > 1]  # type: ignore[attr-defined]
    return {str(argument.value) for argument in named if isinstance(argument, ast.Constant)}


def event_types() -> dict[str, type[Event]]:
    """Imported where needed: the other checks speak even while an aggregate is missing."""
    from domain.catalogue import EVENT_TYPES  # noqa: PLC0415

    return EVENT_TYPES


def commands() -> set[str]:
    from application.catalogue import ENTRIES  # noqa: PLC0415

    return {entry.command.__name__ for entry in ENTRIES}


def without_words(spoken: Iterable[Spoken], texts: Mapping[str, Text]) -> dict[str, list[str]]:
    missing: dict[str, list[str]] = {}
    for item in spoken:
        if item.code not in texts:
            missing.setdefault(item.code, []).append(item.place)
    return missing


def unspoken(spoken: Iterable[Spoken], texts: Mapping[str, Text]) -> set[str]:
    return texts.keys() - {item.code for item in spoken}


def placeholders(text: Text) -> set[str]:
    return set(PLACEHOLDER.findall(text.zh)) | set(PLACEHOLDER.findall(text.en))


def never_filled(spoken: Iterable[Spoken], texts: Mapping[str, Text]) -> dict[str, list[str]]:
    """Codes whose sentence has a placeholder that some refusal does not fill."""
    return {
        item.code: [item.place, *sorted(empty)]
        for item in spoken
        if item.parameters is not None
        and item.code in texts
        and (empty := placeholders(texts[item.code]) - item.parameters)
    }


def not_fields(events: Mapping[str, type[Event]], texts: Mapping[str, Text]) -> dict[str, set[str]]:
    """Event types whose sentence has a placeholder that is no field of the event."""
    return {
        name: wrong
        for name, text in texts.items()
        if name in events and (wrong := placeholders(text) - events[name].model_fields.keys())
    }


def in_the_wrong_language(texts: Mapping[str, Text]) -> set[str]:
    """Sentences that are not Chinese in Chinese or not English in English; placeholders count for neither."""
    return {
        name
        for name, text in texts.items()
        if not CHINESE.search(PLACEHOLDER.sub("", text.zh)) or CHINESE.search(PLACEHOLDER.sub("", text.en))
    }


def malformed(texts: Mapping[str, Text]) -> set[str]:
    """Sentences with a brace that is no placeholder."""
    return {name for name, text in texts.items() if re.search(r"[{}]", PLACEHOLDER.sub("", text.zh + text.en))}


def listed(found: Mapping[str, Iterable[str]] | Iterable[str]) -> str:
    """In full: the runner would shorten it, and whoever has to add words needs every one."""
    if isinstance(found, Mapping):
        return "\n" + "\n".join(f"{name}  {' '.join(sorted(places))}" for name, places in sorted(found.items()))
    return "\n" + "\n".join(sorted(found))


def differences(known: Iterable[str], texts: Mapping[str, Text]) -> list[str]:
    known = set(known)
    without, left_over = known - texts.keys(), texts.keys() - known
    return [f"{name}  has no words" for name in without] + [f"{name}  is only words" for name in left_over]


def test_every_refusal_has_words() -> None:
    missing = without_words(refusals(), load_words().errors)
    assert not missing, listed(missing)


def test_no_words_are_for_a_refusal_that_nothing_makes() -> None:
    left_over = unspoken(refusals(), load_words().errors)
    assert not left_over, listed(left_over)


def test_every_placeholder_of_a_refusal_is_filled() -> None:
    empty = never_filled(refusals(), load_words().errors)
    assert not empty, listed(empty)


def test_every_code_is_written_out() -> None:
    assert [found for place, tree in modules() for found in made_up_in(tree, place)] == []


def test_every_event_has_words_and_no_words_are_left_over() -> None:
    found = differences(event_types(), load_words().events)
    assert not found, listed(found)


def test_every_placeholder_of_an_event_is_one_of_its_fields() -> None:
    wrong = not_fields(event_types(), load_words().events)
    assert not wrong, listed(wrong)


def test_every_step_of_a_lifecycle_has_a_name() -> None:
    terms = load_words().terms
    steps = {step for _, tree in modules() for step in steps_in(tree)}
    assert steps > {"confirm_data", "issue_opinion"}
    assert steps - terms["command"].keys() - terms["review_step"].keys() == set()


def test_everything_that_can_be_missing_has_a_name() -> None:
    from domain.catalogue import AGGREGATES  # noqa: PLC0415

    assert {aggregate.name for aggregate in AGGREGATES} - load_words().terms["kind"].keys() == set()


def test_every_command_has_words_and_no_words_are_left_over() -> None:
    found = differences(commands(), load_words().commands)
    assert not found, listed(found)


@pytest.mark.parametrize("table", ["errors", "events", "commands"])
def test_every_sentence_is_in_its_language(table: str) -> None:
    texts = getattr(load_words(), table)
    wrong = in_the_wrong_language(texts) | malformed(texts)
    assert not wrong, listed(wrong)


def test_every_term_is_in_its_language() -> None:
    wrong = {name: found for name, terms in load_words().terms.items() if (found := in_the_wrong_language(terms))}
    assert not wrong, listed(wrong)


class Renamed(Event):
    TYPE: ClassVar[str] = "rooms.Renamed"

    name: str


SAID = {"rooms.full": Text(zh="已满 {seats}", en="Full at {seats}")}


@pytest.mark.parametrize(
    "source",
    [
        "raise refusal('rooms.unknown')",
        "raise errors.refusal(code='rooms.unknown', field='room')",
        "rules.require(seats > 0, 'rooms.unknown', seats=seats)",
        "rules.require(seats > 0, 'rooms.full' if seats else 'rooms.unknown')",
        "rules.broken.append(Violation('rooms.unknown', {}))",
        "class Unknown(ApplicationError):\n    code = 'rooms.unknown'",
    ],
)
def test_a_refusal_without_words_is_found(source: str) -> None:
    assert list(without_words(spoken_in(ast.parse(source), "rooms.py"), SAID)) == ["rooms.unknown"]


def test_a_code_from_a_table_is_found() -> None:
    spoken = list(spoken_in(ast.parse("for holds, code in ((a, 'vouchers.unknown'),): rules.require(holds, code)")))
    assert without_words(spoken, SAID) == {"vouchers.unknown": [":1"]}


def test_left_over_words_are_found() -> None:
    assert unspoken(spoken_in(ast.parse("raise refusal('rooms.shut')")), SAID) == {"rooms.full"}


def test_an_empty_placeholder_is_found() -> None:
    assert never_filled(spoken_in(ast.parse("raise refusal('rooms.full', field='seats')")), SAID)
    assert not never_filled(spoken_in(ast.parse("raise refusal('rooms.full', seats=3)")), SAID)
    assert not never_filled(spoken_in(ast.parse("raise refusal('rooms.full', **found)")), SAID)


def test_a_difference_is_found_in_both_directions() -> None:
    assert differences(["rooms.Renamed"], SAID) == ["rooms.Renamed  has no words", "rooms.full  is only words"]
    assert differences(["rooms.full"], SAID) == []


@pytest.mark.parametrize("source", ["refusal(f'{room}.full')", "rules.require(free, room + '.full')"])
def test_a_code_made_of_pieces_is_found(source: str) -> None:
    assert list(made_up_in(ast.parse(source)))


def test_a_placeholder_that_is_no_field_is_found() -> None:
    events = {Renamed.TYPE: Renamed}
    assert not_fields(events, {Renamed.TYPE: Text(zh="改名为 {name}", en="Renamed to {title}")}) == {
        "rooms.Renamed": {"title"}
    }
    assert not_fields(events, {Renamed.TYPE: Text(zh="改名为 {name}", en="Renamed to {name}")}) == {}


def test_a_wrong_language_or_a_stray_brace_is_found() -> None:
    assert in_the_wrong_language({"a": Text(zh="full", en="full"), "b": Text(zh="已满", en="已满")}) == {"a", "b"}
    assert in_the_wrong_language(SAID) == set()
    assert malformed({"a": Text(zh="已满 {seats", en="Full at {span.start}")}) == {"a"}
    assert malformed(SAID) == set()
