"""The lexicon as a run sees it: compiled, looked up lazily."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from despin.lexicon.entry import EVIDENCE
from despin.tables import Strings, Tables

#: A word this long may anchor a near-phrase; shorter ones are too common.
ANCHOR_LETTERS = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """One original that a spun form may stand for."""

    original: str
    #: Number of the entry in the lexicon that says so; -1 when a rule does.
    entry: int
    #: How the pair is known, or the name of the rule.
    evidence: str
    #: ln P(spun form | original) for a text that is wholly spun.
    logp: float
    #: How often the pair was seen.
    count: int = 1
    #: Whether the entry is written with capitals, and so may replace a name.
    capital: bool = False
    #: Whether the reading costs no swap: it only follows one beside it (a/an).
    free: bool = False

    @property
    def tier(self) -> str:
        """How well the pair is known, coarsely: a spinner has a tier's pairs or lacks them together."""
        return self.evidence if self.evidence in {"curated", "proposed"} else "attested"


class Lexicon:
    """Spun forms and their readings, from a file made by :mod:`despin.lexicon.compile`."""

    def __init__(self, path: Path) -> None:
        """Open the compiled lexicon at ``path``; raises ``TableError`` when it is damaged."""
        self._tables = tables = Tables(path)
        self.content: str = tables.meta["content"]
        self._forms = Strings(tables, "form")
        self._firsts = Strings(tables, "first")
        self._lengths = tables["first.lengths"]
        self._anchors = Strings(tables, "anchor")
        self._originals = Strings(tables, "original")
        self._sources = Strings(tables, "source")
        self._activity = tables["source.activity"]
        self._ends = tables["candidate.ends"]
        self._readings: dict[str, tuple[Reading, ...]] = {}
        self._length_cache: dict[str, tuple[int, ...]] = {}
        self._anchored: dict[str, tuple[list[str], ...]] = {}
        self._activity_cache: dict[str, float] = {}

    def phrase_lengths(self, first: str) -> tuple[int, ...]:
        """Return the lengths in tokens, longest first, of spun forms beginning with ``first``."""
        found = self._length_cache.get(first)
        if found is None:
            at = self._firsts.find(first)
            bits = self._lengths[at] if at >= 0 else 0
            found = tuple(n + 1 for n in range(31, -1, -1) if bits >> n & 1)
            self._length_cache[first] = found
        return found

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return what the folded tokens ``form``, joined by spaces, may stand for."""
        found = self._readings.get(form)
        if found is None:
            at = self._forms.find(form)
            found = self._readings[form] = self._read(at) if at >= 0 else ()
        return found

    def _read(self, form: int) -> tuple[Reading, ...]:
        tables = self._tables
        start = self._ends[form - 1] if form else 0
        return tuple(
            Reading(
                self._originals[tables["candidate.original"][at]],
                tables["candidate.entry"][at],
                EVIDENCE[tables["candidate.evidence"][at]],
                tables["candidate.logp"][at],
                tables["candidate.count"][at],
                bool(tables["candidate.capital"][at]),
            )
            for at in range(start, self._ends[form])
        )

    def activity(self, form: str) -> float:
        """Return how likely a spinner that spins everything would swap the original ``form``."""
        found = self._activity_cache.get(form)
        if found is None:
            at = self._sources.find(form)
            found = self._activity_cache[form] = self._activity[at] if at >= 0 else 0.0
        return found

    def anchored(self, word: str) -> tuple[list[str], ...]:
        """Return the spun phrases, as tokens, whose longest word is ``word``."""
        found = self._anchored.get(word)
        if found is None:
            at = self._anchors.find(word)
            found = self._anchored[word] = self._phrases(at) if at >= 0 else ()
        return found

    def _phrases(self, anchor: int) -> tuple[list[str], ...]:
        ends, forms = self._tables["anchored.ends"], self._tables["anchored.forms"]
        start = ends[anchor - 1] if anchor else 0
        return tuple(self._forms[forms[at]].split(" ") for at in range(start, ends[anchor]))

    @cached_property
    def words(self) -> list[str]:
        """Every word of every spun form, sorted."""
        words = Strings(self._tables, "word")
        return [words[at] for at in range(len(words))]

    def entry(self, number: int) -> dict[str, Any]:
        """Return what is known of entry ``number``: id, file, line, evidence, note."""
        fields: dict[str, Any] = json.loads(Strings(self._tables, "entry")[number])
        return fields
