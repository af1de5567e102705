from __future__ import annotations

import pytest

from despin.lexicon.entry import Entry, Original
from despin.lexicon.inflect import form_pairs, phrase_forms


def pairs(spun: str, pos: str, original: str, *, inflect: bool = True) -> set[tuple[str, str]]:
    entry = Entry(spun, pos, (Original(original, 1, "core"),), "p", "A", "p.yaml", 1, inflect)
    return {(left, right) for left, right, _ in form_pairs(entry)}


def test_verbs_in_every_form() -> None:
    assert pairs("stay", "verb", "be") >= {("stays", "is"), ("staying", "being"), ("stayed", "were")}
    assert pairs("maintain", "verb", "hold") >= {("maintained", "held"), ("maintaining", "holding")}


def test_nouns_in_both_numbers() -> None:
    found = pairs("workout routine", "noun", "exercise")
    assert found == {("workout routine", "exercise"), ("workout routines", "exercises")}


def test_irregular_forms() -> None:
    assert ("chose", "picked") in pairs("choose", "verb", "pick")
    assert ("kids", "children") in pairs("kid", "noun", "child")


def test_what_is_not_to_be_inflected_is_not() -> None:
    assert pairs("have been", "phrase", "were", inflect=False) == {("have been", "were")}


@pytest.mark.parametrize(
    ("phrase", "tag", "forms"),
    [
        ("go to", "VBG", ("going to",)),
        ("rate of interest", "NNS", ("rates of interest",)),
        ("course of", "NNS", ("courses of",)),
    ],
)
def test_the_head_of_a_phrase_is_inflected(phrase: str, tag: str, forms: tuple[str, ...]) -> None:
    assert phrase_forms(phrase, tag)[:1] == forms
