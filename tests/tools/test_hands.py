from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from tools.fit_prior import NAMES, Place, places
from tools.train.hands import SIZE, learn

from despin.context import default_model
from despin.evaluate import case_from_marks
from despin.features import HAND_FEATURES
from despin.ranker import candidate_key, default_ranker
from despin.scoring import Scorer

SHARED = 3


def place(right: int, first: int, second: int) -> Place:
    """A slot with two choices of like worth, whose weights lie from ``first`` and ``second`` on."""
    at = np.array([range(first, first + 11), range(second, second + 11)]) << SHARED
    return Place(np.zeros(2), np.zeros((2, len(NAMES))), right, at)


def chance(weights: NDArray[np.float64], first: int, second: int) -> float:
    worth = [weights[at : at + HAND_FEATURES].sum() for at in (first, second)]
    return float(1 / (1 + np.exp(worth[0] - worth[1])))


def test_what_hands_chose_becomes_likelier_and_nothing_else_changes() -> None:
    found = [place(1, 100, 200)] * 90 + [place(0, 100, 200)] * 10 + [place(0, 100, 300)] * 100
    weights = learn(found, SHARED, epochs=40)
    assert 0.8 < chance(weights, 100, 200) < 0.95
    assert chance(weights, 100, 300) < 0.2
    touched = {start + step for start in (100, 200, 300) for step in range(HAND_FEATURES)}
    assert set(np.flatnonzero(weights)) == touched
    assert len(weights) == SIZE


def test_the_table_that_is_shipped_has_its_size() -> None:
    ranker = default_ranker()
    assert len(ranker.hands) == SIZE
    assert len(ranker.weights) == SIZE << ranker.shared


def test_a_slot_says_where_the_ranker_looks() -> None:
    text = "LONDON - The minister [[mentioned=>said]] on Tuesday that he has read the book."
    ranker = default_ranker()
    found = [*places(case_from_marks("h1-x", text), {}, Scorer(default_model(), ranker, guesses=True))]
    (swap,) = [place for place in found if place.right]
    keys = [candidate_key("mentioned", ""), candidate_key("mentioned", "said")]
    features = list(range(1, 12))
    told = [sum(ranker.weights[at] for at in row) * ranker.step for row in ranker.indexes(keys, features)]
    assert told == ranker.corrections(keys, features)
    assert swap.weights.shape == (len(swap.worth), 11)
