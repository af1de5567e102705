from __future__ import annotations

from despin.context import default_model
from despin.document import read
from despin.lexicon import default_lexicon
from despin.match import Slot, find_slots
from despin.ranker import Features, candidate_key, default_ranker


def correction(text: str, form: str, original: str) -> float:
    """Return what the ranker adds to ``original`` over "kept", in nats."""
    document = read(text)
    slot = next(slot for slot in find_slots(document, default_lexicon()) if surface(document, slot) == form)
    features = Features(document, default_model().ids(document.words)).of(slot)
    keep, read_as = default_ranker().corrections(
        [candidate_key(form, ""), candidate_key(form, original)], features
    )
    return read_as - keep


def surface(document: object, slot: Slot) -> str:
    return " ".join(document.words[slot.first : slot.last])  # type: ignore[attr-defined]


def test_it_has_learned_from_context() -> None:
    spun = correction("The minister mentioned on Friday that talks would go on.", "mentioned", "said")
    clean = correction("He mentioned the book in passing.", "mentioned", "said")
    assert spun > clean


def test_an_unknown_candidate_is_next_to_nothing() -> None:
    text = "The minister mentioned on Friday that talks would go on."
    document = read(text)
    slot = next(iter(find_slots(document, default_lexicon())))
    features = Features(document, default_model().ids(document.words)).of(slot)
    (unseen,) = default_ranker().corrections([candidate_key("qwzx", "xzwq")], features)
    assert abs(unseen) < 4.0
