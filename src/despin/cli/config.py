"""``despin config``: what is configured, and what may be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from despin.cli.streams import fail, put


def command(
    show: Annotated[
        bool, typer.Option("--show", help="Print every value and where it comes from; the default.")
    ] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of the keys.")] = False,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Look at this file, not for the nearest.")
    ] = None,
) -> None:
    """Show the configuration that counts in this folder, as TOML.

    [tool.despin] in pyproject.toml, or despin.toml: the nearest above the working
    directory, up to the repository's root. The command line goes before it.
    """
    from despin import config as configuration

    if schema:
        if show:
            fail("ask for one of --show and --schema")
        put((json.dumps(configuration.schema(), indent=2) + "\n").encode())
        return
    try:
        found = configuration.read(config) if config else configuration.find(Path.cwd())
    except configuration.ConfigError as error:
        fail(str(error))
    from despin.pipeline import APPLY_CONFIDENCE

    rows = []
    for name, key in configuration.KEYS.items():
        default = APPLY_CONFIDENCE if name == "min-confidence" else key.default
        value = found.values.get(name, default)
        # A string, number or list of JSON is one of TOML as well.
        line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
        rows.append((line, str(found.file) if name in found.values else "default"))
    width = max(len(line) for line, _ in rows)
    put("".join(f"{line:{width}}  # {source}\n" for line, source in rows).encode("utf-8", "backslashreplace"))
