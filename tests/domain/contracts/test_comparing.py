# SPDX-License-Identifier: Apache-2.0
from datetime import date
from time import process_time

from domain.contracts.comparing import compare_clauses, compare_terms
from domain.contracts.document import Clauses
from domain.contracts.versions import versions_in
from tests.domain.contracts.samples import BY_BOTH, CLAUSES, NOW, SIX, TERMS, shares, terms
from tests.domain.contracts.test_amending import LONGER, PROPOSED, SIGNED


def clauses(**changes: str) -> Clauses:
    return Clauses.model_validate({**SIX, **changes})


def test_texts_are_compared_by_words() -> None:
    after = clauses(damage_liability="按实际损失赔偿，以200元为限", service_mode="", ip_ownership="按比例共有")
    found = {each.name: each for each in compare_clauses(CLAUSES, after)}
    assert found["ip_ownership"].change == "same"
    assert found["service_mode"].change == "removed"
    liability = found["damage_liability"]
    assert liability.change == "changed"
    assert [(piece.how, piece.text) for piece in liability.pieces] == [
        ("same", "按实际损失赔偿"),
        ("added", "，以200元为限"),
    ]


def test_numbers_are_words_of_their_own() -> None:
    before, after = clauses(service_mode="第1批 100 件"), clauses(service_mode="第1批 1000 件")
    [mode] = [each for each in compare_clauses(before, after) if each.change != "same"]
    assert [(piece.how, piece.text) for piece in mode.pieces] == [
        ("same", "第1批 "),
        ("removed", "100"),
        ("added", "1000"),
        ("same", " 件"),
    ]


def test_further_clauses_are_compared_too() -> None:
    more = Clauses.model_validate({**SIX, "further": {"safety": "佩戴护目镜"}})
    assert {each.name: each.change for each in compare_clauses(CLAUSES, more)}["safety"] == "added"


def test_terms_are_compared_one_by_one() -> None:
    after = terms(valid_until=date(2027, 6, 30), ip_shares=shares("30.00", "70.00"), ceiling_fen=None)
    changed = {each.name: (each.change, each.before, each.after) for each in compare_terms(TERMS, after)}
    assert {name for name, (change, *_) in changed.items() if change != "same"} == {
        "valid_until",
        "ceiling_fen",
        "ip_share_provider",
        "ip_share_user",
    }
    assert changed["ip_share_user"] == ("changed", "60.00", "70.00")
    assert changed["ceiling_fen"] == ("removed", 20_000_000, None)


def test_the_pieces_put_both_texts_together_again() -> None:
    before = clauses(service_content="甲方提供设备。乙方送样，逾期作废。")
    after = clauses(service_content="甲方提供两台设备。乙方按期送样。")
    pieces = next(each.pieces for each in compare_clauses(before, after) if each.name == "service_content")
    assert "".join(piece.text for piece in pieces if piece.how != "added") == before.service_content
    assert "".join(piece.text for piece in pieces if piece.how != "removed") == after.service_content


def test_the_longest_clauses_are_compared_at_once() -> None:
    before, after = clauses(service_content="甲" * 10_000 + "乙" * 9_999), clauses(service_content="乙甲" * 10_000)
    began = process_time()
    compare_clauses(before, after)
    assert process_time() - began < 1


def test_versions_are_read_out_of_the_history() -> None:
    history = [(event, NOW) for event in (*BY_BOTH, PROPOSED)]
    first, second = versions_in(history)
    assert (first.standing, first.signed_by) == ("in_force", ("provider", "user"))
    assert (second.standing, second.by, second.terms) == ("proposed", "user", LONGER)
    first, second = versions_in([*history, (SIGNED, NOW)])
    assert (first.standing, second.standing) == ("replaced", "in_force")
