"""Writing dictionary packs: sorted by spun form, one block an entry, so that a diff is a review."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from despin.lexicon.entry import Entry, Pack
from despin.lexicon.shipped import YAML_SUFFIXES, PackError

#: Texts that YAML reads as themselves without quotes, inside ``{…}`` too.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z'’ -]*[A-Za-z]|[A-Za-z]")
_WORDS_OF_YAML = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def pack_text(pack: Pack) -> str:
    """Return ``pack`` as YAML, its comment at the head."""
    lines = [f"# {line}".rstrip() for line in pack.comment.splitlines()]
    lines += [f"pack: {_text(pack.name)}", f"dialect: {_text(pack.dialect)}"]
    if pack.source:
        lines.append(f"source: {_quoted(pack.source)}")
    if pack.unambiguous:
        lines.append("unambiguous: true")
    for key, forms in (("never", pack.never), ("unspun", pack.unspun)):
        if forms:
            lines += [f"{key}:", *(f"- {_text(form)}" for form in sorted(forms))]
    lines.append("entries:" if pack.entries else "entries: []")
    for entry in sorted(pack.entries, key=sort_key):
        lines += _entry_lines(entry, unambiguous=pack.unambiguous)
    return "\n".join(lines) + "\n"


def write_pack(path: Path, pack: Pack) -> None:
    """Write ``pack`` to ``path``, whole or not at all.

    Raises ``PackError`` when it cannot be written, and for a name that is not read as YAML again.
    """
    from despin.files.writing import UnwritableFile, write_file

    if path.suffix not in YAML_SUFFIXES:
        raise PackError(f"{path}: name a .yaml file; plain `spun->original` lines are for any editor")
    data = pack_text(pack).encode()
    try:
        if path.exists():
            write_file(path, data)
        else:
            path.write_bytes(data)
    except (UnwritableFile, OSError) as error:
        raise PackError(f"{path}: cannot be written: {error}") from error


def sort_key(entry: Entry) -> tuple[str, str, str]:
    """Return what packs are sorted by."""
    return entry.spun.lower(), entry.spun, entry.pos


def _entry_lines(entry: Entry, *, unambiguous: bool) -> Iterable[str]:
    yield f"- spun: {_text(entry.spun)}"
    yield f"  pos: {entry.pos}"
    if entry.inflect != (entry.pos in {"verb", "noun"}):
        yield f"  inflect: {str(entry.inflect).lower()}"
    if entry.unambiguous != unambiguous:
        yield f"  unambiguous: {str(entry.unambiguous).lower()}"
    yield "  originals:"
    for original in entry.originals:
        fields = [
            f"text: {_text(original.text)}",
            f"count: {original.count}",
            f"evidence: {original.evidence}",
        ]
        if original.written:
            fields.append(f"written: {original.written}")
        if original.listed is not None:
            fields.append(f"listed: {original.listed}")
        if original.precision is not None:
            fields += [f"precision: {original.precision:.2f}", f"support: {original.support}"]
        if original.sure:
            fields.append(f"sure: {original.sure:.2f}")
        fields += [f"{name}: true" for name in ("ring", "suggest") if getattr(original, name)]
        yield f"  - {{{', '.join(fields)}}}"
    if entry.note:
        yield f"  note: {_quoted(entry.note)}"
    if entry.examples:
        yield "  examples:"
        for example in entry.examples:
            yield f"  - {'change' if example.changes else 'keep'}: {_quoted(example.text)}"
            if example.fails:
                yield f"    fails: {_quoted(example.fails)}"


def _text(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML else _quoted(text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
