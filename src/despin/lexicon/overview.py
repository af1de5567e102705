"""What the packs hold: counts, and what is known of one word in either direction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from despin.lexicon.compiled import EVIDENCE, known_as
from despin.lexicon.entry import Entry, Original, Pack


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


def show(packs: Iterable[Pack], word: str) -> dict[str, Any]:
    """Return what ``word`` may stand for, and what it is spun to, in any of its forms."""
    from despin.lexicon.inflect import form_pairs

    wanted = word.lower()
    stands_for, spun_to = [], []
    for entry in (entry for pack in packs for entry in pack.entries):
        for spun, original, source in form_pairs(entry):
            if spun.lower() == wanted:
                stands_for.append(_row(entry, source, "original", original))
            if original.lower() == wanted:
                spun_to.append(_row(entry, source, "spun", spun))
    return {"word": word, "stands_for": stands_for, "spun_to": spun_to}


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
            lines.append(f"  {row[key]:24} {_known(row):52} {where}")
    return lines


def _known(row: dict[str, Any]) -> str:
    words = known_as(row["evidence"], row["count"])
    if row["precision"] is not None:
        words += f", right {row['precision']:.0%} of {row['support']}"
    return words + ("" if row["applies"] else "; only suggested")


def _row(entry: Entry, source: Original, key: str, form: str) -> dict[str, Any]:
    return {
        key: form,
        "evidence": source.evidence,
        "count": source.count,
        "precision": source.precision,
        "support": source.support,
        "applies": source.applies,
        "dialect": entry.dialect,
        "entry": entry.id,
        "file": entry.file,
        "line": entry.line,
    }
