"""The completion script for fish."""

from __future__ import annotations

from collections.abc import Sequence

from tools.shell.parser import Command, Option


def script(commands: Sequence[Command]) -> str:
    """Return the script; what it has no words for is completed as a file name."""
    lines = ["# Completion of despin for fish, made from its parser by tools/shell: do not edit."]
    for command in commands:
        condition = _condition(command)
        for name, told in command.below:
            lines.append(f"complete -c despin -n {condition} -f -a {name} -d {_quoted(told)}")
        lines += [f"complete -c despin -n {condition} {_option(option)}" for option in command.options]
    return "\n".join(lines) + "\n"


def _condition(command: Command) -> str:
    """Return when the command is the one that is written."""
    seen = [f"__fish_seen_subcommand_from {name}" for name in command.names] or ["__fish_use_subcommand"]
    if command.names and command.below:
        seen.append(f"not __fish_seen_subcommand_from {' '.join(name for name, _ in command.below)}")
    return _quoted("; and ".join(seen))


def _option(option: Option) -> str:
    names = [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names]
    value = []
    if option.choices:
        value = [f"-x -a {_quoted(' '.join(option.choices))}"]
    elif option.metavar:
        value = ["-r -F" if option.takes_file else "-x"]
    return " ".join([*names, *value, f"-d {_quoted(option.help)}"])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
