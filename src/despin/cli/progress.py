"""A progress bar on stderr, for those who watch and have long to wait."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")

#: A bar that comes and goes within this time only flickers, in seconds.
_PATIENCE = 2.0


def watched(answers: Iterator[T], total: int, *, quiet: bool) -> Iterator[T]:
    """Yield ``answers``, of which there are ``total``, and show how far it has come.

    There is a bar only on a terminal, after two seconds, and not where stdout goes to the terminal
    as well: it would stand among the data.
    """
    if quiet or total < 2 or not sys.stderr.isatty() or sys.stdout.isatty():
        yield from answers
        return
    begin = time.monotonic()
    for done, answer in enumerate(answers, 1):
        yield answer
        if time.monotonic() - begin > _PATIENCE and done < total:
            break
    else:
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("despin", total=total, completed=done)
        for answer in answers:
            yield answer
            bar.advance(task)
