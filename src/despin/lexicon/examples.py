"""Running the examples of dictionary entries: they are tests of the whole pipeline.

A sentence to change is repaired as spun text; a sentence to keep is tried as spun text and as
clean text. Either must come out letter by letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from despin.lexicon.entry import Entry, Example, Pack

#: Repairs a text, told what to assume of it ("spun" or "clean").
Fix = Callable[[str, str], str]


class Outcome(NamedTuple):
    """An example that was run."""

    entry: Entry
    example: Example
    #: What came out instead of what should, or "" when it came out right.
    instead: str

    @property
    def surprise(self) -> str:
        """Return what is wrong with the outcome, given what is known; "" when nothing is."""
        wanted = self.example.original
        if self.instead and not self.example.fails:
            return f"{self.entry.spun!r}: wanted {wanted!r}, got {self.instead!r}"
        if not self.instead and self.example.fails:
            return f"{self.entry.spun!r}: {wanted!r} comes out right now; take its `fails` out"
        return ""


def run(packs: Iterable[Pack], fix: Fix) -> Iterator[Outcome]:
    """Run every example of ``packs`` through ``fix``."""
    for entry in (entry for pack in packs for entry in pack.entries):
        for example in entry.examples:
            yield Outcome(entry, example, _instead(example, fix))


def _instead(example: Example, fix: Fix) -> str:
    for assume in ("spun",) if example.changes else ("spun", "clean"):
        fixed = fix(example.spun, assume)
        if fixed != example.original:
            return fixed
    return ""
