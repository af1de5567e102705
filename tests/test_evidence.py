from __future__ import annotations

import pytest

from despin.context import default_model
from despin.document import read
from despin.evidence import Gatherer
from despin.features import Surroundings
from despin.lexicon import default_lexicon
from despin.match import find_slots
from despin.near import NearMatcher
from despin.prior import SIDE, Evidence
from despin.rules import find_damage
from despin.scoring import Scorer

MARKED = "He mentioned on Tuesday that troops had left the town, and the mayor with them."
OTHER = "Police mentioned that two men had been held overnight."


def evidence(text: str) -> list[Evidence]:
    document, context, lexicon = read(text), default_model(), default_lexicon()
    near = NearMatcher(lexicon, lambda word: context.id(word) > 0)
    slots = [*find_slots(document, lexicon, everything=False), *find_damage(document), *near.find(document)]
    return Gatherer(lexicon).evidence(document, Scorer(context).score(Surroundings(document, context), slots))


def speaking(found: list[Evidence]) -> float:
    """Return how many slots speak for spinning, as they count."""
    return sum(sum(bins[SIDE + 1 :]) for part in found for bins in part.groups.values())


def speaking_against(found: list[Evidence]) -> float:
    """Return how many slots speak against spinning, as they count."""
    return sum(sum(bins[:SIDE]) for part in found for bins in part.groups.values())


def test_a_form_that_recurs_counts_little_more_than_one() -> None:
    assert speaking(evidence(MARKED)) == pytest.approx(1)
    assert 1 < speaking(evidence(f"{MARKED}\n\n{OTHER}")) < 1.5


def test_a_paragraph_that_stands_again_counts_again() -> None:
    assert speaking(evidence(f"{MARKED}\n\n{MARKED}")) == pytest.approx(2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The dialog is closed.", "Two dialogs were open."),
        ("The form asks for {first name} here.", "It goes to {last name} then."),
        ("There were 7 deaths.", "He named 3 suspects."),
    ],
)
def test_inflections_numbers_and_rules_are_one_form_each(one: str, other: str) -> None:
    alone = speaking(evidence(one)), speaking(evidence(other))
    assert min(alone) >= 1
    assert speaking(evidence(f"{one}\n\n{other}")) < sum(alone) - 0.5


def test_a_word_cut_at_a_line_end_says_nothing() -> None:
    assert speaking(evidence("The work was accom-\nplished by the commit-\ntee.")) == 0


def test_what_speaks_against_spinning_counts_each_time() -> None:
    texts = (
        "He burdened that talks had failed.",
        "The president burdened that the alliance would hold.",
        "The village is burdened with debt.",
    )
    apart = [evidence(text) for text in texts]
    together = evidence("\n\n".join(texts))
    assert speaking(together) < sum(map(speaking, apart))
    assert speaking_against(together) == pytest.approx(sum(map(speaking_against, apart)))


def test_a_short_line_that_stands_again_counts_little() -> None:
    line = "Select an instance."
    assert speaking(evidence("\n\n".join([line] * 9))) < 3 * speaking(evidence(line))
