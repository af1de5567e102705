"""What becomes of repaired texts: written back, printed, or told of."""

from __future__ import annotations

import os
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

from despin.cli.options import Output
from despin.cli.rounds import Round
from despin.cli.streams import put, say
from despin.edits import Edit, shifted
from despin.files.repair import Repaired
from despin.files.writing import UnwritableFile, write_file
from despin.report import counted


class Mode(Enum):
    """What becomes of a repaired text."""

    TEXT = "text"
    WORD_DIFF = "word diff"
    PATCH = "patch"
    WRITE = "write"
    CHECK = "check"
    REPORT = "report"


class Delivery:
    """Takes one repaired text after the other, and counts."""

    def __init__(self, turn: Round, mode: Mode, *, colour: bool = False, verbose: bool = False) -> None:
        """Take the round that the texts come from, and what is to become of them."""
        self._round = turn
        self._mode = mode
        self._colour = colour
        self._verbose = verbose
        self._files = self._changed = self._edits = 0

    @property
    def found(self) -> bool:
        """Whether anything was, or would be, restored."""
        return self._edits > 0

    def run(self, output: Output) -> None:
        """Deliver the whole round."""
        repaired = map(self._counted, self._round.repaired())
        if self._mode is Mode.REPORT:
            _report(output, repaired)
            return
        for item in repaired:
            try:
                self._deliver(item)
            except UnwritableFile as error:
                say(str(error))
                self._round.failed = True
                self._changed -= 1
                self._edits -= len(item.edits)
        if self._files > 1 and self._mode in {Mode.WRITE, Mode.CHECK}:
            would = "changed" if self._mode is Mode.WRITE else "would change"
            self._round.notice(
                f"{self._changed} of {counted(self._files, 'file')} {would}, {counted(self._edits, 'edit')}"
            )

    def _counted(self, item: Repaired) -> Repaired:
        self._files += 1
        self._changed += bool(item.edits)
        self._edits += len(item.edits)
        return item

    def _deliver(self, item: Repaired) -> None:
        if self._mode is Mode.TEXT:
            put(item.source.encode(item.text))
        elif self._mode is Mode.WORD_DIFF:
            self._show(item)
        elif self._mode is Mode.PATCH:
            self._patch(item)
        elif item.edits:
            if self._mode is Mode.WRITE:
                write_file(Path(item.path), item.source.encode(item.text))
            done = "restored" if self._mode is Mode.WRITE else "would restore"
            self._round.notice(f"{item.path}: {done} {counted(len(item.edits), 'edit')}")
            if self._verbose:
                put("".join(_lines(item)).encode("utf-8", "backslashreplace"))

    def _patch(self, item: Repaired) -> None:
        if not item.edits:
            return
        if item.source.encoding.startswith("utf-16"):
            say(f"{item.path}: a patch cannot carry UTF-16; write the file back with -i")
            self._round.failed = True
            return
        put(_patch(item))

    def _show(self, item: Repaired) -> None:
        from despin.report import worddiff

        text = item.source.text
        if self._colour:
            from rich.console import Console

            console = Console(force_terminal=True, soft_wrap=True, highlight=False)
            console.print(worddiff.coloured_word_diff(text, item.edits), end="")
        else:
            put(worddiff.word_diff(text, item.edits).encode())
        if text and not text.endswith("\n"):
            put(b"\n")
        self._round.notice(
            f"{item.path}: {counted(len(item.edits), 'edit')}, "
            f"{counted(len(item.suggestions), 'suggestion')}, spin rate {item.rate:.0%}"
        )


def _report(output: Output, repaired: Iterable[Repaired]) -> None:
    """Write what was found in a format for programs."""
    from despin.report import Report, render

    reports = [Report(item.path, item.source.text, item.edits, item.suggestions) for item in repaired]
    put(render(output.value, reports).encode("utf-8", "backslashreplace"))
    if output is Output.github:
        from despin.cli.summary import write_step_summary

        write_step_summary(reports)


def _patch(item: Repaired) -> bytes:
    """Return the patch of a file, its lines in the file's own encoding."""
    from despin.report.patch import unified_diff

    # To git a byte order mark is part of the first line.
    mark = item.source.bom.decode(item.source.encoding)
    edits = [shifted(edit, len(mark)) for edit in item.edits]
    patch = unified_diff(_relative(item.path), mark + item.source.text, edits)
    head = patch.index("\n@@") + 1
    return os.fsencode(patch[:head]) + patch[head:].encode(item.source.encoding)


def _relative(name: str) -> str:
    """Return the name for a patch, with slashes: from the working directory, or from the root if outside."""
    if name == "-":
        return "stdin"
    path = Path(os.path.abspath(name))  # noqa: PTH100 - a link in it stays
    if path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return path.as_posix().lstrip("/")


def _lines(item: Repaired) -> Iterable[str]:
    """Yield each edit as ``path:line:column: “spun” was “original” (confidence)``."""
    from despin.places import Places

    places = Places(item.source.text)
    for edit in item.edits:
        line, column = places.at(edit.start)
        yield f"{item.path}:{line}:{column}: {_told(edit)}\n"


def _told(edit: Edit) -> str:
    return f"“{edit.spun}” was “{edit.original}” ({edit.confidence:.2f})"
