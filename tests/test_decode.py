from __future__ import annotations

import pytest

from despin.context import default_model
from despin.decode import Decoder
from despin.document import read
from despin.features import Surroundings
from despin.lexicon import default_lexicon
from despin.match import find_slots
from despin.rate import Rate
from despin.scoring import Scorer


def posterior(text: str, rate: float = 0.5, spun: float = 1.0) -> dict[tuple[str, str], float]:
    document = read(text)
    lexicon = default_lexicon()
    scorer, around = Scorer(default_model()), Surroundings(document, default_model())
    scored = scorer.score(around, list(find_slots(document, lexicon, everything=True)))
    choices = Decoder(around, scorer, lexicon).decode(scored, [Rate(rate, spun)] * len(document.paragraphs))
    return {
        (
            document.surface(choice.slot.first, choice.slot.last),
            choice.slot.readings[choice.reading].original,
        ): choice.probability
        for choice in choices
    }


def test_context_decides() -> None:
    back = posterior("They would explicitly again Russia’s stance.").get(("again", "back"), 0.0)
    again = posterior("They met again on Friday.").get(("again", "back"), 0.0)
    assert back > 0.2 > again


def test_neighbours_are_decided_together() -> None:
    both = posterior("He has a proper to use to affix the alliance.")
    assert both["affix", "join"] > 0.8


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.5, 0.9])
def test_what_competes_for_a_word_sums_to_at_most_one(rate: float) -> None:
    found = posterior(
        "He mentioned folks within the preventing have been ready, the place he met them.", rate
    )
    for word in {spun for spun, _ in found}:
        assert sum(p for (spun, _), p in found.items() if spun == word) <= 1 + 1e-9


def test_a_higher_rate_means_more_doubt_of_what_is_read() -> None:
    text = "He mentioned that the talks had ended."
    rising = [posterior(text, rate)["mentioned", "said"] for rate in (0.01, 0.1, 0.5, 0.9)]
    assert rising == sorted(rising)
    assert rising[0] < rising[-1]


def test_nothing_was_swapped_where_nothing_was_spun() -> None:
    text = "He mentioned folks within the preventing have been ready, the place he met them."
    sure, even = posterior(text), posterior(text, spun=0.5)
    assert even == {what: pytest.approx(0.5 * probability) for what, probability in sure.items()}
