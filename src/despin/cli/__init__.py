"""The command line: thin commands over the library, one module each."""

from __future__ import annotations

import gc
import os
import sys

from despin.cli.status import ExitStatus


def main() -> None:
    """Run ``despin``; the entry point of the console script."""
    # Nothing here makes cycles to speak of: looking for them costs a twentieth of one article's time.
    gc.set_threshold(100_000, 50, 50)
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
