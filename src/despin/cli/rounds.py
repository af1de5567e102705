"""Going through the files and folders that the user named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import typer

from despin.cli.configuration import is_configured
from despin.cli.status import ExitStatus
from despin.cli.streams import fail, say
from despin.files.formats import Format
from despin.files.reading import encoding_named
from despin.files.repair import (
    Failure,
    Reader,
    Repaired,
    ScoredFile,
    Work,
    expect,
    failure,
    repair,
    repair_file,
    score,
    score_file,
)
from despin.files.walk import EXCLUDE, PatternError, Selection, is_left_out, walk

if TYPE_CHECKING:
    from despin.pipeline import Options

T = TypeVar("T", Repaired, ScoredFile)


class Choices(NamedTuple):
    """The options that every command over files has, by their names."""

    format: Format
    field: list[str] | None
    encoding: str
    stdin_filename: str | None
    include: list[str] | None
    exclude: list[str] | None
    extend_exclude: list[str] | None
    force_exclude: bool
    jobs: int
    quiet: bool
    verbose: bool
    #: Whether what earlier runs found is not asked for; commands that repair nothing never ask.
    no_cache: bool | None

    @classmethod
    def of(cls, ctx: typer.Context) -> Choices:
        """Return what was chosen on the command line or in the configuration."""
        chosen: dict[str, Any] = {name: ctx.params.get(name) for name in cls._fields}
        if not chosen["exclude"] and not is_configured(ctx, "exclude"):
            chosen["exclude"] = None  # nothing was said; a configured empty list leaves nothing out
        return cls(**chosen)

    def selection(self) -> Selection:
        """Return which files of a folder are taken."""
        exclude = EXCLUDE if self.exclude is None else tuple(self.exclude)
        more = tuple(self.extend_exclude or ())
        return Selection(tuple(self.include or ()), exclude, more, self.force_exclude)

    def work(self, options: Options) -> Work:
        """Return what is done with every file; leaves with an error for an unknown encoding."""
        return Work(options, reader(self.format, self.field, self.encoding), self.jobs)


class Round:
    """One go through what the user named."""

    def __init__(self, names: list[str], work: Work, choices: Choices) -> None:
        """Find the files; leaves with an error for a bad pattern or dictionary."""
        from despin.lexicon.shipped import PackError
        from despin.pipeline import default_pipeline

        self._work = work
        self._choices = choices
        self._reads_stdin = "-" in names
        try:
            self._found = walk([name for name in names if name != "-"], choices.selection())
            # Before any other process is made of this one: what is opened here is open there, too.
            default_pipeline(work.options.dictionaries)
        except (PatternError, PackError) as error:
            fail(str(error))
        for problem in self._found.problems:
            say(problem)
        #: Whether something could not be done; what, has been said.
        self.failed = bool(self._found.problems)
        if not self._found.files and not self._reads_stdin and not self.failed:
            self.notice("no article is here; --include says what else to take")

    def repaired(self) -> Iterator[Repaired]:
        """Yield every input with its edits, sorted by name."""
        from despin.files.parallel import worth_a_process

        files = self._found.files
        if self._choices.no_cache or not worth_a_process(files):
            return self._each(repair, self._anew(repair_file))
        from despin.files import found

        return self._each(repair, found.repaired(self._work, files))

    def scored(self) -> Iterator[ScoredFile]:
        """Yield every input and how spun it is, sorted by name."""
        return self._each(score, self._anew(score_file))

    def notice(self, message: str) -> None:
        """Say something that a quiet user does not want to hear."""
        if not self._choices.quiet:
            say(message)

    def _anew(self, of_file: Callable[[Work, Path], T | Failure]) -> Iterator[T | Failure]:
        """Yield what ``of_file`` says of each file."""
        from despin.files.parallel import over_files

        files = self._found.files
        expect(self._work, len(files))
        yield from over_files(partial(of_file, self._work), files, self._choices.jobs)

    def _each(self, of_data: Callable[[bytes, str, Work], T], answers: Iterator[T | Failure]) -> Iterator[T]:
        if self._reads_stdin:
            yield from self._kept(self._stdin(of_data), named=True)
        from despin.cli.progress import watched
        from despin.files.parallel import WorkerLost

        try:
            for answer in watched(answers, len(self._found.files), quiet=self._choices.quiet):
                yield from self._kept(answer, named=Path(answer.path) in self._found.named)
        except WorkerLost as error:
            say(str(error))
            self.failed = True

    def _stdin(self, of_data: Callable[[bytes, str, Work], T]) -> T | Failure:
        name = self._choices.stdin_filename
        work = self._work
        try:
            if name and self._choices.force_exclude and is_left_out(Path(name), self._choices.selection()):
                from dataclasses import replace

                work = work._replace(options=replace(work.options, assume="clean"))
            return of_data(sys.stdin.buffer.read(), name or "-", work)
        except Exception as error:
            return failure(name or "stdin", error)

    def _kept(self, answer: T | Failure, *, named: bool) -> Iterator[T]:
        """Yield ``answer`` unless it is a failure, which is said instead.

        What a walk met and is no article is no failure; what the user ``named`` always is.
        """
        if not isinstance(answer, Failure):
            yield answer
        elif answer.passing and not named:
            if self._choices.verbose:
                self.notice(f"left out: {answer.message}")
        else:
            say(answer.message)
            self.failed = True


def reader(format: Format, field: list[str] | None, encoding: str) -> Reader:
    """Return how files are read; leaves with an error for an unknown encoding."""
    try:
        return Reader(Format(format), tuple(field or ()), encoding_named(encoding))
    except ValueError as error:
        fail(f"encoding: {error}")


def names_of(paths: list[str] | None, command: str) -> list[str]:
    """Return what the user named: stdin if nothing, unless it is a terminal."""
    if not paths and sys.stdin.isatty():
        fail(f"name a file, or pipe text in; see despin {command} --help")
    if paths and "" in paths:
        fail("one of the names is empty; name a file or a folder")
    return paths or ["-"]


def exit_status(turn: Round, *, found: bool) -> ExitStatus:
    """Return the exit code of a round, given whether it ``found`` what is to be told by it."""
    if turn.failed:
        return ExitStatus.ERROR
    return ExitStatus.WOULD_CHANGE if found else ExitStatus.OK
