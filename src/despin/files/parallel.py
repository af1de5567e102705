"""One task for many files, or for the blocks of a long one, over all cores, with the answers in order."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")

#: Less than this is done sooner than a second process is up, in bytes.
_WORTH_A_PROCESS = 100_000
#: So is less than this of one file's text, in code points: most of it is clean, and only glanced at.
_WORTH_A_POOL = 400_000
#: Files go to a process in batches, since the way there and back costs as much as a very short file;
#: not in long ones, since after Ctrl-C they are waited for.
_BATCH, _BATCHES_EACH = 8, 4


class WorkerLost(RuntimeError):
    """A process was ended from outside, most likely for want of memory."""


def over_files(task: Callable[[Path], T], files: Sequence[Path], jobs: int = 0) -> Iterator[T]:
    """Yield ``task(file)`` for each of ``files``, in their order whatever ``jobs``.

    ``jobs`` is how many processes work at once, 0: one a core. Few files are done in this one.
    ``task`` and what it returns must pickle. Raises ``WorkerLost``.
    """
    processes = min(jobs or _cores(), len(files))
    if processes < 2 or not worth_a_process(files):
        yield from map(task, files)
        return
    yield from _shared(task, files, processes)


def over_texts(task: Callable[[str], T], texts: Sequence[str], jobs: int) -> Iterator[T]:
    """Yield ``task(text)`` for each of ``texts``, as :func:`over_files` does; in a worker, by itself."""
    processes = min(jobs or _cores(), len(texts))
    if processes < 2 or sum(map(len, texts)) < _WORTH_A_POOL or _is_worker():
        yield from map(task, texts)
        return
    yield from _shared(task, texts, processes)


def _shared(task: Callable[[S], T], items: Sequence[S], processes: int) -> Iterator[T]:
    """Yield ``task(item)`` for each of ``items``, done by so many processes."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # A fork has the model and the lexicon open already; no thread runs that it could harm.
    context = get_context("fork" if sys.platform == "linux" else None)
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_start_worker)
    batch = max(1, min(_BATCH, len(items) // (processes * _BATCHES_EACH)))
    try:
        yield from pool.map(task, items, chunksize=batch)
    except BrokenProcessPool as error:
        raise WorkerLost("a process was ended from outside; fewer at once need less memory: -j 1") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _is_worker() -> bool:
    """Tell whether this process was started by another, to work for it."""
    from multiprocessing import parent_process

    return parent_process() is not None


def _start_worker() -> None:
    """Leave Ctrl-C to the first process, which alone writes files: a worker ends after its batch."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def worth_a_process(files: Sequence[Path]) -> bool:
    """Tell whether ``files`` are more work than a process is to start."""
    total = 0
    for file in files:
        try:
            total += file.stat().st_size
        except OSError:
            continue
        if total >= _WORTH_A_PROCESS:
            return True
    return False
