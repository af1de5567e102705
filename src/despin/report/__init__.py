"""What was done, for people and for programs: one module a format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from despin.edits import Edit

#: The formats that :func:`render` writes.
FORMATS = ("json", "jsonl", "github", "sarif", "m2")


@dataclass(frozen=True, slots=True)
class Report:
    """One file, what is restored in it, and what might be: what every format is made from."""

    #: The file as it was named, with ``/`` whatever the system.
    path: str
    #: The decoded text of the file; offsets of edits are code points of it.
    text: str
    edits: list[Edit]
    suggestions: list[Edit]


def counted(number: int, noun: str) -> str:
    """Return ``number`` and ``noun``, in the plural where there are several.

    >>> counted(1200, "edit")
    '1,200 edits'
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def render(output_format: str, reports: Iterable[Report]) -> str:
    """Return ``reports`` in one of ``FORMATS``; raises ``ValueError`` for another.

    A patch is not among them: it is in each file's own encoding; see :mod:`despin.report.patch`.
    """
    if output_format == "json":
        from despin.report.structured import json_array as write
    elif output_format == "jsonl":
        from despin.report.structured import json_lines as write
    elif output_format == "github":
        from despin.report.github import workflow_commands as write
    elif output_format == "sarif":
        from despin.report.sarif import sarif_log as write
    elif output_format == "m2":
        from despin.report.m2 import m2_blocks as write
    else:
        raise ValueError(f"output format {output_format!r}; known are {', '.join(FORMATS)}")
    return write(reports)
