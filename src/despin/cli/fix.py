"""``despin fix``: repair files, or stdin."""

# No deferred annotations: typer would have to evaluate each of them, at a hundredth of one article's time.

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from despin.cli import options as given
from despin.cli.configuration import is_configured
from despin.cli.delivery import Delivery, Mode
from despin.cli.options import Output
from despin.cli.rounds import Choices, Round, exit_status, names_of
from despin.cli.streams import fail, wants_colour
from despin.files.formats import Format

if TYPE_CHECKING:
    from despin.pipeline import Assume, Options, Quotes


def command(
    ctx: typer.Context,
    paths: given.Paths = None,
    in_place: Annotated[bool, typer.Option("-i", "--in-place", help="Write the repaired text back.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print a patch for git apply; write nothing.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Exit 1 if something would change; write nothing.")
    ] = False,
    word_diff: Annotated[
        bool, typer.Option("--word-diff", help="Print the text with [-spun-]{+original+} marks.")
    ] = False,
    output_format: given.ReportFormat = Output.text,
    min_confidence: given.MinConfidence = None,
    assume: given.Assume = "auto",
    quotes: given.Quotes = "keep",
    dictionary: given.Dictionaries = None,
    allow: given.Allow = None,
    format: given.ReadAs = Format.auto,
    field: given.Fields = None,
    encoding: given.Encoding = "utf-8",
    stdin_filename: given.StdinFilename = None,
    include: given.Include = None,
    exclude: given.Exclude = None,
    extend_exclude: given.ExtendExclude = None,
    force_exclude: given.ForceExclude = False,
    jobs: given.Jobs = 0,
    no_cache: given.NoCache = False,
    color: given.Color = "auto",
    quiet: given.Quiet = False,
    verbose: given.Verbose = False,
    exit_zero: given.ExitZero = False,
    exit_non_zero_on_fix: given.ExitOnFix = False,
    isolated: given.Isolated = False,
    config: given.Config = None,
) -> None:
    """Restore the original wording.

    Without a path stdin is read. On a terminal the word diff and a summary are
    shown; into a pipe, or for "-", the repaired text alone is written.

    Exit codes: 0 nothing to do or done, 1 --check found something, 2 an error.
    """
    names = names_of(paths, "fix")
    if (in_place or diff or word_diff) and is_configured(ctx, "output_format"):
        output_format = Output.text  # the command line wins
    mode = _mode(names, in_place, diff, check, word_diff, output_format)
    work = Choices.of(ctx).work(repair_options(min_confidence, assume, quotes, dictionary, allow))
    turn = Round(names, work, Choices.of(ctx))
    delivery = Delivery(turn, mode, colour=wants_colour(color), verbose=verbose and not quiet)
    delivery.run(output_format)
    told = (check or exit_non_zero_on_fix) and not exit_zero
    raise typer.Exit(exit_status(turn, found=told and delivery.found))


def repair_options(
    min_confidence: float | None,
    assume: "Assume",
    quotes: "Quotes",
    dictionary: list[Path] | None,
    allow: list[str] | None,
) -> "Options":
    """Return the pipeline's options for those of the command line."""
    from despin.pipeline import APPLY_CONFIDENCE, Options

    confidence = APPLY_CONFIDENCE if min_confidence is None else min_confidence
    if math.isnan(confidence):
        fail("--min-confidence: nan is no number from 0 to 1")
    return Options(assume, quotes, confidence, tuple(dictionary or ()), tuple(allow or ()))


def _mode(names: list[str], in_place: bool, diff: bool, check: bool, word_diff: bool, output: Output) -> Mode:
    if in_place and (diff or check or word_diff or output is not Output.text):
        fail("-i writes; leave it out to look with --diff, --check, --word-diff or --output-format")
    if in_place and "-" in names:
        fail("stdin cannot be written in place; leave -i out to get the repaired text")
    if word_diff + (diff or output is Output.diff) + (output not in {Output.text, Output.diff}) > 1:
        fail("ask for one of --diff, --word-diff and --output-format")
    if output not in {Output.text, Output.diff}:
        return Mode.REPORT
    if in_place:
        return Mode.WRITE
    if diff or output is Output.diff:
        return Mode.PATCH
    if check and not word_diff:
        return Mode.CHECK
    if len(names) > 1 or Path(names[0]).is_dir():
        fail("several files or a folder need -i to write, --diff to see a patch, or --check")
    to_terminal = sys.stdout.isatty() and names != ["-"]
    return Mode.WORD_DIFF if word_diff or to_terminal else Mode.TEXT
