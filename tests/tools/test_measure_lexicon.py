from __future__ import annotations

from tools.measure_lexicon import LEAST_PRECISION, Outcome, bars_of, weighed

from despin.lexicon.entry import Entry, Original


def repairs(right: int, wrong: int, confidence: float = 0.8) -> list[Outcome]:
    return [(confidence, True)] * right + [(confidence, False)] * wrong


def entry(**originals: str) -> Entry:
    found = tuple(Original(text, 1, evidence) for text, evidence in originals.items())
    return Entry("spun", "verb", found, "pack", "A", "pack.yaml", 1)


def test_an_entry_that_is_precise_together_needs_no_bar() -> None:
    assert bars_of({"said": repairs(95, 5), "told": repairs(17, 3)}) == {"said": 0.0, "told": 0.0}


def test_an_original_that_is_far_off_alone_is_raised_whatever_the_others_are() -> None:
    told = [*repairs(25, 25), *repairs(50, 0, 0.97)]
    assert bars_of({"said": repairs(950, 5), "told": told}) == {"said": 0.0, "told": 0.85}


def test_what_is_precise_at_no_confidence_only_suggests() -> None:
    assert bars_of({"said": repairs(5, 5, 0.999)}) == {"said": 1.0}


def test_the_least_precise_are_raised_until_the_entry_is_precise() -> None:
    found = {"said": repairs(90, 5), "told": [*repairs(85, 20), *repairs(40, 0, 0.97)]}
    bars = bars_of(found)
    assert bars == {"said": 0.0, "told": 0.85}
    made = [right for text, over in found.items() for confidence, right in over if confidence >= bars[text]]
    assert sum(made) / len(made) >= LEAST_PRECISION


def test_a_few_faults_may_be_chance_and_many_are_not() -> None:
    assert bars_of({"said": repairs(17, 3)}) == {"said": 0.0}
    assert bars_of({"said": repairs(170, 30)}) == {"said": 1.0}
    assert bars_of({"said": repairs(17, 3)}, luck=0) == {"said": 1.0}


def test_a_guess_applies_once_it_has_proven_itself() -> None:
    guesses = entry(said="proposed", told="proposed", noted="proposed", added="curated")
    found = {"said": repairs(19, 1), "told": repairs(5, 5), "noted": repairs(2, 0), "added": []}
    assert [(item.evidence, item.applies, item.precision) for item in weighed(guesses, found)] == [
        ("curated", True, 0.95),
        ("proposed", False, 0.5),
        ("proposed", False, None),
        ("proposed", False, None),
    ]
