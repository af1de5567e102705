"""``despin candidates``: every slot of a text and what it may stand for, before any decision."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from despin.cli.options import Allow, Config, Dictionaries, Isolated
from despin.cli.status import ExitStatus
from despin.cli.streams import put, say
from despin.files.reading import UnreadableFile, decode, read_file


class Shape(StrEnum):
    """How candidates are written."""

    jsonl = "jsonl"


def command(
    file: Annotated[str, typer.Argument(help="A text file, or - for stdin.")],
    output_format: Annotated[Shape, typer.Option("--output-format", help="One slot a line.")] = Shape.jsonl,
    dictionary: Dictionaries = None,
    allow: Allow = None,
    isolated: Isolated = False,
    config: Config = None,
) -> None:
    """List what every slot may stand for, whatever the context and the document say.

    A debug view, and how the lexicon's coverage is measured: one JSON object a slot with "start"
    and "end" (code points of the decoded text), "text" and "originals"; slots may overlap.
    """
    from despin.lexicon.shipped import PackError
    from despin.pipeline import Options, default_pipeline

    try:
        source = decode(sys.stdin.buffer.read(), "stdin") if file == "-" else read_file(Path(file))
        own = tuple(dictionary or ())
        options = Options(dictionaries=own, allow=tuple(allow or ()))
        found = default_pipeline(own).candidates(source.text, options)
    except (UnreadableFile, PackError) as error:
        say(str(error))
        raise typer.Exit(ExitStatus.ERROR) from error
    for slot in found:
        row = {
            "start": slot.start,
            "end": slot.end,
            "text": slot.text,
            "originals": [{"text": text, "confidence": chance} for text, chance in slot.originals],
        }
        put((json.dumps(row, ensure_ascii=False) + "\n").encode())
