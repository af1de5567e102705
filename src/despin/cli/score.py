"""``despin score``: tell spun texts from clean ones."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from despin.cli.options import Format, OutputFormat
from despin.cli.status import ExitStatus
from despin.cli.streams import say
from despin.files.reading import UnreadableFile, decode, read_file


def command(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH…|-]", help="Files; - or none reads stdin.")
    ] = None,
    output_format: OutputFormat = Format.text,
) -> None:
    """Tell spun texts from clean ones; exit 0 whatever the answer."""
    import despin

    rows: list[dict[str, Any]] = []
    status = ExitStatus.OK
    for name in paths or ["-"]:
        try:
            source = decode(sys.stdin.buffer.read(), "stdin") if name == "-" else read_file(Path(name))
        except UnreadableFile as error:
            say(str(error))
            status = ExitStatus.ERROR
            continue
        found = despin.spin_score(source.text)
        rows.append(
            {
                "path": name,
                "spun": found.spun,
                "probability": round(found.probability, 4),
                "dialect": found.dialect,
                "rate": round(found.rate, 4),
                "evidence": found.evidence,
            }
        )
    if output_format is Format.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for row in rows:
            word = f"spun (dialect {row['dialect']}, rate {row['rate']:.0%})" if row["spun"] else "clean"
            print(f"{row['path']}: {word}, probability {row['probability']:.2f}")
            for line in row["evidence"] if row["spun"] else []:
                print(f"  {line}")
    raise typer.Exit(status)
