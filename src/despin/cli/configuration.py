"""The configuration as defaults of a command's options, so that the command line wins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from despin.cli.streams import fail

_ISOLATED = "despin.isolated"


def isolate(ctx: typer.Context, isolated: bool) -> bool:
    """Keep a command from reading a configuration file; the callback of ``--isolated``."""
    if isolated:
        ctx.meta[_ISOLATED] = True
        ctx.default_map = {}
    return isolated


def configure(ctx: typer.Context, file: Path | None) -> Path | None:
    """Take ``file``, or the configuration that counts here, into a command's defaults.

    The callback of ``--config``: it is eager, so it runs before any other option is looked at, and
    after ``--help`` has had its say.
    """
    if ctx.resilient_parsing or _ISOLATED in ctx.meta:
        return file
    from despin import config

    try:
        found = config.read(file) if file else config.find(Path.cwd())
    except config.ConfigError as error:
        fail(str(error))
    ctx.default_map = {
        name: value
        for name, value in ((key.replace("-", "_"), value) for key, value in found.values.items())
        if _is_possible(ctx, name, value)
    }
    return file


def is_configured(ctx: typer.Context, name: str) -> bool:
    """Tell whether the option ``name`` has its value from a configuration file."""
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "DEFAULT_MAP"


def _is_possible(ctx: typer.Context, name: str, value: Any) -> bool:
    """Tell whether ``value`` is one of the option's choices: ``score`` has fewer formats than ``check``."""
    for param in ctx.command.params:
        if param.name == name:
            choices = getattr(param.type, "choices", None)
            return choices is None or value in choices
    return False
