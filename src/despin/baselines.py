"""What despin is measured against."""

from __future__ import annotations

from despin.document import read
from despin.edits import Edit, apply_edits, match_case
from despin.lexicon import default_lexicon
from despin.match import find_slots


def lexicon_lookup(text: str) -> str:
    """Return ``text`` with every spun form outside quotes swapped for its commonest original.

    The lexicon without context, document or doubt: longest phrase first.
    """
    document = read(text)
    edits: list[Edit] = []
    at = 0
    for slot in find_slots(document, default_lexicon(), everything=True):
        reading = slot.readings[0]
        if slot.first < at or reading.bar > 1:
            continue
        start, end = document.starts[slot.first], document.ends[slot.last - 1]
        spun = text[start:end]
        original = match_case(spun, reading.original, opens=document.opens[slot.first])
        edits.append(Edit(start, end, spun, original, "lookup", 1.0))
        at = slot.last
    return apply_edits(text, edits)
