"""A user's dictionaries over the packs that are shipped, each compiled apart.

An edited dictionary is compiled anew in a moment, and the packs are not even read. What it
says of a form, it says alone: nothing that lies below is heard on that form.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from despin.lexicon.compiled import Anchored, Known, Lexicon, Reading


class LayeredLexicon(Lexicon):
    """The lexicon compiled to ``path``, over a ``base`` that it was compiled for."""

    def __init__(self, path: Path, base: Lexicon) -> None:
        """Open the compiled lexicon at ``path``; raises ``TableError`` when it is damaged."""
        super().__init__(path)
        self._base = base
        self._first_entry, self.entries = base.entries, base.entries + self.entries
        self._both: dict[str, tuple[Anchored, ...]] = {}

    def phrase_lengths(self, first: str, second: str | None = None) -> tuple[int, ...]:
        """Return the lengths in tokens, longest first, of spun forms of either that begin so."""
        own, below = super().phrase_lengths(first, second), self._base.phrase_lengths(first, second)
        return tuple(sorted({*own, *below}, reverse=True)) if own else below

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return what ``form`` may stand for; none if it is never to be touched."""
        return super().readings(form) if self._has(form) else self._base.readings(form)

    def likely(self, form: str) -> tuple[Reading, ...]:
        """Return the readings of ``form`` if any is likely enough to be weighed; else none."""
        return super().likely(form) if self._has(form) else self._base.likely(form)

    def known(self, form: str) -> list[Known]:
        """Return the readings of ``form`` with what was measured of each."""
        return super().known(form) if self._has(form) else self._base.known(form)

    def spun_to(self, original: str) -> list[Known]:
        """Return the readings of all forms of either that may stand for ``original``."""
        below = [known for known in self._base.spun_to(original) if not self._has(known.form)]
        return [*super().spun_to(original), *below]

    def activity(self, form: str) -> tuple[float, ...]:
        """Return how likely a spinner that spins all it can would swap ``form``, by tier of its pairs."""
        return super().activity(form) if self._sources.find(form) >= 0 else self._base.activity(form)

    def anchored(self, word: str) -> tuple[Anchored, ...]:
        """Return the spun phrases of either whose longest word is ``word``."""
        found = self._both.get(word)
        if found is None:
            below = [phrase for phrase in self._base.anchored(word) if not self._has(" ".join(phrase.tokens))]
            found = self._both[word] = (*super().anchored(word), *below)
        return found

    @cached_property
    def words(self) -> list[str]:
        """Every word of every spun form of either, sorted."""
        return sorted({*super().words, *self._base.words})

    @cached_property
    def never(self) -> tuple[str, ...]:
        """What is never to be touched; what lies below holds unless an entry speaks of that form."""
        return (*super().never, *(form for form in self._base.never if not self._has(form)))

    def entry(self, number: int) -> dict[str, Any]:
        """Return what is known of entry ``number``: id, spun form, dialect, file, line, note."""
        own = number - self._first_entry
        return super().entry(own) if own >= 0 else self._base.entry(number)

    def _has(self, form: str) -> bool:
        return self._forms.find(form) >= 0
