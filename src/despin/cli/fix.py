"""``despin fix``: repair files, or stdin."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from despin.cli.options import Dictionaries, Format, MinConfidence
from despin.cli.status import ExitStatus
from despin.cli.streams import fail, put, say, wants_colour
from despin.files.reading import Encoded, UnreadableFile, decode, read_file
from despin.files.writing import UnwritableFile, write_file

if TYPE_CHECKING:
    from despin.pipeline import Options, Result


class _Assume(StrEnum):
    auto = "auto"
    spun = "spun"
    clean = "clean"


class _Quotes(StrEnum):
    keep = "keep"
    repair = "repair"


class _Colour(StrEnum):
    auto = "auto"
    always = "always"
    never = "never"


class _Mode(Enum):
    """What becomes of a repaired text."""

    TEXT = "text"
    WORD_DIFF = "word diff"
    PATCH = "patch"
    WRITE = "write"
    CHECK = "check"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class _Repaired:
    """One input, repaired."""

    name: str
    path: Path | None
    source: Encoded
    result: Result


def command(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH…|-]", help="Files; - or none reads stdin.")
    ] = None,
    in_place: Annotated[bool, typer.Option("-i", "--in-place", help="Write the repaired text back.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print a patch for git apply; write nothing.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Exit 1 if something would change; write nothing.")
    ] = False,
    word_diff: Annotated[
        bool, typer.Option("--word-diff", help="Print the text with [-spun-]{+original+} marks.")
    ] = False,
    output_format: Annotated[
        Format, typer.Option("--output-format", help="json: the edits alone; nothing is written.")
    ] = Format.text,
    min_confidence: MinConfidence = None,
    assume: Annotated[_Assume, typer.Option("--assume", help="What you know of the text.")] = _Assume.auto,
    quotes: Annotated[
        _Quotes, typer.Option("--quotes", help="Leave quoted speech alone, or repair it too.")
    ] = _Quotes.keep,
    dictionary: Dictionaries = None,
    color: Annotated[_Colour, typer.Option("--color", help="Colour the word diff.")] = _Colour.auto,
) -> None:
    """Restore the original wording.

    Without a path stdin is read. On a terminal the word diff and a summary are
    shown; into a pipe, or for "-", the repaired text alone is written.

    Exit codes: 0 nothing to do or done, 1 --check found something, 2 an error.
    """
    from despin.pipeline import APPLY_CONFIDENCE, Options

    names = paths or []
    if not names and sys.stdin.isatty():
        fail("name a file, or pipe text in; see despin fix --help")
    names = names or ["-"]
    mode = _mode(names, in_place, diff, check, word_diff, output_format)
    confidence = APPLY_CONFIDENCE if min_confidence is None else min_confidence
    options = Options(assume.value, quotes.value, confidence, tuple(dictionary or ()))
    _open_dictionaries(options)
    raise typer.Exit(_run(names, mode, options, check=check, colour=wants_colour(color.value)))


def _open_dictionaries(options: Options) -> None:
    from despin.lexicon.entry import PackError
    from despin.pipeline import default_pipeline

    try:
        default_pipeline(options.dictionaries)
    except PackError as error:
        fail(str(error))


def _mode(
    names: list[str], in_place: bool, diff: bool, check: bool, word_diff: bool, output_format: Format
) -> _Mode:
    if in_place and (diff or check or output_format is Format.json or word_diff):
        fail("-i writes; leave it out to look with --diff, --check, --word-diff or json")
    if in_place and "-" in names:
        fail("stdin cannot be written in place; leave -i out to get the repaired text")
    if diff and (word_diff or output_format is Format.json):
        fail("ask for one of --diff, --word-diff and --output-format json")
    several = len(names) > 1 or any(Path(name).is_dir() for name in names if name != "-")
    if several and not (in_place or diff or check):
        fail("several files or a folder need -i to write, --diff to see a patch, or --check")
    if output_format is Format.json:
        return _Mode.JSON
    if in_place:
        return _Mode.WRITE
    if diff:
        return _Mode.PATCH
    if check:
        return _Mode.CHECK
    to_terminal = sys.stdout.isatty() and names != ["-"]
    return _Mode.WORD_DIFF if word_diff or to_terminal else _Mode.TEXT


def _run(names: list[str], mode: _Mode, options: Options, *, check: bool, colour: bool) -> ExitStatus:
    status, would_change = ExitStatus.OK, False
    rows = []
    for item in _repaired(names, options):
        if isinstance(item, str):
            say(item)
            status = ExitStatus.ERROR
            continue
        would_change = would_change or bool(item.result.edits)
        if mode is _Mode.JSON:
            rows.append((item.name, item.result.edits))
            continue
        try:
            _deliver(item, mode, colour)
        except UnwritableFile as error:
            say(str(error))
            status = ExitStatus.ERROR
    if mode is _Mode.JSON:
        from despin.report.structured import edits_json

        put(edits_json(rows).encode())
    if status is ExitStatus.OK and check and would_change:
        return ExitStatus.WOULD_CHANGE
    return status


def _repaired(names: list[str], options: Options) -> Iterator[_Repaired | str]:
    """Yield each input repaired, or the message that says why it could not be."""
    from despin.pipeline import InternalError, default_pipeline

    for name in names:
        try:
            for path in _files(name):
                shown = name if path is None else path.as_posix()
                source = decode(sys.stdin.buffer.read(), "stdin") if path is None else read_file(path)
                result = default_pipeline(options.dictionaries).fix(source.text, options)
                yield _Repaired(shown, path, source, result)
        except UnreadableFile as error:
            yield str(error)
        except InternalError as error:
            yield f"{name}: INTERNAL ERROR: {error}; it was left untouched, please report this"


def _files(name: str) -> list[Path | None]:
    """Return the files that ``name`` stands for: itself, or the articles of a folder."""
    if name == "-":
        return [None]
    path = Path(name)
    if not path.is_dir():
        return [path]
    found: list[Path | None] = [*sorted(file for file in path.rglob("*.txt") if file.is_file())]
    if not found:
        raise UnreadableFile(f"{name}: no .txt file in this folder")
    return found


def _deliver(item: _Repaired, mode: _Mode, colour: bool) -> None:
    text, result = item.source.text, item.result
    if mode is _Mode.TEXT:
        put(item.source.encode(result.text))
    elif mode is _Mode.WORD_DIFF:
        _show(item, colour)
    elif mode is _Mode.PATCH:
        from despin.report.patch import unified_diff

        put(item.source.bom + unified_diff(_relative(item), text, result.edits).encode(item.source.encoding))
    elif result.edits:
        if mode is _Mode.WRITE and item.path is not None:
            write_file(item.path, item.source.encode(result.text))
        done = "restored" if mode is _Mode.WRITE else "would restore"
        say(f"{item.name}: {done} {_count(len(result.edits), 'edit')}")


def _relative(item: _Repaired) -> str:
    """Return the name for a patch: relative to the working directory, with slashes."""
    if item.path is None:
        return "stdin"
    path = item.path
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return path.as_posix().lstrip("/")


def _show(item: _Repaired, colour: bool) -> None:
    from despin.report import worddiff

    text, result = item.source.text, item.result
    if colour:
        from rich.console import Console

        console = Console(force_terminal=True, soft_wrap=True, highlight=False)
        console.print(worddiff.coloured_word_diff(text, result.edits), end="")
    else:
        put(worddiff.word_diff(text, result.edits).encode())
    if text and not text.endswith("\n"):
        put(b"\n")
    say(_summary(item))


def _summary(item: _Repaired) -> str:
    edits, suggestions = item.result.edits, item.result.suggestions
    return (
        f"{item.name}: {_count(len(edits), 'edit')}, {_count(len(suggestions), 'suggestion')}, "
        f"spin rate {item.result.rate.rate:.0%}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
