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
    except BrokenPipeError:
        # The reader has gone: nothing is wrong, and Python must not try to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitStatus.OK)
