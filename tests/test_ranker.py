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


SPUN = "The minister mentioned on Wednesday that talks would go on."
CLEAN = "She mentioned the book in a letter."


def test_it_has_learned_from_context() -> None:
    with_ranker = default_pipeline()
    without = Pipeline(default_model(), default_lexicon(), None)
    for pipeline in (with_ranker, without):
        assert confidence(pipeline, SPUN, "mentioned", "said") > 0.9
    assert confidence(with_ranker, CLEAN, "mentioned", "said") < confidence(
        without, CLEAN, "mentioned", "said"
    )


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
