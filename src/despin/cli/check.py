"""``despin check``: tell whether files would change."""

from __future__ import annotations

import typer

from despin.cli import options as given
from despin.cli.delivery import Delivery, Mode
from despin.cli.fix import repair_options
from despin.cli.options import Output
from despin.cli.rounds import Choices, Round, exit_status, names_of
from despin.files.formats import Format


def command(
    ctx: typer.Context,
    paths: given.Paths = None,
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
    quiet: given.Quiet = False,
    verbose: given.Verbose = False,
    exit_zero: given.ExitZero = False,
    isolated: given.Isolated = False,
    config: given.Config = None,
) -> None:
    """Tell what would be restored, and write nothing; the same as fix --check.

    Exit codes: 0 nothing to do, 1 something would change, 2 an error.
    """
    work = Choices.of(ctx).work(repair_options(min_confidence, assume, quotes, dictionary, allow))
    turn = Round(names_of(paths, "check"), work, Choices.of(ctx))
    mode = {Output.text: Mode.CHECK, Output.diff: Mode.PATCH}.get(output_format, Mode.REPORT)
    delivery = Delivery(turn, mode, verbose=verbose and not quiet)
    delivery.run(output_format)
    raise typer.Exit(exit_status(turn, found=delivery.found and not exit_zero))
