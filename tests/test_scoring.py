from __future__ import annotations

from despin.context import default_model
from despin.document import read
from despin.features import Surroundings
from despin.lexicon import default_lexicon
from despin.match import find_slots
from despin.ranker import default_ranker
from despin.scoring import Scorer


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
    scorer, around = Scorer(default_model(), default_ranker()), Surroundings(document, default_model())
    scored = scorer.score(around, list(find_slots(document, lexicon, everything=True)))
    return {
        (document.surface(item.slot.first, item.slot.last), item.reading(at).original): both
        for item, corrected in zip(scored, scorer.corrected(around, scored), strict=True)
        for at, both in enumerate(zip(item.odds, corrected.odds, strict=True))
    }


def test_rivals_are_the_readings_that_are_not_weighed() -> None:
    document, lexicon = read("The shoppers said that prices had risen."), default_lexicon()
    around, scorer = Surroundings(document, default_model()), Scorer(default_model(), default_ranker())
    slots = list(find_slots(document, lexicon, everything=False))
    weighed = {item.slot: item for item in scorer.score(around, slots)}
    rivals = [item for item in scorer.rivals(around, slots) if item]
    assert rivals
    for item in rivals:
        assert not set(item.numbers) & set(weighed[item.slot].numbers)
        both = weighed[item.slot].beside(item)
        assert len(both.numbers) == len(both.gains) == len(both.odds) > len(item.numbers)
        assert both.reading(len(both.numbers) - 1) == item.reading(len(item.numbers) - 1)
