from __future__ import annotations

from tools.measure_lexicon import Outcome, bar_of, weighed

from despin.lexicon.entry import Entry, Original


def repairs(right: int, wrong: int, confidence: float = 0.8) -> list[Outcome]:
    return [(confidence, True)] * right + [(confidence, False)] * wrong


def entry(**originals: str) -> Entry:
    found = tuple(Original(text, 1, evidence) for text, evidence in originals.items())
    return Entry("spun", "verb", found, "pack", "A", "pack.yaml", 1)


def test_what_is_mostly_right_needs_no_bar() -> None:
    assert bar_of(repairs(95, 25)) == 0.0
    assert bar_of(repairs(0, 2)) == 0.0  # too few to tell


def test_what_is_right_only_when_it_is_sure_has_to_be_sure() -> None:
    assert bar_of([*repairs(40, 110), *repairs(50, 0, 0.97)]) == 0.85


def test_what_is_precise_at_no_confidence_only_suggests() -> None:
    assert bar_of(repairs(5, 45, 0.999)) == 1.0


def test_a_few_faults_may_be_chance_and_many_are_not() -> None:
    assert bar_of(repairs(12, 8)) == 0.0
    assert bar_of(repairs(120, 80)) == 1.0
    assert bar_of(repairs(12, 8), luck=0) == 1.0


def test_every_original_has_a_bar_of_its_own() -> None:
    found = {"said": repairs(95, 5), "told": repairs(50, 150)}
    said, told = weighed(entry(said="seed", told="core"), found)
    assert (said.applies, said.precision, said.support) == (True, 0.95, 100)
    assert (told.applies, told.precision, told.support) == (False, 0.25, 200)


def test_a_guess_applies_once_it_has_proven_itself() -> None:
    guesses = entry(said="proposed", told="proposed", noted="proposed", added="curated")
    found = {"said": repairs(19, 1), "told": repairs(5, 5), "noted": repairs(2, 0), "added": []}
    assert [(item.evidence, item.applies, item.precision) for item in weighed(guesses, found)] == [
        ("curated", True, 0.95),
        ("proposed", False, 0.5),
        ("proposed", False, None),
        ("proposed", False, None),
    ]
