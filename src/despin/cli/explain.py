"""``despin explain``: why each edit of a file, or what is known of a word."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from despin.cli import options as given
from despin.cli.fix import repair_options
from despin.cli.options import Format as Shape
from despin.cli.rounds import reader
from despin.cli.streams import fail, put
from despin.files.formats import Format, FormatError
from despin.files.reading import UnreadableFile, read_bytes

if TYPE_CHECKING:
    from despin.files.repair import Work


def command(
    what: Annotated[str, typer.Argument(metavar="FILE|WORD", help="A file, - for stdin, or a word.")],
    output_format: given.OutputFormat = Shape.text,
    min_confidence: given.MinConfidence = None,
    assume: given.Assume = "auto",
    quotes: given.Quotes = "keep",
    dictionary: given.Dictionaries = None,
    allow: given.Allow = None,
    format: given.ReadAs = Format.auto,
    field: given.Fields = None,
    encoding: given.Encoding = "utf-8",
    stdin_filename: given.StdinFilename = None,
    isolated: given.Isolated = False,
    config: given.Config = None,
) -> None:
    """Say why each edit and suggestion, or what a word may stand for and is spun to.

    For a file: the entry behind each edit and how it is known, its rivals with their
    scores, what the words around said, and what the document said. What exists, or has a
    path separator or an extension, is a file; anything else is a word or phrase.
    """
    from despin.files.repair import Work
    from despin.lexicon.shipped import PackError

    try:
        if what == "-" or _is_file(what):
            repairing = repair_options(min_confidence, assume, quotes, dictionary, allow)
            work = Work(repairing, reader(format, field, encoding))
            said = _file(what, stdin_filename, work, output_format)
        else:
            said = _word(what, tuple(dictionary or ()), output_format)
    except PackError as error:
        fail(str(error))
    put(said.encode())


def _is_file(what: str) -> bool:
    path = Path(what)
    return any(mark in what for mark in ("/", os.sep)) or bool(path.suffix) or path.exists()


def _file(what: str, stdin_filename: str | None, work: Work, output_format: Shape) -> str:
    from despin.files.repair import explain, failure
    from despin.report.explained import explained_fields, in_words

    name = (stdin_filename or "-") if what == "-" else Path(what).as_posix()
    try:
        data = sys.stdin.buffer.read() if what == "-" else read_bytes(Path(what))
        path, source, verdict, explanations = explain(data, name, work)
    except (UnreadableFile, FormatError) as error:
        fail(failure(name, error).message)
    if output_format is Shape.json:
        return _json(explained_fields(path, source.text, verdict, explanations))
    return in_words(path, source.text, verdict, explanations)


def _word(word: str, own: tuple[Path, ...], output_format: Shape) -> str:
    from despin.lexicon import default_lexicon, overview

    found = overview.show(default_lexicon(own), word)
    if output_format is Shape.json:
        return _json(found)
    lines = overview.in_words(found) or [
        f"“{word}” is in no dictionary: nothing is spun to it that despin knows of, and it is not spun"
    ]
    return "".join(f"{line}\n" for line in lines)


def _json(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
