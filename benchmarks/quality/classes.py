"""What kind of swap a mark is, as far as the lexicon can tell."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.marks import Marks

from despin.evaluate import TOKEN, Case, Chunk, Tally, judge
from despin.lexicon import Lexicon, Reading
from despin.tokens import fold, words

#: The classes in the order of the table, and what each means; a swap may be in several.
CLASSES = {
    "word": "what stands there is one word",
    "phrase": "it is several words, or none",
    "inflected": "it is another form of the entry than the one written in the dictionary",
    "ambiguous": "the lexicon has more than one original for it",
    "unseen entry": "the pair was judged, and never seen on a page",
    "not in the lexicon": "no entry alone gives an accepted original",
}


def classes(spun: str, accepted: Sequence[Sequence[str]], lexicon: Lexicon) -> set[str]:
    """Return the classes of a swap, and "dialect X" of the entry that can undo it.

    ``accepted`` are the wordings that may be restored, in tokens.
    """
    form = words(spun)
    found = {"word" if len(form) == 1 else "phrase"}
    readings = lexicon.readings(" ".join(form))
    if len({reading.original for reading in readings}) > 1:
        found.add("ambiguous")
    reading = _giving(accepted, readings)
    if reading is None:
        return found | {"not in the lexicon"}
    entry = lexicon.entry(reading.entry)
    if words(entry["spun"]) != form:
        found.add("inflected")
    if reading.evidence in {"curated", "proposed"}:
        found.add("unseen entry")
    return found | {f"dialect {entry['dialect']}"}


def _giving(accepted: Sequence[Sequence[str]], readings: Sequence[Reading]) -> Reading | None:
    """Return the likeliest reading that gives an ``accepted`` wording, its capitals aside."""
    wanted = [[fold(token) for token in wording] for wording in accepted]
    return next((reading for reading in readings if TOKEN.findall(fold(reading.original)) in wanted), None)


def by_class(case: Case, fixed: str, lexicon: Lexicon) -> dict[str, Tally]:
    """Return how the swaps of each class fared in one repaired article; only recall means something.

    To a class, the swaps of the others are text like any other.
    """
    marks, found = Marks(case), dict[str, list[Chunk]]()
    for chunk in marks.chunks:
        for name in classes(marks.surface(chunk), chunk.accepted, lexicon):
            found.setdefault(name, []).append(chunk)
    return {name: judge(Case(case.name, case.spun, tuple(chunks)), fixed) for name, chunks in found.items()}
