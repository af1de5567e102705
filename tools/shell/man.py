"""The man page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tools.shell.parser import Command, Option

from despin.cli.status import ExitStatus

_EXIT = {
    ExitStatus.OK: "Nothing to do, or done.",
    ExitStatus.WOULD_CHANGE: "Something would change, or was found.",
    ExitStatus.ERROR: "Bad usage, or a file that could not be read or written; the others are done.",
    ExitStatus.INTERRUPTED: "Interrupted.",
}
_FILES = {
    "despin.toml, pyproject.toml": "The configuration: the nearest above the working directory counts.",
    ".gitignore, .despinignore": "What a folder leaves out, as patterns that git understands.",
}


def page(commands: Sequence[Command]) -> str:
    """Return the page in the macros of man(7)."""
    return "".join(f"{line}\n" for line in _lines(commands))


def _lines(commands: Sequence[Command]) -> Iterator[str]:
    root = commands[0]
    yield '.\\" Made from the parser by tools/shell: do not edit.'
    yield '.TH DESPIN 1 "" "despin" "User Commands"'
    yield from [".SH NAME", f"despin \\- {_text(root.told[:1].lower() + root.told[1:].rstrip('.'))}"]
    yield ".SH SYNOPSIS"
    for number, command in enumerate(_runnable(commands)):
        yield from [".br"] * bool(number)
        yield f".B {_text(_title(command))}"
        yield _text(" ".join(["[OPTIONS]", *command.arguments]))
    yield ".SH DESCRIPTION"
    yield "Content farms run wire stories through synonym spinners. despin puts the original wording"
    yield "back, says for every change why and how surely, and leaves everything else as it was."
    yield ".SH OPTIONS"
    yield from _options(root.options)
    yield ".SH COMMANDS"
    for command in _runnable(commands):
        yield from [f".SS {_text(_title(command))}", *_paragraphs(command)]
        yield from _options(command.options)
    for title, rows in (("EXIT STATUS", _EXIT), ("FILES", _FILES)):
        yield f".SH {_quoted(title)}"
        for name, told in rows.items():
            yield from [".TP", f".B {_text(str(name))}", _text(told)]


def _runnable(commands: Sequence[Command]) -> list[Command]:
    return [command for command in commands if command.names and not command.below]


def _title(command: Command) -> str:
    return " ".join(["despin", *command.names])


def _paragraphs(command: Command) -> Iterator[str]:
    yield _text(command.told)
    for paragraph in filter(None, command.more.split("\n\n")):
        yield from [".PP", _text(" ".join(paragraph.split()))]
    for name, told in zip(command.arguments, command.argument_help, strict=True):
        if told:
            yield from [".TP", f".I {_text(name)}", _text(told)]


def _options(options: Sequence[Option]) -> Iterator[str]:
    for option in options:
        value = f" {option.metavar}" if option.metavar else ""
        yield from [".TP", f".B {_text(', '.join(option.names) + value)}", _text(option.help)]


def _text(text: str) -> str:
    """Return ``text`` as troff reads it: no line is a request, a hyphen is one."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text
