"""File formats: where in a file the prose is.

A format finds *passages*: prose as a reader sees it, with the place of every character in the
file. The pipeline repairs passages; an edit goes back into the file only where the file reads
letter by letter what the passage does, so markup, code and escapes are never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from despin.edits import Edit


class FormatError(ValueError):
    """A file is not what its format says; the message says what to do next."""


class NoProse(FormatError):
    """No field of a file is known to hold prose: an error where the user named the file."""


class Format(StrEnum):
    """How a file is read; ``auto`` goes by its name."""

    auto = "auto"
    text = "text"
    markdown = "markdown"
    html = "html"
    jsonl = "jsonl"
    csv = "csv"


#: Keys and columns that hold prose when none is named.
PROSE_FIELDS = ("text", "body", "content", "article")
#: The formats of file names that a walk takes.
EXTENSIONS = {
    ".txt": Format.text,
    ".md": Format.markdown,
    ".markdown": Format.markdown,
    ".html": Format.html,
    ".htm": Format.html,
    ".jsonl": Format.jsonl,
    ".csv": Format.csv,
}


#: What a CSV cell holds only between quotation marks.
_NEEDS_QUOTING = frozenset(',;|"\t\r\n')


class Passage(NamedTuple):
    """Prose in a file: its text, and the offset in the file's text of each character."""

    text: str
    places: Sequence[int]


def format_of(name: str) -> Format:
    """Return the format that the file name ``name`` stands for; plain text if it stands for none.

    >>> format_of("news/Story.HTML"), format_of("README")
    (<Format.html: 'html'>, <Format.text: 'text'>)
    """
    return EXTENSIONS.get(PurePath(name).suffix.lower(), Format.text)


def passages(text: str, kind: Format, fields: Sequence[str] = ()) -> list[Passage]:
    """Return the passages of a file's ``text``; raises ``FormatError`` when it is malformed.

    ``fields`` names the JSON keys or CSV columns that hold prose.
    """
    return list(_finder(kind)(text, fields))


def located(edits: Iterable[Edit], passage: Passage, text: str, kind: Format) -> Iterator[Edit]:
    """Yield ``edits`` of a passage as edits of the file's ``text``.

    Those are left out that the file does not read letter by letter, and whose original it cannot hold.
    """
    from dataclasses import replace

    for edit in edits:
        if edit.end <= edit.start:
            continue
        start, end = passage.places[edit.start], passage.places[edit.end - 1] + 1
        spun, original = text[start:end], _written(edit.original, kind)
        if original is not None and len(spun) == len(edit.spun) and spun.split() == edit.spun.split():
            yield replace(edit, start=start, end=end, spun=spun, original=original)


def _written(original: str, kind: Format) -> str | None:
    """Return ``original`` as the format writes it, or None where that would take more than these letters."""
    if kind is Format.jsonl:
        import json

        return json.dumps(original, ensure_ascii=False)[1:-1]
    if kind is Format.html:
        from html import escape

        return escape(original, quote=False)
    if kind is Format.csv:
        return None if _NEEDS_QUOTING.intersection(original) else original
    return original


def _finder(kind: Format) -> Callable[[str, Sequence[str]], Iterable[Passage]]:
    from importlib import import_module

    if kind in {Format.auto, Format.text}:
        return _whole
    find: Callable[[str, Sequence[str]], Iterable[Passage]] = import_module(f"{__name__}.{kind}").find
    return find


def _whole(text: str, fields: Sequence[str]) -> Iterable[Passage]:
    del fields
    yield Passage(text, range(len(text)))
