"""``despin score``: tell spun texts from clean ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

from despin.cli import options as given
from despin.cli.options import Format as Shape
from despin.cli.rounds import Choices, Round, exit_status, names_of
from despin.cli.streams import put
from despin.files.formats import Format

if TYPE_CHECKING:
    from despin.files.repair import ScoredFile


def command(
    ctx: typer.Context,
    paths: given.Paths = None,
    output_format: given.OutputFormat = Shape.text,
    dictionary: given.Dictionaries = None,
    allow: given.Allow = None,
    format: given.ReadAs = Format.auto,
    field: given.Fields = None,
    encoding: given.Encoding = "utf-8",
    stdin_filename: given.StdinFilename = None,
    include: given.Include = None,
    exclude: given.Exclude = None,
    extend_exclude: given.ExtendExclude = None,
    force_exclude: given.ForceExclude = False,
    jobs: given.Jobs = 0,
    quiet: given.Quiet = False,
    verbose: given.Verbose = False,
    isolated: given.Isolated = False,
    config: given.Config = None,
) -> None:
    """Tell spun texts from clean ones; exit 0 whatever the answer.

    A file of many texts, JSON Lines or CSV, counts as its spunnest one.
    """
    from despin.pipeline import Options

    work = Choices.of(ctx).work(Options(dictionaries=tuple(dictionary or ()), allow=tuple(allow or ())))
    turn = Round(names_of(paths, "score"), work, Choices.of(ctx))
    rows = map(_row, turn.scored())
    if output_format is Shape.json:
        _put(json.dumps(list(rows), indent=2, ensure_ascii=False) + "\n")
    else:
        for row in rows:
            _put("".join(f"{line}\n" for line in _told(row)))
    raise typer.Exit(exit_status(turn, found=False))


def _put(text: str) -> None:
    put(text.encode("utf-8", "backslashreplace"))


def _row(scored: ScoredFile) -> dict[str, Any]:
    verdict = scored.verdict
    return {
        "path": scored.path,
        "spun": verdict.rate.spun,
        "probability": round(verdict.rate.probability, 4),
        "dialect": verdict.dialect,
        "rate": round(verdict.rate.rate, 4),
        "evidence": verdict.evidence,
    }


def _told(row: dict[str, Any]) -> list[str]:
    family = f"dialect {row['dialect']}, " if row["dialect"] else ""
    word = f"spun ({family}rate {row['rate']:.0%})" if row["spun"] else "clean"
    head = f"{row['path']}: {word}, probability {row['probability']:.2f}"
    return [head, *(f"  {line}" for line in row["evidence"] if row["spun"])]
