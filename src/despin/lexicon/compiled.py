"""The lexicon as a run sees it: compiled, looked up lazily."""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from despin.tables import Strings, Tables, string_at

#: How we know a pair, from surest to least sure. ``proposed`` only ever suggests.
EVIDENCE = ("seed", "observed", "core", "user", "curated", "proposed")
_KNOWN = {
    "seed": "seen {n}× in the seed article",
    "observed": "seen on {n} spun page{s}",
    "core": "a well-known swap of this spinner",
    "user": "in your own dictionary",
    "curated": "judged by an editor, not yet seen on a page",
    "proposed": "a guess, not yet seen on a page",
}
#: A word this long may anchor a near-phrase; shorter ones are too common.
ANCHOR_LETTERS = 5


#: How well a pair is known, coarsely: a spinner has a tier's pairs or lacks them together.
#: Seen or well known; else judged a spinner's usual choice, a common one, or a rare one.
TIERS = ("attested", "usual", "common", "rare")
#: Families of spinners, each with a table of its own; T are the tortured phrases of science.
DIALECTS = "ABCDEFGHIT"
#: The dialect of dictionaries that are not shipped.
USER = "user"
_NEVER = (0.0,) * len(TIERS)
#: Every part of a spinner's table: a dialect and a tier.
GROUPS = tuple(f"{dialect}/{tier}" for dialect in DIALECTS for tier in TIERS)
#: Readings under this (ln), prior included, are no more than rivals: they are not looked at until another of
#: their slot is likely, which costs .0005 of F0.5.
_FAR_FETCHED = -4.25
#: So are guesses, which only ever suggest, under this.
_IDLE = -3.5
#: Entries kept at hand; more would only fill the memory on a long run.
_MOST_KEPT = 10_000


def known_as(evidence: str, count: int) -> str:
    """Return how a pair is known, in words an editor understands.

    >>> known_as("observed", 2)
    'seen on 2 spun pages'
    """
    return _KNOWN[evidence].format(n=count, s="" if count == 1 else "s")


#: What the compiled form holds of each reading: the columns, and their type codes.
COLUMNS = (
    ("original", "I"),
    ("entry", "I"),
    ("evidence", "B"),
    ("logp", "f"),
    ("prior", "f"),
    ("count", "I"),
    ("capital", "B"),
    ("bar", "f"),
    ("group", "B"),
)


class Reading(NamedTuple):
    """One original that a spun form may stand for."""

    original: str
    #: Number of the entry in the lexicon that says so; -1 when a rule does.
    entry: int
    #: How the pair is known, or the name of the rule.
    evidence: str
    #: ln P(spun form | original) for a text that is wholly spun.
    logp: float
    #: What else is known of the pair, in nats: it tells which reading is right where a text is spun,
    #: and nothing of whether it is.
    prior: float = 0.0
    #: How often the pair was seen.
    seen: int = 1
    #: Whether the entry is written with capitals, and so may replace a name.
    capital: bool = False
    #: Whether the reading costs no swap: it only follows one beside it (a/an).
    free: bool = False
    #: The confidence that an edit needs at least; above 1 where it is only ever suggested.
    bar: float = 0.0
    #: The part of a spinner's table it belongs to: a dialect and a tier.
    group: str = "A/attested"

    def is_weighed(self, *, guesses: bool) -> bool:
        """Tell whether it is likely enough to be weighed, if ``guesses`` are, or if they only suggest."""
        logp = self.logp + self.prior
        return logp >= _IDLE or (logp >= _FAR_FETCHED and (guesses or self.evidence != "proposed"))


class Known(NamedTuple):
    """A reading, and how it did in forward-spun text."""

    form: str
    reading: Reading
    #: Share of its repairs that were right, or None where it was not measured, and over how many.
    precision: float | None
    support: int


@cache
def _lengths(bits: int) -> tuple[int, ...]:
    """Return the lengths, longest first, that a set of bits stands for."""
    return tuple(n + 1 for n in range(bits.bit_length() - 1, -1, -1) if bits >> n & 1)


class _Beginning(NamedTuple):
    """The lengths of the forms that begin with a word: of all, of the word alone, and by the next word."""

    lengths: tuple[int, ...]
    alone: tuple[int, ...]
    behind: dict[str, tuple[int, ...]]


_NO_BEGINNING = _Beginning((), (), {})


class Anchored(NamedTuple):
    """A spun phrase, as tokens, and which of them is the anchor that it is found by."""

    tokens: list[str]
    place: int
    #: The token before the anchor, or behind it where it comes first.
    beside: str


def _anchored(tokens: list[str], anchor: str) -> Anchored:
    place = tokens.index(anchor)
    return Anchored(tokens, place, tokens[place - 1 if place else 1])


class Lexicon:
    """Spun forms and their readings, from a file made by :mod:`despin.lexicon.compile`."""

    def __init__(self, path: Path) -> None:
        """Open the compiled lexicon at ``path``; raises ``TableError`` when it is damaged."""
        self._tables = tables = Tables(path)
        self.path = path
        self.content: str = tables.meta["content"]
        #: The sizes of the files it was made from, by name; none are kept but in the package.
        self.sizes: dict[str, int] = tables.meta.get("sizes", {})
        #: How many entries there are, those of a lexicon below included.
        self.entries: int = tables.meta["entries"]
        self._forms = Strings(tables, "form")
        self._firsts = Strings(tables, "first")
        self._seconds = Strings(tables, "second")
        self._anchors = Strings(tables, "anchor")
        self._originals = Strings(tables, "original")
        self._sources = Strings(tables, "source")
        self._activity = tables["source.activity"]
        self._ends = tables["candidate.ends"]
        self._columns = [tables[f"candidate.{name}"] for name, _ in COLUMNS]
        self._readings: dict[str, tuple[Reading, ...]] = {}
        self._likely: dict[str, tuple[Reading, ...]] = {}
        self._beginnings: dict[str, _Beginning] = {}
        self._anchored: dict[str, tuple[Anchored, ...]] = {}
        self._activity_cache: dict[str, tuple[float, ...]] = {}
        self._entries: dict[int, dict[str, Any]] = {}

    @property
    def size(self) -> int:
        """How many spun forms there are."""
        return len(self._forms)

    def phrase_lengths(self, first: str, second: str | None = None) -> tuple[int, ...]:
        """Return the lengths in tokens, longest first, of spun forms beginning with ``first``.

        Where the ``second`` word is told, longer ones must go on with it.
        """
        found = self._beginnings.get(first)
        if found is None:
            found = self._beginnings[first] = self._beginning(first)
        return found.lengths if second is None else found.behind.get(second, found.alone)

    def _beginning(self, first: str) -> _Beginning:
        number = self._firsts.find(first)
        if number < 0:
            return _NO_BEGINNING
        ends, bits = self._tables["behind.ends"], self._tables["first.lengths"][number]
        start, end = ends[number - 1] if number else 0, ends[number]
        behind = zip(
            *(self._tables[f"behind.{name}"][start:end] for name in ("word", "lengths")), strict=True
        )
        alone = bits & 1
        return _Beginning(
            _lengths(bits),
            _lengths(alone),
            {self._seconds[word]: _lengths(alone | longer) for word, longer in behind},
        )

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return what the folded tokens ``form``, joined by spaces, may stand for."""
        found = self._readings.get(form)
        if found is None:
            at = self._forms.find(form)
            found = self._readings[form] = self._read(at) if at >= 0 else ()
        return found

    def likely(self, form: str) -> tuple[Reading, ...]:
        """Return the readings of ``form`` if any is likely enough to be weighed; else none."""
        found = self._likely.get(form)
        if found is None:
            readings = self.readings(form)
            is_worth_it = any(reading.is_weighed(guesses=False) for reading in readings)
            found = self._likely[form] = readings if is_worth_it else ()
        return found

    def _read(self, form: int) -> tuple[Reading, ...]:
        start, end = self._ends[form - 1] if form else 0, self._ends[form]
        originals = self._originals
        return tuple(
            Reading(
                originals[text],
                entry,
                EVIDENCE[how],
                logp,
                prior,
                seen,
                capital > 0,
                False,
                bar,
                GROUPS[group],
            )
            for text, entry, how, logp, prior, seen, capital, bar, group in zip(
                *(column[start:end] for column in self._columns), strict=True
            )
        )

    def known(self, form: str) -> list[Known]:
        """Return the readings of ``form`` with what was measured of each."""
        at = self._forms.find(form)
        if at < 0:
            return []
        start, end = self._ends[at - 1] if at else 0, self._ends[at]
        measured = (self._tables[f"measured.{name}"][start:end] for name in ("precision", "support"))
        return [
            Known(form, reading, None if math.isnan(precision) else round(precision, 4), support)
            for reading, precision, support in zip(self._read(at), *measured, strict=True)
        ]

    def spun_to(self, original: str) -> list[Known]:
        """Return the readings of all forms that may stand for ``original``; looks through all of them."""
        wanted = {at for at in range(len(self._originals)) if self._originals[at].lower() == original}
        column = self._tables["candidate.original"]
        forms = {bisect_right(self._ends, at) for at, text in enumerate(column) if text in wanted}
        found = (known for form in sorted(forms) for known in self.known(self._forms[form]))
        return [known for known in found if known.reading.original.lower() == original]

    def activity(self, form: str) -> tuple[float, ...]:
        """Return how likely a spinner that spins all it can would swap ``form``, by tier of its pairs."""
        found = self._activity_cache.get(form)
        if found is None:
            at = self._sources.find(form) * len(TIERS)
            found = tuple(self._activity[at : at + len(TIERS)]) if at >= 0 else _NEVER
            self._activity_cache[form] = found
        return found

    def weight(self, form: str) -> float:
        """Return how much the pairs of which ``form`` is the original weigh together, in dialect A."""
        at = self._sources.find(form)
        weight: float = self._tables["source.weight"][at] if at >= 0 else 0.0
        return weight

    def anchored(self, word: str) -> tuple[Anchored, ...]:
        """Return the spun phrases whose longest word is ``word``."""
        found = self._anchored.get(word)
        if found is None:
            at = self._anchors.find(word)
            phrases = self._phrases(at) if at >= 0 else ()
            found = self._anchored[word] = tuple(_anchored(tokens, word) for tokens in phrases)
        return found

    def _phrases(self, anchor: int) -> Iterator[list[str]]:
        ends, forms = self._tables["anchored.ends"], self._tables["anchored.forms"]
        start = ends[anchor - 1] if anchor else 0
        return (self._forms[forms[at]].split(" ") for at in range(start, ends[anchor]))

    @cached_property
    def words(self) -> list[str]:
        """Every word of every spun form, sorted."""
        words = Strings(self._tables, "word")
        return [words[at] for at in range(len(words))]

    @cached_property
    def never(self) -> tuple[str, ...]:
        """What is never to be touched wherever it stands, in folded tokens."""
        phrases = Strings(self._tables, "never")
        return tuple(phrases[at] for at in range(len(phrases)))

    def entry(self, number: int) -> dict[str, Any]:
        """Return what is known of entry ``number``: id, spun form, dialect, file, line, note."""
        if len(self._entries) >= _MOST_KEPT:
            self._entries.clear()
        found = self._entries.get(number)
        if found is None:
            found = self._entries[number] = json.loads(string_at(self._tables, "entry", number))
        return found
