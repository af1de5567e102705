"""Compiling packs to the flat tables that a run reads.

Both directions of the channel are derived here from one count per pair: what
a spun form may stand for, and how likely an original is written as that form.
"""

from __future__ import annotations

import itertools
import json
import math
import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from despin.lexicon.compiled import ANCHOR_LETTERS, COLUMNS, EVIDENCE, GROUPS, TIERS, USER, Lexicon
from despin.lexicon.entry import Entry, Original, Pack
from despin.lexicon.inflect import form_pairs
from despin.tables import pack_strings, write_tables
from despin.tokens import words

#: Weight of a pair among those of its original, by its tier; sightings of an attested pair come on top.
_WEIGHT = {"attested": 1.0, "usual": 1.5, "common": 0.4, "rare": 0.2}
#: More sightings than this say no more: they tell of common words, not of sure swaps.
_MOST_SIGHTINGS = 6
#: How likely a spinner has the pair in its table at all, by its tier: in articles spun by hand the
#: readings of each tier were right in 42, 18, 1.7 and 0.8 % of their places.
_ACTIVITY = {"attested": 0.95, "usual": 0.5, "common": 0.05, "rare": 0.0125}
#: The dialect that an entry belongs to when it names none of ours.
_DEFAULT = "A"
#: ln of what it says by itself that a phrase is on the list of tortured ones: honest text hardly ever has it,
#: and our context model, which knows news, has seen neither it nor the term of art that it stands for.
_TORTURED = 5.0
#: What else is known of a pair, in nats, fitted on articles spun by hand (tools/fit_prior.py). Of a judged
#: one: what it is worth, and what part of its channel to leave out; of two words, what it is worth that no
#: thesaurus has them, or each that has.
_JUDGED, _FLATTENED = -1.25, 0.28
_UNLISTED, _LISTED = -0.71, 0.21
#: Of any: that hands wrote it, for each unit of ln(1 + how many); likeliest is 0.4, but the ranker has
#: learned from the same articles, and text that no hand spun is repaired better with less.
_WRITTEN = 0.2
#: Mass left to forms that the lexicon does not know yet.
_UNSEEN = 0.5


@dataclass(frozen=True, slots=True)
class _Pair:
    original: str
    entry: int
    source: Original
    capital: bool
    dialect: str

    @property
    def tier(self) -> str:
        """How well the pair is known."""
        return tier_of(self.source)

    @property
    def weight(self) -> float:
        """How much it weighs among those of its original."""
        return weight_of(self.source)

    @property
    def rank(self) -> tuple[bool, float]:
        """Of the same pair known from two packs, the one of dialect A and of more weight counts."""
        return self.dialect == _DEFAULT, self.weight


def tier_of(original: Original) -> str:
    """Return how well a pair is known, coarsely."""
    if not original.is_judged:
        return "attested"
    return "rare" if original.count == 1 else "common" if original.count == 2 else "usual"


def weight_of(original: Original) -> float:
    """Return how much a pair weighs among those of its original."""
    tier = tier_of(original)
    sightings = min(original.count, _MOST_SIGHTINGS) if tier == "attested" else 0
    return sightings + _WEIGHT[tier]


def activity_of(original: Original) -> float:
    """Return how likely a spinner has the pair in its table at all."""
    return _ACTIVITY[tier_of(original)]


def compile_packs(
    packs: Iterable[Pack],
    target: Path,
    content: str,
    base: Lexicon | None = None,
    sizes: Mapping[str, int] | None = None,
) -> None:
    """Write the compiled form of ``packs`` to ``target``; ``content`` is their fingerprint.

    They are a layer over ``base``, if it is given: entries are numbered on, and its pairs of
    the same originals share in what a spinner writes for them. The ``sizes`` of their files are
    kept where they lie in one package with it.
    """
    packs = list(packs)
    entries = [entry for pack in packs for entry in pack.entries]
    never = {_key(form) for pack in packs for form in pack.never}
    first = base.entries if base else 0
    forms, activity, totals = _gather(entries, first, never, base)
    keys = sorted(forms)
    arrays = pack_strings("form", keys)
    arrays |= _beginnings(keys)
    arrays |= pack_strings("never", sorted(never))
    arrays |= _anchors(keys, {key for key in keys if not forms[key]})
    arrays |= pack_strings("word", sorted({word for key in keys for word in key.split(" ")}))
    arrays |= _candidates([forms[key] for key in keys], totals)
    sources_of = [pair.source for key in keys for pair in forms[key]]
    precision = [math.nan if source.precision is None else source.precision for source in sources_of]
    arrays["measured.precision"] = ("f", _packed("f", precision))
    arrays["measured.support"] = ("I", _packed("I", [source.support for source in sources_of]))
    arrays |= pack_strings("source", sources := sorted(activity))
    arrays["source.activity"] = (
        "f",
        _packed("f", [value for source in sources for value in activity[source]]),
    )
    arrays["source.weight"] = ("f", _packed("f", [totals[_DEFAULT, source] for source in sources]))
    arrays |= pack_strings("entry", [_entry_text(at, entry) for at, entry in enumerate(entries, first)])
    meta = {"kind": "lexicon", "content": content, "sizes": dict(sizes or {}), "entries": len(entries)}
    write_tables(target, meta, arrays)


def _gather(
    entries: list[Entry], first: int, never: set[str], base: Lexicon | None
) -> tuple[dict[str, list[_Pair]], dict[str, list[float]], dict[tuple[str, str], float]]:
    """Return the pairs by spun form; how likely each original is spun, by tier; its weight in a dialect.

    Entries are numbered from ``first``. A form that is never to be touched has no pairs.
    """
    forms: dict[str, dict[str, _Pair]] = defaultdict(dict)
    for at, entry in enumerate(entries, first):
        dialect = _DEFAULT if entry.dialect == USER else entry.dialect
        for spun, original, source in form_pairs(entry):
            pair = _Pair(original, at, source, entry.spun != entry.spun.lower(), dialect)
            known = forms[_key(spun)].get(_key(original))
            if known is None or known.rank < pair.rank:
                forms[_key(spun)][_key(original)] = pair
    forms.update({form: {} for form in never})
    totals: dict[tuple[str, str], float] = defaultdict(float)
    for pairs in forms.values():
        for original_key, pair in pairs.items():
            totals[pair.dialect, original_key] += pair.weight
    activity: dict[str, list[float]] = {}
    for (dialect, original_key), weight in totals.items():
        if dialect != _DEFAULT:
            continue
        below = base.weight(original_key) if base else 0.0
        totals[dialect, original_key] = weight + below
        # What is known below has a smaller share of its original now.
        left = (below + _UNSEEN) / (weight + below + _UNSEEN)
        activity[original_key] = (
            [left * value for value in base.activity(original_key)] if base else [0.0] * len(TIERS)
        )
    for pairs in forms.values():
        for original_key, pair in pairs.items():
            if pair.dialect == _DEFAULT:
                share = pair.weight / (totals[_DEFAULT, original_key] + _UNSEEN)
                activity[original_key][TIERS.index(pair.tier)] += share * _ACTIVITY[pair.tier]
    ranked = {
        form: sorted(pairs.values(), key=lambda pair: (-pair.weight, pair.original))
        for form, pairs in forms.items()
    }
    return ranked, activity, totals


def _key(phrase: str) -> str:
    return " ".join(words(phrase))


def _beginnings(keys: list[str]) -> dict[str, tuple[str, bytes]]:
    """Return the first words of the sorted forms, and behind each the second words that go on with it.

    Beside each stands a bit set of the lengths of forms that begin so.
    """
    lengths: dict[str, int] = defaultdict(int)
    behind: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key in keys:
        first, *others = key.split(" ")
        bits = 1 << min(len(others), 31)
        lengths[first] |= bits
        if others:
            behind[first][others[0]] |= bits
    seconds = [pair for first in lengths for pair in behind[first].items()]
    names = sorted({word for word, _ in seconds})
    number = {word: at for at, word in enumerate(names)}
    ends = itertools.accumulate(len(behind[first]) for first in lengths)
    return {
        **pack_strings("first", list(lengths)),
        "first.lengths": ("I", _packed("I", list(lengths.values()))),
        "behind.ends": ("I", _packed("I", list(ends))),
        **pack_strings("second", names),
        "behind.word": ("I", _packed("I", [number[word] for word, _ in seconds])),
        "behind.lengths": ("I", _packed("I", [bits for _, bits in seconds])),
    }


def _candidates(
    forms: list[list[_Pair]], totals: dict[tuple[str, str], float]
) -> dict[str, tuple[str, bytes]]:
    """Return the arrays of all readings, form by form, given the weight of each original in a dialect."""
    originals = sorted({pair.original for pairs in forms for pair in pairs})
    number = {original: at for at, original in enumerate(originals)}
    rows = []
    for pair in (pair for pairs in forms for pair in pairs):
        logp = _logp(pair, pair.weight / (totals[pair.dialect, _key(pair.original)] + _UNSEEN))
        rows.append(
            (
                number[pair.original],
                pair.entry,
                EVIDENCE.index(pair.source.evidence),
                logp,
                _prior(pair, logp),
                pair.source.count,
                pair.capital,
                pair.source.bar,
                GROUPS.index(f"{pair.dialect}/{pair.tier}"),
            )
        )
    ends = list(itertools.accumulate(map(len, forms)))
    arrays = pack_strings("original", originals) | {"candidate.ends": ("I", _packed("I", ends))}
    for at, (name, code) in enumerate(COLUMNS):
        arrays[f"candidate.{name}"] = (code, _packed(code, [row[at] for row in rows]))
    return arrays


def _logp(pair: _Pair, share: float) -> float:
    """Return ln of how likely a spinner writes ``pair`` for its original, of which it has that ``share``."""
    return math.log(share * _ACTIVITY[pair.tier]) + (_TORTURED if pair.dialect == "T" else 0.0)


def _prior(pair: _Pair, logp: float) -> float:
    """Return what else is known of ``pair``, whose channel is ``logp`` (ln)."""
    source = pair.source
    found = _WRITTEN * math.log1p(source.written)
    if pair.dialect == _DEFAULT and source.is_judged:
        # How an editor ranked a pair, and how many rivals it has, tell less than it seems.
        found += _JUDGED - _FLATTENED * logp
        if source.listed is not None:
            found += _LISTED * source.listed or _UNLISTED
    return found


def _anchors(keys: list[str], never: set[str]) -> dict[str, tuple[str, bytes]]:
    """Return the phrases but ``never`` by their longest word, where a near-phrase is looked for."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        tokens = key.split(" ")
        anchor = max(tokens, key=len)
        if len(tokens) > 1 and len(anchor) >= ANCHOR_LETTERS and key not in never:
            index[anchor].append(number)
    anchors = sorted(index)
    ends = list(itertools.accumulate(len(index[anchor]) for anchor in anchors))
    return {
        **pack_strings("anchor", anchors),
        "anchored.ends": ("I", _packed("I", ends)),
        "anchored.forms": ("I", _packed("I", [number for anchor in anchors for number in index[anchor]])),
    }


def _entry_text(at: int, entry: Entry) -> str:
    fields = {
        "at": at,
        "id": entry.id,
        "spun": entry.spun,
        "dialect": entry.dialect,
        "file": entry.file,
        "line": entry.line,
        "note": entry.note,
    }
    return json.dumps(fields, ensure_ascii=False)


def _packed(code: str, values: list[int] | list[float]) -> bytes:
    return struct.pack(f"<{len(values)}{code}", *values)
