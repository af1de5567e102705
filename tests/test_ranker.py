from __future__ import annotations

from despin.context import default_model
from despin.document import read
from despin.features import Surroundings
from despin.lexicon import default_lexicon
from despin.match import find_slots
from despin.ranker import candidate_key, default_ranker


def correction(text: str, form: str, original: str) -> float:
    """Return what the ranker adds to ``original`` over "kept", in nats."""
    document = read(text)
    slots = find_slots(document, default_lexicon())
    slot = next(slot for slot in slots if document.surface(slot.first, slot.last) == form)
    features = Surroundings(document, default_model()).of(slot)
    keys = [candidate_key(form, ""), candidate_key(form, original)]
    keep, read_as = default_ranker().corrections(keys, features)
    return read_as - keep


SPUN = "The minister mentioned on Wednesday that talks would go on."


def test_it_has_learned_from_context() -> None:
    clean = correction("She mentioned the book in a letter.", "mentioned", "said")
    assert correction(SPUN, "mentioned", "said") > clean + 0.5


def test_an_unknown_candidate_is_next_to_nothing() -> None:
    assert abs(correction(SPUN, "mentioned", "qwzx")) < 6
