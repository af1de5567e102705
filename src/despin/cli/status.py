"""What the command's exit code says."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit codes of every command."""

    #: Nothing to do, or done.
    OK = 0
    #: ``--check`` found something that would change.
    WOULD_CHANGE = 1
    #: Bad usage, or a file that could not be read or written; the others are done.
    ERROR = 2
    INTERRUPTED = 130
