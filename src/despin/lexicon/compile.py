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
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from despin.lexicon.compiled import ANCHOR_LETTERS
from despin.lexicon.entry import EVIDENCE, Entry, Original, Pack
from despin.lexicon.inflect import form_pairs
from despin.tables import pack_strings, write_tables
from despin.tokens import words

#: Pseudo-count of a pair by its evidence, on top of how often it was seen.
PRIOR_COUNT = {"seed": 1.0, "observed": 1.0, "core": 0.5, "user": 1.0, "curated": 0.0, "proposed": -0.6}
#: How likely a spinner has the pair in its table at all, by evidence.
ACTIVITY = {"seed": 1.0, "observed": 1.0, "core": 1.0, "user": 1.0, "curated": 0.5, "proposed": 0.15}
_COLUMNS = (
    ("original", "I"),
    ("entry", "I"),
    ("evidence", "B"),
    ("logp", "f"),
    ("count", "I"),
    ("capital", "B"),
)
#: The dialect of dictionaries that are not shipped.
USER = "user"
#: Mass left to forms that the lexicon does not know yet.
UNSEEN = 0.5


@dataclass(frozen=True, slots=True)
class _Pair:
    original: str
    entry: int
    source: Original
    capital: bool

    @property
    def weight(self) -> float:
        return self.source.count + PRIOR_COUNT[self.source.evidence]


def compile_packs(packs: Iterable[Pack], target: Path, content: str) -> None:
    """Write the compiled form of ``packs`` to ``target``; ``content`` is their fingerprint."""
    packs = list(packs)
    entries = [entry for pack in packs for entry in pack.entries]
    never = {_key(form) for pack in packs for form in pack.never}
    forms, activity, totals = _gather(entries, never)
    keys = sorted(forms)
    originals = sorted({pair.original for pairs in forms.values() for pair in pairs})
    number = {original: at for at, original in enumerate(originals)}
    ends: list[int] = []
    columns: list[tuple[int, int, int, float, int, bool]] = []
    for key in keys:
        for pair in forms[key]:
            source = _key(pair.original)
            share = pair.weight / (totals[source] + UNSEEN)
            logp = math.log(share * ACTIVITY[pair.source.evidence])
            evidence = EVIDENCE.index(pair.source.evidence)
            columns.append(
                (number[pair.original], pair.entry, evidence, logp, pair.source.count, pair.capital)
            )
        ends.append(len(columns))
    arrays = pack_strings("form", keys)
    arrays |= pack_strings("first", firsts := sorted({key.split(" ")[0] for key in keys}))
    arrays["first.lengths"] = ("I", _packed("I", _lengths(keys, firsts)))
    arrays |= _anchors(keys)
    arrays |= pack_strings("word", sorted({word for key in keys for word in key.split(" ")}))
    arrays |= pack_strings("original", originals)
    arrays["candidate.ends"] = ("I", _packed("I", ends))
    for at, (name, code) in enumerate(_COLUMNS):
        arrays[f"candidate.{name}"] = (code, _packed(code, [column[at] for column in columns]))
    arrays |= pack_strings("source", sources := sorted(activity))
    arrays["source.activity"] = ("f", _packed("f", [activity[source] for source in sources]))
    arrays |= pack_strings("entry", [_entry_text(at, entry) for at, entry in enumerate(entries)])
    write_tables(target, {"kind": "lexicon", "content": content, "entries": len(entries)}, arrays)


def _gather(
    entries: list[Entry], never: set[str]
) -> tuple[dict[str, list[_Pair]], dict[str, float], dict[str, float]]:
    """Return the pairs by spun form, and by original how likely it is spun and its total weight.

    What a user's dictionary says of a form goes before all the packs say of it.
    """
    forms: dict[str, dict[str, _Pair]] = defaultdict(dict)
    own = {_key(entry.spun) for entry in entries if entry.dialect == USER}
    for at, entry in enumerate(entries):
        for spun, original, source in form_pairs(entry):
            if _key(spun) in never or (_key(spun) in own and entry.dialect != USER):
                continue
            pair = _Pair(original, at, source, capital=entry.spun != entry.spun.lower())
            known = forms[_key(spun)].get(_key(original))
            if known is None or known.weight < pair.weight:
                forms[_key(spun)][_key(original)] = pair
    activity: dict[str, float] = defaultdict(float)
    totals: dict[str, float] = defaultdict(float)
    for pairs in forms.values():
        for source_key, pair in pairs.items():
            activity[source_key] = max(activity[source_key], ACTIVITY[pair.source.evidence])
            totals[source_key] += pair.weight
    ranked = {
        form: sorted(pairs.values(), key=lambda pair: (-pair.weight, pair.original))
        for form, pairs in forms.items()
    }
    return ranked, activity, totals


def _key(phrase: str) -> str:
    return " ".join(words(phrase))


def _lengths(keys: list[str], firsts: list[str]) -> list[int]:
    """Return, for each first word, a bit set of the phrase lengths that begin with it."""
    lengths = dict.fromkeys(firsts, 0)
    for key in keys:
        first, *rest = key.split(" ")
        lengths[first] |= 1 << min(len(rest), 31)
    return [lengths[first] for first in firsts]


def _anchors(keys: list[str]) -> dict[str, tuple[str, bytes]]:
    """Return the phrases by their longest word, where a near-phrase is looked for."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        tokens = key.split(" ")
        anchor = max(tokens, key=len)
        if len(tokens) > 1 and len(anchor) >= ANCHOR_LETTERS:
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
        "pos": entry.pos,
        "pack": entry.pack,
        "dialect": entry.dialect,
        "file": entry.file,
        "line": entry.line,
        "note": entry.note,
    }
    return json.dumps(fields, ensure_ascii=False)


def _packed(code: str, values: list[int] | list[float]) -> bytes:
    return struct.pack(f"<{len(values)}{code}", *values)
