"""The completion script for zsh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tools.shell.parser import Command, Option

_HEAD = """\
#compdef despin
# Completion of despin for zsh, made from its parser by tools/shell: do not edit.
"""
_TAIL = """\
if [[ ${funcstack[1]} == _despin ]]; then _despin "$@"; else compdef _despin despin; fi
"""


def script(commands: Sequence[Command]) -> str:
    """Return the script: a function a command, and a file name where it has no words."""
    return "".join([_HEAD, *(line for command in commands for line in _function(command)), _TAIL])


def _function(command: Command) -> Iterator[str]:
    yield f"{_name(command.names)}() {{\n"
    if command.below:
        yield "    local line state\n    local -a commands=(\n"
        for name, told in command.below:
            yield f"        {_quoted(f'{name}:{told}')}\n"
        yield "    )\n"
    yield f"    _arguments {'-C' if command.below else '-s'} \\\n"
    for option in command.options:
        yield f"        {_option(option)} \\\n"
    if not command.below:
        yield "        '*:file:_files'\n}\n"
        return
    yield "        '1:command:->command' '*::argument:->argument'\n    case $state in\n"
    yield "    command) _describe command commands ;;\n    argument)\n        case $line[1] in\n"
    for name, _ in command.below:
        yield f"        {name}) {_name((*command.names, name))} ;;\n"
    yield "        esac ;;\n    esac\n}\n"


def _name(names: tuple[str, ...]) -> str:
    return "_".join(["_despin", *names])


def _option(option: Option) -> str:
    told = option.help.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")
    value = ""
    if option.choices:
        value = f":value:({' '.join(option.choices)})"
    elif option.metavar:
        value = f":{option.metavar.lower()}:" + ("_files" if option.takes_file else "")
    others = "*" if option.repeatable else f"({' '.join(option.names)})" if len(option.names) > 1 else ""
    names = f"{{{','.join(option.names)}}}" if len(option.names) > 1 else option.names[0]
    return f"{_quoted(others) if others else ''}{names}{_quoted(f'[{told}]{value}')}"


def _quoted(text: str) -> str:
    escaped = text.replace("'", "'\\''")
    return f"'{escaped}'"
