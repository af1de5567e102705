from __future__ import annotations

import pytest

from despin.context import default_model
from despin.decode import Decoder
from despin.document import read
from despin.lexicon import default_lexicon
from despin.match import find_slots
from despin.prior import Rate
from despin.ranker import default_ranker


def posterior(text: str, rate: float = 0.5) -> dict[tuple[str, str], float]:
    document = read(text)
    lexicon = default_lexicon()
    decoder = Decoder(document, default_model(), lexicon)
    scored = decoder.score(list(find_slots(document, lexicon, everything=True)))
    choices = decoder.decode(scored, [Rate(rate, 1.0)] * len(document.paragraphs))
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


def test_the_ranker_tells_a_swap_from_an_honest_word() -> None:
    spun, honest = (
        odds(text)["mentioned", "said"]
        for text in ("He mentioned on Tuesday that talks had failed.", "She mentioned the book in a letter.")
    )
    assert spun[1] > 2 * spun[0]
    assert honest[1] < honest[0]


def odds(text: str) -> dict[tuple[str, str], tuple[float, float]]:
    """Return the odds of each reading, without the ranker and with it."""
    document, lexicon = read(text), default_lexicon()
    decoder = Decoder(document, default_model(), lexicon, default_ranker())
    scored = decoder.score(list(find_slots(document, lexicon, everything=True)))
    return {
        (document.surface(item.slot.first, item.slot.last), reading.original): both
        for item, corrected in zip(scored, decoder.corrected(scored), strict=True)
        for reading, both in zip(item.slot.readings, zip(item.odds, corrected.odds, strict=True), strict=True)
    }
