"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from despin.cli import configuration
from despin.files.formats import Format as FileFormat


class Format(StrEnum):
    """How a table is written."""

    text = "text"
    json = "json"


class Output(StrEnum):
    """How a report of edits is written."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    diff = "diff"
    github = "github"
    sarif = "sarif"
    m2 = "m2"


Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PATH…|-]", help="Files and folders; - or none reads stdin."),
]
OutputFormat = Annotated[Format, typer.Option("--output-format", help="For people, or json.")]
ReportFormat = Annotated[
    Output, typer.Option("--output-format", help="How the edits are reported; all but text write nothing.")
]
Dictionaries = Annotated[
    list[Path] | None,
    typer.Option("--dictionary", help="A dictionary of your own; goes before the packs."),
]
Allow = Annotated[
    list[str] | None,
    typer.Option("--allow", metavar="WORDS", help="A word or phrase that stays, in any case; repeatable."),
]
MinConfidence = Annotated[
    float | None,
    typer.Option("--min-confidence", min=0.0, max=1.0, help="Make only edits this sure."),
]
Assume = Annotated[
    Literal["auto", "spun", "clean"], typer.Option("--assume", help="What you know of the text.")
]
Quotes = Annotated[
    Literal["keep", "repair"],
    typer.Option("--quotes", help="Leave quoted speech alone, or repair it too."),
]
Color = Annotated[Literal["auto", "always", "never"], typer.Option("--color", help="Colour the word diff.")]

ReadAs = Annotated[FileFormat, typer.Option("--format", help="How files are read; auto goes by their names.")]
Fields = Annotated[
    list[str] | None,
    typer.Option("--field", metavar="NAME", help="A JSON key or CSV column that holds prose; repeatable."),
]
Encoding = Annotated[
    str, typer.Option("--encoding", help="How files without a byte order mark are written: cp1252, latin-1 …")
]
StdinFilename = Annotated[
    str | None,
    typer.Option("--stdin-filename", metavar="NAME", help="Take stdin for the contents of this file."),
]
Include = Annotated[
    list[str] | None,
    typer.Option("--include", metavar="GLOB", help="Take these files of a folder instead of .txt, .md …"),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="GLOB", help="Leave these out, instead of node_modules/ and its like."),
]
ExtendExclude = Annotated[
    list[str] | None, typer.Option("--extend-exclude", metavar="GLOB", help="Leave these out as well.")
]
ForceExclude = Annotated[
    bool, typer.Option("--force-exclude", help="Leave out named files, too, where a folder would.")
]
Jobs = Annotated[
    int, typer.Option("-j", "--jobs", min=0, max=1024, help="How many processes; 0: one a core.")
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Repair anew what an earlier run has seen; keep nothing.")
]

Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but what went wrong.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say more: every edit, every file left out.")]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit 0 whatever is found; errors still exit 2.")]
ExitOnFix = Annotated[
    bool, typer.Option("--exit-non-zero-on-fix", help="Exit 1 when something was restored.")
]

Isolated = Annotated[
    bool,
    typer.Option(
        "--isolated", is_eager=True, callback=configuration.isolate, help="Read no configuration file."
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        is_eager=True,
        callback=configuration.configure,
        help="The configuration; none: the nearest despin.toml, or pyproject.toml with [tool.despin].",
    ),
]
