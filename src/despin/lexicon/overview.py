"""What the packs hold: counts, and what is known of one word in either direction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from despin.lexicon.compiled import EVIDENCE, Known, Lexicon, known_as
from despin.lexicon.entry import Pack
from despin.tokens import words


def stats(packs: Sequence[Pack]) -> dict[str, Any]:
    """Return how many entries the packs hold, in all and each, and their pairs by evidence."""
    rows = []
    for pack in packs:
        counts = Counter(original.evidence for entry in pack.entries for original in entry.originals)
        rows.append(
            {
                "name": pack.name,
                "dialect": pack.dialect,
                "entries": len(pack.entries),
                "by_evidence": {name: counts[name] for name in EVIDENCE if counts[name]},
            }
        )
    return {"entries": sum(len(pack.entries) for pack in packs), "packs": rows}


def show(lexicon: Lexicon, word: str) -> dict[str, Any]:
    """Return what ``word`` may stand for, and what it is spun to, in any of its forms."""
    key = " ".join(words(word))
    return {
        "word": word,
        "stands_for": [
            _row(lexicon, known, "original", known.reading.original) for known in lexicon.known(key)
        ],
        "spun_to": [_row(lexicon, known, "spun", known.form) for known in lexicon.spun_to(word.lower())],
    }


def in_words(found: dict[str, Any]) -> list[str]:
    """Return what :func:`show` found as lines for an editor: surest pairs first, guesses last."""
    lines = []
    for title, key, rows in (
        ("may stand for", "original", found["stands_for"]),
        ("is spun to", "spun", found["spun_to"]),
    ):
        if rows:
            lines.append(f"“{found['word']}” {title}")
        for row in sorted(rows, key=lambda row: (row["evidence"] == "proposed", -row["count"], row[key])):
            where = f"dialect {row['dialect']}  {row['file']}:{row['line']}"
            lines.append(f"  {row[key]:24} {_said(row):52} {where}")
    return lines


def _said(row: dict[str, Any]) -> str:
    said = known_as(row["evidence"], row["count"])
    if row["precision"] is not None:
        said += f", right {row['precision']:.0%} of {row['support']}"
    return said + ("" if row["applies"] else "; only suggested")


def _row(lexicon: Lexicon, known: Known, key: str, form: str) -> dict[str, Any]:
    reading, entry = known.reading, lexicon.entry(known.reading.entry)
    return {
        key: form,
        "evidence": reading.evidence,
        "count": reading.seen,
        "precision": known.precision,
        "support": known.support,
        "applies": reading.bar <= 1,
        "dialect": entry["dialect"],
        "entry": entry["id"],
        "file": entry["file"],
        "line": entry["line"],
    }
