"""The commands and their common ground."""

from __future__ import annotations

from typing import Annotated

import typer

from despin import __version__
from despin.cli import candidates, dictionary, evaluate, explain, fix, learn, score

app = typer.Typer(
    name="despin",
    help="Restore the original wording of machine-spun news copy.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("fix")(fix.command)
app.command("score")(score.command)
app.command("explain")(explain.command)
app.command("candidates")(candidates.command)
app.command("learn")(learn.command)
app.command("evaluate")(evaluate.command)
app.add_typer(dictionary.app)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"despin {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Restore the original wording of machine-spun news copy."""
    del version
