from __future__ import annotations

from despin.choose import merged
from despin.decode import Choice
from despin.document import read
from despin.lexicon import Reading
from despin.match import Slot


def choice(first: int, last: int, original: str, probability: float) -> Choice:
    return Choice(Slot(first, last, (Reading(original, 0, "observed", -1.0),)), 0, probability)


def told(choices: list[Choice]) -> list[tuple[str, float]]:
    return [(item.original, item.probability) for item in choices]


def test_choices_that_restore_the_same_are_one() -> None:
    document = read("The final may be held in Linz.")
    found = merged(document, [choice(2, 3, "could", 0.25), choice(2, 4, "could be", 0.5)])
    assert told(found) == [("could be", 0.75)]


def test_choices_that_restore_something_else_stay_apart() -> None:
    document = read("The final may be held in Linz.")
    choices = [choice(2, 3, "could", 0.25), choice(2, 4, "might be", 0.5), choice(4, 5, "could", 0.125)]
    assert merged(document, choices) == choices


def test_what_is_as_likely_as_several_is_never_over_one() -> None:
    document = read("The final may be held in Linz.")
    found = merged(document, [choice(2, 3, "could", 0.5), choice(2, 4, "could be", 0.6)])
    assert told(found) == [("could be", 1.0)]
