"""Writing dictionary packs: sorted by spun form, one block an entry, so that a diff is a review."""

from __future__ import annotations

import re
from collections.abc import Iterable

from despin.lexicon.entry import Entry, Pack

#: Texts that YAML reads as themselves without quotes, inside ``{…}`` too.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z'’ -]*[A-Za-z]|[A-Za-z]")
_WORDS_OF_YAML = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def pack_text(pack: Pack, comment: str = "") -> str:
    """Return ``pack`` as YAML; ``comment`` stands at the head, one line."""
    lines = [f"# {comment}"] if comment else []
    lines += [f"pack: {_text(pack.name)}", f"dialect: {_text(pack.dialect)}"]
    if pack.source:
        lines.append(f"source: {_quoted(pack.source)}")
    if pack.never:
        lines += ["never:", *(f"- {_text(form)}" for form in sorted(pack.never))]
    lines.append("entries:" if pack.entries else "entries: []")
    for entry in sorted(pack.entries, key=sort_key):
        lines += _entry_lines(entry)
    return "\n".join(lines) + "\n"


def sort_key(entry: Entry) -> tuple[str, str, str]:
    """Return what packs are sorted by."""
    return entry.spun.lower(), entry.spun, entry.pos


def _entry_lines(entry: Entry) -> Iterable[str]:
    yield f"- spun: {_text(entry.spun)}"
    yield f"  pos: {entry.pos}"
    if entry.inflect != (entry.pos in {"verb", "noun"}):
        yield f"  inflect: {str(entry.inflect).lower()}"
    yield "  originals:"
    for original in entry.originals:
        yield (
            f"  - {{text: {_text(original.text)}, count: {original.count}, evidence: {original.evidence}}}"
        )
    if entry.note:
        yield f"  note: {_quoted(entry.note)}"
    if entry.examples:
        yield "  examples:"
        for example in entry.examples:
            yield f"  - {'change' if example.changes else 'keep'}: {_quoted(example.text)}"


def _text(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML else _quoted(text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
