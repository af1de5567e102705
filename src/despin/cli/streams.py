"""stdout carries data, stderr carries messages."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import typer

from despin.cli.status import ExitStatus


def open_closed_streams() -> None:
    """Stand something in for streams that the caller has closed; reading and writing it are errors."""
    for name, mode in (("stdin", "w"), ("stdout", "r"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


def say(message: str) -> None:
    """Write one line to stderr."""
    print(f"despin: {message}", file=sys.stderr)


def fail(problem: str) -> NoReturn:
    """Say what is wrong and what to do, and leave with the error's exit code."""
    say(problem)
    raise typer.Exit(ExitStatus.ERROR)


def put(data: bytes) -> None:
    """Write ``data`` to stdout as it is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def wants_colour(choice: str) -> bool:
    """Tell whether stdout gets colour: the option, FORCE_COLOR, NO_COLOR, then the terminal decides."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("NO_COLOR"):
        return False
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
