"""The command line: thin commands over the library, one module each."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

from despin.cli.status import ExitStatus
from despin.cli.streams import open_closed_streams, say


def main() -> None:
    """Run ``despin``; the entry point of the console script, which ends the process."""
    # Nothing here makes cycles to speak of: looking for them costs a twentieth of one article's time.
    gc.set_threshold(100_000, 50, 50)
    # Of numpy we ask whole numbers only; threads for others cost as much to start as numpy to import.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _leave(_run())


def _run() -> int:
    """Run the command line, and return its exit status."""
    from despin.cli.app import app

    open_closed_streams()
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return ExitStatus.INTERRUPTED
    except (SystemExit, BrokenPipeError) as error:
        # typer turns a broken pipe into an exit with 1, which would say that something would change.
        if not isinstance(error, BrokenPipeError) and not isinstance(error.__context__, BrokenPipeError):
            if isinstance(error.code, str):
                say(error.code)
                return ExitStatus.ERROR
            return error.code or ExitStatus.OK
        # The reader has gone: nothing is wrong, and Python must not try to flush at exit.
        _drop_output()
    except OSError as error:
        # What no command foresaw: a full disk behind stdout, a working directory that is gone.
        where = f"{error.filename}: " if error.filename else "input or output: "
        with suppress(OSError):  # what failed may be stderr
            say(f"{where}{error.strerror or 'closed'}; nothing more was done")
        _drop_output()
        return ExitStatus.ERROR
    return ExitStatus.OK


def _leave(status: int) -> None:
    """End with ``status``, without taking memory apart object by object: a twentieth of one article's time.

    Where other processes worked, they are taken leave of properly.
    """
    if "multiprocessing" in sys.modules:
        sys.exit(status)
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(status)


def _drop_output() -> None:
    """Keep Python from flushing to stdout at exit what it cannot take."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:
        sys.stdout = None
