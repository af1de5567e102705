"""``despin explain``: why each edit of a file, or what is known of a word."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from despin.cli.options import (
    Allow,
    Assume,
    Config,
    Dictionaries,
    Format,
    Isolated,
    MinConfidence,
    OutputFormat,
)
from despin.cli.streams import fail, put
from despin.files.reading import UnreadableFile, decode, read_file

if TYPE_CHECKING:
    from despin.pipeline import Options


def command(
    what: Annotated[str, typer.Argument(metavar="FILE|WORD", help="A file, - for stdin, or a word.")],
    output_format: OutputFormat = Format.text,
    min_confidence: MinConfidence = None,
    assume: Assume = "auto",
    dictionary: Dictionaries = None,
    allow: Allow = None,
    isolated: Isolated = False,
    config: Config = None,
) -> None:
    """Say why each edit and suggestion, or what a word may stand for and is spun to.

    For a file: the entry behind each edit and how it is known, its rivals with their
    scores, what the words around said, and what the document said. What exists, or has a
    path separator or an extension, is a file; anything else is a word or phrase.
    """
    from despin.lexicon.shipped import PackError
    from despin.pipeline import APPLY_CONFIDENCE, Options

    own = tuple(dictionary or ())
    confidence = APPLY_CONFIDENCE if min_confidence is None else min_confidence
    try:
        if what == "-" or _is_file(what):
            options = Options(assume, "keep", confidence, own, tuple(allow or ()))
            said = _file(what, options, output_format)
        else:
            said = _word(what, own, output_format)
    except (UnreadableFile, PackError) as error:
        fail(str(error))
    put(said.encode())


def _is_file(what: str) -> bool:
    path = Path(what)
    return any(mark in what for mark in ("/", os.sep)) or bool(path.suffix) or path.exists()


def _file(name: str, options: Options, output_format: Format) -> str:
    from despin.pipeline import default_pipeline
    from despin.report.explained import explained_fields, in_words

    source = decode(sys.stdin.buffer.read(), "stdin") if name == "-" else read_file(Path(name))
    pipeline = default_pipeline(options.dictionaries)
    path = name if name == "-" else Path(name).as_posix()
    found = path, source.text, pipeline.score(source.text, options), pipeline.explain(source.text, options)
    return _json(explained_fields(*found)) if output_format is Format.json else in_words(*found)


def _word(word: str, own: tuple[Path, ...], output_format: Format) -> str:
    from despin.lexicon import overview
    from despin.lexicon.packs import read_packs
    from despin.lexicon.shipped import dictionaries_folder, pack_files

    found = overview.show(read_packs([*own, *pack_files(dictionaries_folder())]), word)
    if output_format is Format.json:
        return _json(found)
    lines = overview.in_words(found) or [
        f"“{word}” is in no dictionary: nothing is spun to it that despin knows of, and it is not spun"
    ]
    return "".join(f"{line}\n" for line in lines)


def _json(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
