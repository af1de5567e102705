"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer


class Format(StrEnum):
    """How a report is written."""

    text = "text"
    json = "json"


OutputFormat = Annotated[Format, typer.Option("--output-format", help="For people, or json.")]
Dictionaries = Annotated[
    list[Path] | None,
    typer.Option("--dictionary", help="A dictionary of your own; goes before the packs."),
]
MinConfidence = Annotated[
    float | None,
    typer.Option("--min-confidence", min=0.0, max=1.0, help="Make only edits this sure."),
]
Assume = Annotated[
    Literal["auto", "spun", "clean"], typer.Option("--assume", help="What you know of the text.")
]
