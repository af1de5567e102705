"""Slots: where the text reads a spun form, and what it may stand for.

The exact phrase scan costs one dictionary look-up a token whatever the size of
the lexicon. Near-phrases are looked for only where an anchor stands; see
:mod:`despin.near`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from typing import NamedTuple

from despin.document import Document
from despin.lexicon import Lexicon, Reading

#: Shields that give way to an entry that is itself written so: with a capital, or with the number.
_SPELLED_OUT = frozenset({"", "name", "number"})


class Slot(NamedTuple):
    """Tokens ``[first, last)`` of a document that read a spun form."""

    first: int
    last: int
    readings: tuple[Reading, ...]
    #: ln of how much less such a slot is worth than one that reads letter by letter.
    penalty: float = 0.0


def find_slots(document: Document, lexicon: Lexicon, *, everything: bool) -> Iterator[Slot]:
    """Yield every slot of ``document`` that no shield touches, by first token; slots may overlap.

    Slots whose readings are all too far-fetched to be weighed are left out, unless ``everything`` is wanted.
    """
    words, shielded, paragraph = document.words, document.shielded, document.paragraph
    count, readings_of = len(words), lexicon.readings if everything else lexicon.likely
    open_ = list(compress(range(count), map(_SPELLED_OUT.__contains__, shielded)))
    behind = [*words[1:], ""]
    lengths = list(map(lexicon.phrase_lengths, map(words.__getitem__, open_), map(behind.__getitem__, open_)))
    for first, sizes in compress(zip(open_, lengths, strict=True), lengths):
        for length in sizes:
            last = first + length
            if length == 1:
                readings, is_shielded = readings_of(words[first]), shielded[first] != ""
            elif last > count or paragraph[last - 1] != paragraph[first]:
                continue
            else:
                readings, is_shielded = readings_of(document.form(first, last)), any(shielded[first:last])
            if readings and is_shielded:
                readings = _open_readings(document, first, last, readings)
            if readings:
                yield Slot(first, last, readings)


def by_place(slot: Slot) -> tuple[int, int]:
    """Return what slots are sorted by."""
    return slot.first, slot.last


def is_open(document: Document, first: int, last: int) -> bool:
    """Tell whether tokens ``[first, last)`` stand in one paragraph, and no shield touches them."""
    return document.paragraph[last - 1] == document.paragraph[first] and not any(
        document.shielded[first:last]
    )


def _open_readings(
    document: Document, first: int, last: int, readings: tuple[Reading, ...]
) -> tuple[Reading, ...]:
    """Return the readings that may be restored: one written with capitals may replace a name."""
    held = set(document.shielded[first:last])
    if not held <= _SPELLED_OUT:
        return ()
    return tuple(reading for reading in readings if reading.capital) if "name" in held else readings
