"""The command line: thin commands over the library, one module each."""

from __future__ import annotations

import os
import sys

from despin.cli.status import ExitStatus


def main() -> None:
    """Run ``despin``; the entry point of the console script."""
    from despin.cli.app import app

    try:
        app()
    except KeyboardInterrupt:
        sys.exit(ExitStatus.INTERRUPTED)
    except (SystemExit, BrokenPipeError) as error:
        # typer turns a broken pipe into an exit with 1, which would say that something would change.
        if not isinstance(error, BrokenPipeError) and not isinstance(error.__context__, BrokenPipeError):
            raise
        # The reader has gone: nothing is wrong, and Python must not try to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitStatus.OK)
