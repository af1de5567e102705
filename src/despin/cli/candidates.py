"""``despin candidates``: every slot of a text and what it may stand for, before any decision."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from despin.cli.options import Dictionaries
from despin.cli.status import ExitStatus
from despin.cli.streams import put, say
from despin.files.reading import UnreadableFile, decode, read_file


def command(
    file: Annotated[str, typer.Argument(help="A text file, or - for stdin.")],
    output_format: Annotated[str, typer.Option("--output-format", help="jsonl: one slot a line.")] = "jsonl",
    dictionary: Dictionaries = None,
) -> None:
    """List what every slot may stand for, whatever the context and the document say.

    A debug view, and how the lexicon's coverage is measured: one JSON object a slot with "start"
    and "end" (code points of the decoded text), "text" and "originals"; slots may overlap.
    """
    from despin.lexicon.entry import PackError
    from despin.pipeline import Options, default_pipeline

    if output_format != "jsonl":
        say(f"--output-format {output_format}: candidates are written as jsonl only")
        raise typer.Exit(ExitStatus.ERROR)
    try:
        source = decode(sys.stdin.buffer.read(), "stdin") if file == "-" else read_file(Path(file))
        own = tuple(dictionary or ())
        found = default_pipeline(own).candidates(source.text, Options(dictionaries=own))
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
