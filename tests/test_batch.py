"""One slot at a time and many at once must give the same, to the last bit."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.arrays import Costs
from despin.articles import article_slots
from despin.batch import BatchScorer
from despin.context import default_model
from despin.document import read
from despin.features import Surroundings
from despin.lexicon import default_lexicon
from despin.match import find_slots
from despin.pipeline import Options, Pipeline
from despin.ranker import default_ranker
from despin.scoring import FEW, Scored, Scorer

_IDS = st.integers(0, 40_000)
_WORDS = st.sampled_from(
    [
        *("he", "mentioned", "that", "the", "place", "an", "a", "jap", "explosive", "device", "within", "12"),
        *(",", ".", "Kirby", "has", "been", "burdened", "explicitly", "couple", "of", "“", "”", "dragged"),
        *("into", "so", "as", "to\n\nfolks", "unseenword"),
    ]
)
_ARTICLES = sorted((Path(__file__).parents[1] / "benchmarks/data/dev").glob("*.spun.txt"))[:4]


@given(st.lists(st.tuples(_IDS, _IDS, _IDS), min_size=1, max_size=50))
def test_costs_agree(rows: list[tuple[int, int, int]]) -> None:
    context = default_model()
    found = Costs(context).of(*(np.array(column, np.int64) for column in zip(*rows, strict=True)))
    assert found.tolist() == [context.cost(*row) for row in rows]


@pytest.mark.parametrize("guesses", [False, True])
@pytest.mark.parametrize("article", _ARTICLES, ids=lambda path: path.name)
def test_an_article_is_scored_alike(article: Path, guesses: bool) -> None:
    text = article.read_text(encoding="utf-8")
    one_by_one = said(Scorer, text, guesses=guesses)
    assert len(one_by_one.scored) > 20
    assert said(BatchScorer, text, guesses=guesses) == one_by_one


def test_a_long_text_is_scored_alike() -> None:
    text = _ARTICLES[0].read_text(encoding="utf-8") * 8
    one_by_one = said(Scorer, text, guesses=True)
    assert len(one_by_one.scored) > 1000
    assert said(BatchScorer, text, guesses=True) == one_by_one


@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_any_text_is_scored_alike(text: str) -> None:
    assert said(BatchScorer, text, guesses=True) == said(Scorer, text, guesses=True)


class Said(NamedTuple):
    """What a scorer says of the slots of a text, without the ranker and with it."""

    scored: list[Scored]
    rivals: list[Scored | None]
    corrected: list[Scored]
    #: What the ranker adds, those weights counted in part that it learned from hands.
    by_hands: list[list[float]]


def said(kind: type[Scorer], text: str, *, guesses: bool) -> Said:
    document, context = read(text), default_model()
    around = Surroundings(document, context)
    slots = list(find_slots(document, default_lexicon(), everything=True))
    slots += article_slots(document, slots)
    scorer = kind(context, default_ranker(), guesses=guesses)
    scored = scorer.score(around, slots)
    by_hands = scorer.corrections(around, [(item, range(len(item.numbers))) for item in scored], breadth=0.3)
    return Said(scored, scorer.rivals(around, slots), scorer.corrected(around, scored), by_hands)


def test_a_long_run_repairs_as_a_short_one(seed: str) -> None:
    pipeline = Pipeline(default_model(), default_lexicon(), default_ranker())
    texts = [seed + "\n" * number for number in range(2 * FEW)]
    edits = [pipeline.fix(text, Options()).edits for text in texts]
    assert edits == [edits[0]] * len(texts)
    assert edits[0]
