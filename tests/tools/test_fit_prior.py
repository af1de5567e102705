from __future__ import annotations

import numpy as np
from tools.fit_prior import NAMES, Fact, Place, features, fit, loss, places

from despin.context import default_model
from despin.evaluate import case_from_marks
from despin.lexicon import Reading
from despin.lexicon.entry import Original
from despin.ranker import default_ranker
from despin.scoring import Scorer

WRITTEN = NAMES.index("written")


def test_what_is_written_more_often_than_its_worth_says_gains() -> None:
    of_both = np.zeros((2, len(NAMES)))
    of_both[1, WRITTEN] = 1.0
    nowhere = np.zeros((2, 1), np.int64)
    found = [Place(np.zeros(2), of_both, right, nowhere) for right in [1] * 80 + [0] * 20]
    weights = fit(found)
    assert np.isclose(weights[WRITTEN], np.log(4), atol=0.1)
    assert loss(found, weights) < loss(found, 0 * weights)
    assert not weights[:WRITTEN].any()


def test_a_hand_does_not_vouch_for_itself() -> None:
    fact = Fact(Original("said", 1, "seed"), frozenset({"h1", "h2"}))
    reading = Reading("said", 1, "seed", -1.0)
    assert np.isclose(features(fact, reading, "h1")[WRITTEN], np.log(2))
    assert np.isclose(features(fact, reading, "h3")[WRITTEN], np.log(3))
    assert not features(None, reading, "h1").any()


def test_a_swap_is_right_where_it_was_made() -> None:
    text = "LONDON - The minister [[mentioned=>said]] on Tuesday that he has read the book."
    scorer = Scorer(default_model(), default_ranker(), guesses=True)
    found = [*places(case_from_marks("h1-x", text), {}, scorer)]
    assert len([place for place in found if place.right]) == 1
    assert all(place.features.shape == (len(place.worth), len(NAMES)) for place in found)
    assert all(len(place.weights) == len(place.worth) for place in found)
