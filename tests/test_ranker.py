from __future__ import annotations

import pytest

from despin.context import default_model
from despin.lexicon import default_lexicon
from despin.pipeline import Options, Pipeline, default_pipeline
from despin.ranker import candidate_key, default_ranker


def confidence(pipeline: Pipeline, text: str, form: str, original: str) -> float:
    """Return how sure ``pipeline`` is that ``original`` stood where ``text`` reads ``form``."""
    slots = pipeline.candidates(text, Options())
    return max(dict(slot.originals)[original] for slot in slots if slot.text == form)


def test_it_has_learned_from_context() -> None:
    with_ranker = default_pipeline()
    without = Pipeline(default_model(), default_lexicon(), None)
    for text, form, original, wanted in (
        ("Prices rose to additional highs.", "additional", "further", True),
        ("The war costs lives.", "costs", "prices", False),
    ):
        learned, known = (confidence(pipeline, text, form, original) for pipeline in (with_ranker, without))
        assert (learned > known + 0.05) is wanted
        assert (learned < known - 0.05) is not wanted


def test_what_it_learned_from_hands_counts_as_much_as_it_is_asked_to() -> None:
    ranker = default_ranker()
    keys = [candidate_key("burdened", ""), candidate_key("burdened", "stressed")]
    features = list(range(1, 12))
    none, half, all_ = (ranker.corrections(keys, features, breadth) for breadth in (0.0, 0.5, 1.0))
    assert none != all_
    assert half == pytest.approx([(one + other) / 2 for one, other in zip(none, all_, strict=True)])


def test_an_unknown_candidate_is_next_to_nothing() -> None:
    ranker = default_ranker()
    features = list(range(1, 12))
    keep, unknown = ranker.corrections(
        [candidate_key("mentioned", ""), candidate_key("mentioned", "qwzx")], features
    )
    assert abs(unknown - keep) < 6


@pytest.mark.parametrize("original", ["said", "Said", " said"])
def test_a_wording_has_one_key_however_it_is_written(original: str) -> None:
    assert candidate_key("mentioned", original).wording == candidate_key("stated", "said").wording
    assert candidate_key("said", "").wording == candidate_key("stated", "said").wording
    assert candidate_key("mentioned", "said").pair != candidate_key("stated", "said").pair
