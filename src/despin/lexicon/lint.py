"""What is wrong with dictionary packs, beyond what keeps them from loading.

Each finding names file and line. Packs of one dialect are looked at together: what one says
must not stand again in another, nor be contradicted there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from despin.lexicon.compiled import USER
from despin.lexicon.entry import Entry, Original, Pack
from despin.lexicon.packs import read_pack
from despin.lexicon.shipped import PackError
from despin.lexicon.writing import sort_key


class Finding(NamedTuple):
    """One fault: where, which rule, and what to do about it."""

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        """Return the finding as one line that an editor can jump from."""
        return f"{self.file}:{self.line}: {self.rule}: {self.message}"


def lint(files: Sequence[Path]) -> list[Finding]:
    """Return what is wrong with the packs in ``files``, by file and line."""
    packs, found = [], []
    for path in files:
        try:
            packs.append(read_pack(path))
        except PackError as error:
            file, line, message = _parts(str(error), path)
            found.append(Finding(file, line, "schema", message))
    for pack in packs:
        found += _of_pack(pack)
    for dialect in sorted({pack.dialect for pack in packs}):
        found += _of_dialect([pack for pack in packs if pack.dialect == dialect])
    return sorted(found)


def _parts(error: str, path: Path) -> tuple[str, int, str]:
    """Cut the message of a ``PackError`` into file, line and what is wrong."""
    file, _, rest = error.partition(":")
    line, _, message = rest.partition(":")
    return (file, int(line), message.strip()) if line.isdigit() else (path.name, 1, error)


def _of_pack(pack: Pack) -> Iterator[Finding]:
    if pack.dialect != USER and not pack.source:
        yield Finding(pack.file, 1, "unsourced", "say in `source:` where the pack comes from")
    for before, after in pairwise(pack.entries):
        if sort_key(after) < sort_key(before):
            message = f"{after.spun!r} stands behind {before.spun!r}; sort entries by `spun`"
            yield Finding(pack.file, after.line, "unsorted", message)
    for entry in pack.entries:
        yield from _of_entry(entry)


def _of_entry(entry: Entry) -> Iterator[Finding]:
    unsourced = [original for original in entry.originals if original.evidence == "user"]
    if entry.dialect != USER:
        for original in unsourced:
            message = f"{entry.spun!r} for {original.text!r} has no `evidence`"
            yield Finding(entry.file, entry.line, "unsourced", message)
    if not any(map(_needs_examples, entry.originals)):
        return
    kinds = {example.changes for example in entry.examples}
    if True not in kinds and not (entry.unambiguous and entry.dialect != USER):
        message = f"{entry.spun!r} needs an example that must change"
        yield Finding(entry.file, entry.line, "example", message)
    if False not in kinds and not entry.unambiguous:
        message = f"{entry.spun!r} needs an example to keep, or `unambiguous: true`"
        yield Finding(entry.file, entry.line, "example", message)


def _needs_examples(original: Original) -> bool:
    """Tell whether only examples can say when the pair holds: no guess, not measured, not vouched for."""
    measured = original.evidence == "curated" and (original.precision is not None or original.is_vouched)
    return original.evidence not in {"user", "proposed"} and not measured


def _of_dialect(packs: Iterable[Pack]) -> Iterator[Finding]:
    packs = list(packs)
    pairs: dict[tuple[str, str, str], Entry] = {}
    written: dict[tuple[str, str], Entry] = {}
    for entry in (entry for pack in packs for entry in pack.entries):
        for original in entry.originals:
            other = pairs.setdefault((entry.spun, entry.pos, original.text), entry)
            if other is not entry:
                message = f"{entry.spun!r} for {original.text!r} stands already at {other.file}:{other.line}"
                yield Finding(entry.file, entry.line, "duplicate", message)
            written.setdefault((entry.spun, original.text), entry)
    never = {form: pack.file for pack in packs for form in pack.never}
    unspun = {word: pack.file for pack in packs for word in pack.unspun}
    for entry in (entry for pack in packs for entry in pack.entries):
        if entry.spun in never:
            message = f"{entry.spun!r} is never to be touched, says {never[entry.spun]}"
            yield Finding(entry.file, entry.line, "contradiction", message)
        for original in entry.originals:
            if original.text in unspun:
                message = f"{original.text!r} is left alone by the spinner, says {unspun[original.text]}"
                yield Finding(entry.file, entry.line, "contradiction", message)
            if (reverse := written.get((original.text, entry.spun))) is not None:
                yield from _of_ring(entry, original, reverse)


def _of_ring(entry: Entry, original: Original, other: Entry) -> Iterator[Finding]:
    ring = f"{entry.spun!r} and {original.text!r} stand for one another ({other.file}:{other.line})"
    if not original.ring:
        yield Finding(entry.file, entry.line, "ring", f"{ring}: declare it with `ring: true`")
    if _needs_examples(original) and len({item.changes for item in entry.examples}) < 2:
        yield Finding(entry.file, entry.line, "ring", f"{ring}: tell them apart by examples")
