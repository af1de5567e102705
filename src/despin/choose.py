"""From choices to edits: which are sure enough to be made, and which are only suggested."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from despin.articles import article_edits
from despin.decode import Choice
from despin.document import Document
from despin.edits import Edit, match_case, minimise
from despin.lexicon import Lexicon
from despin.reasons import reasons_for
from despin.variety import spelled_alike

#: Choices surer than this that are not made are listed as suggestions.
SUGGEST_CONFIDENCE = 0.25


def merged(document: Document, choices: Sequence[Choice]) -> list[Choice]:
    """Return ``choices``, by place, with those that restore the same as one.

    "may" → "could" and "may be" → "could be" are: the likeliest is as likely as both.
    """
    alike: dict[tuple[int, int, str], list[Choice]] = {}
    for choice in choices:
        alike.setdefault(restoration(document, choice), []).append(choice)
    found = []
    for same in alike.values():
        best = same[0]
        if len(same) > 1:
            together = min(sum(choice.probability for choice in same), 1.0)
            best = max(same, key=lambda choice: choice.probability)._replace(probability=together)
        found.append(best)
    return sorted(found, key=lambda choice: (choice.slot.first, choice.slot.last, choice.reading))


def restored(
    document: Document, choices: Sequence[Choice], lexicon: Lexicon, confidence: float, *, guesses: bool
) -> list[Edit]:
    """Return the edits of ``document`` to make: the ``choices`` of at least ``confidence``.

    A pair that needs more is held to its own bar, unless ``guesses`` are made too. An article
    that no longer fits the word behind it follows.
    """
    sure = [
        choice
        for choice in choices
        if choice.probability >= confidence and (guesses or choice.probability >= choice.bar)
    ]
    edits = _edits(document, _without_overlap(sure), lexicon)
    return [*edits, *article_edits(document, edits)]


def suggested(
    document: Document, choices: Sequence[Choice], lexicon: Lexicon, made: Sequence[Edit]
) -> list[Edit]:
    """Return the likely ones of ``choices`` as edits, at places where none was ``made``."""
    starts, ends = document.starts, document.ends
    places = sorted((edit.start, edit.end) for edit in made)
    unsure = [
        choice
        for choice in choices
        if choice.probability >= SUGGEST_CONFIDENCE
        and not _overlaps(places, starts[choice.slot.first], ends[choice.slot.last - 1])
    ]
    return _edits(document, _without_overlap(unsure), lexicon)


def restoration(document: Document, choice: Choice) -> tuple[int, int, str]:
    """Return the span that ``choice`` changes, and what to, without words that both sides share."""
    first, last = choice.slot.first, choice.slot.last
    start, end = document.starts[first], document.ends[last - 1]
    if last - first == 1:
        return start, end, choice.original
    least = minimise(Edit(start, end, document.text[start:end], choice.original, "", 0.0))
    return least.start, least.end, least.original


def _edits(document: Document, choices: Iterable[Choice], lexicon: Lexicon) -> list[Edit]:
    """Return ``choices`` as edits, with the spelling and the apostrophes that ``document`` has most of."""
    edits = [_edit(document, choice, lexicon) for choice in choices]
    if not edits:
        return edits
    alike = spelled_alike(document.words, [(edit.spun, edit.original) for edit in edits])
    pairs = [(edit, new) for edit, new in zip(edits, alike, strict=True) if new != edit.spun]
    if document.text.count("’") > document.text.count("'"):
        pairs = [(edit, new.replace("'", "’")) for edit, new in pairs]
    return [edit if edit.original == new else replace(edit, original=new) for edit, new in pairs]


def _edit(document: Document, choice: Choice, lexicon: Lexicon) -> Edit:
    slot, reading = choice.slot, choice.slot.readings[choice.reading]
    start, end = document.starts[slot.first], document.ends[slot.last - 1]
    spun = document.text[start:end]
    original = match_case(spun, reading.original, opens=document.opens[slot.first])
    entry = lexicon.entry(reading.entry) if reading.entry >= 0 else None
    name = entry["id"] if entry else f"rule:{reading.evidence}"
    confidence = round(choice.probability, 4)
    reasons = reasons_for(document, choice, entry)
    return minimise(Edit(start, end, spun, original, name, confidence, reasons))


def _overlaps(places: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether any of the sorted, disjoint ``places`` overlaps ``[start, end)``."""
    at = bisect_left(places, (end, end))
    return at > 0 and places[at - 1][1] > start


def _without_overlap(choices: list[Choice]) -> list[Choice]:
    """Return the surest of ``choices`` that do not overlap, in order of place."""
    taken: set[int] = set()
    kept = []
    for choice in sorted(choices, key=lambda choice: (-choice.probability, choice.slot.first)):
        tokens = range(choice.slot.first, choice.slot.last)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(choice)
    return sorted(kept, key=lambda choice: choice.slot.first)
