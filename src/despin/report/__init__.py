"""What was done, for people and for programs: one module a format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from despin.edits import Edit

#: The formats that :func:`render` writes.
FORMATS = ("json",)


@dataclass(frozen=True, slots=True)
class Report:
    """One file, what is restored in it, and what might be: what every format is made from."""

    #: The file as it was named, with ``/`` whatever the system.
    path: str
    #: The decoded text of the file; offsets of edits are code points of it.
    text: str
    edits: list[Edit]
    suggestions: list[Edit]


def render(output_format: str, reports: Iterable[Report]) -> str:
    """Return ``reports`` in one of ``FORMATS``; raises ``ValueError`` for another."""
    if output_format == "json":
        from despin.report.structured import edits_json

        return edits_json((report.path, report.edits) for report in reports)
    raise ValueError(f"output format {output_format!r}; known are {', '.join(FORMATS)}")
