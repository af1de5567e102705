from __future__ import annotations

import pytest

import despin
from despin.document import read
from despin.rules import RULES, find_damage


@pytest.mark.parametrize(
    ("text", "rule", "restored"),
    [
        ("some a couple of,000 rebels", "broken-number", "2,000"),
        ("prices rose eight.5% in May", "broken-number", "8.5"),
        ("about three,500 men", "broken-number", "3,500"),
        ("some ſix,000 men", "broken-number", "6,000"),
        ("said {that a} deal was near", "leaked-braces", "that a"),
        ("has massed than 100,000 men", "dropped-more", "more than"),
        ("it gained't happen", "broken-contraction", "won't"),
        ("for 1/2 of of the year", "doubled-of", "half of"),
    ],
)
def test_damage_is_found(text: str, rule: str, restored: str) -> None:
    found = [(slot.readings[0].evidence, slot.readings[0].original) for slot in find_damage(read(text))]
    assert found == [(rule, restored)]


@pytest.mark.parametrize(
    "text",
    [
        "more than 100 men",
        "less than a dozen",
        "a smaller crowd than 100",
        "rather than 3,000 troops",
        "a couple of thousand rebels",
        "eight. 5% of them",
        "the set {a} is open",
        "“a couple of,000 rebels”",
    ],
)
def test_what_only_looks_damaged_is_not(text: str) -> None:
    assert not list(find_damage(read(text)))


def test_each_rule_is_tested_and_says_why() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.reason for rule in RULES)


def test_damage_is_repaired_in_a_spun_text() -> None:
    text = "Russia has massed than 100,000 troops and some a couple of,000 guns, he mentioned."
    fixed = despin.fix_text(text, assume="spun")
    assert "massed more than 100,000" in fixed
    assert "2,000 guns" in fixed
