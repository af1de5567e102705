"""The commands of despin as plain data, read from its parser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import typer

from despin.cli.app import app


class Option(NamedTuple):
    """An option of a command."""

    #: ``-i`` and ``--in-place``, the short name first.
    names: tuple[str, ...]
    help: str
    #: What its value is called; "" for a flag.
    metavar: str
    choices: tuple[str, ...]
    #: Whether its value names a file.
    takes_file: bool
    repeatable: bool


class Command(NamedTuple):
    """A command, or one below another."""

    #: ``("dict", "lint")``; empty for despin itself.
    names: tuple[str, ...]
    #: Its help: the first line, and whatever more there is.
    told: str
    more: str
    #: Its arguments as they are shown: ``[PATH…|-]``.
    arguments: tuple[str, ...]
    #: What each argument is, where that is said.
    argument_help: tuple[str, ...]
    options: tuple[Option, ...]
    #: The commands below it, each with the first line of its help.
    below: tuple[tuple[str, str], ...]


def commands() -> Iterator[Command]:
    """Yield despin, and each of its commands with those below it."""
    root: Any = typer.main.get_command(app)
    yield from _walk(root, root.make_context("despin", [], resilient_parsing=True), ())


def _walk(command: Any, context: Any, names: tuple[str, ...]) -> Iterator[Command]:
    params = command.get_params(context)
    arguments = [param for param in params if param.param_type_name == "argument"]
    below = []
    if hasattr(command, "list_commands"):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            below.append((name, inner, inner.make_context(name, [], parent=context, resilient_parsing=True)))
    told, _, more = (command.help or "").partition("\n\n")
    yield Command(
        names,
        _flat(told),
        more.strip(),
        tuple(map(_shown, arguments)),
        tuple(argument.help or "" for argument in arguments),
        tuple(_option(param, context) for param in params if param.param_type_name == "option"),
        tuple((name, _flat((inner.help or "").partition("\n\n")[0])) for name, inner, _ in below),
    )
    for name, inner, inner_context in below:
        yield from _walk(inner, inner_context, (*names, name))


def _option(param: Any, context: Any) -> Option:
    choices = tuple(getattr(param.type, "choices", ()))
    metavar = param.metavar or "|".join(choices) or param.type.name.upper().replace("INT RANGE", "NUMBER")
    metavar = "" if param.is_flag else metavar.replace("FLOAT RANGE", "NUMBER")
    takes_file = "path" in type(param.type).__name__.lower()
    names = tuple(sorted(param.opts, key=len))
    return Option(names, _flat(param.help or ""), metavar, choices, takes_file, param.multiple)


def _shown(argument: Any) -> str:
    """Return an argument as a usage line has it."""
    if argument.metavar:
        return str(argument.metavar)
    name = argument.name.upper() + ("…" if argument.nargs < 0 else "")
    return name if argument.required else f"[{name}]"


def _flat(text: str) -> str:
    return " ".join(text.split())
