"""Edits for programs: JSON and JSON Lines, by the schema ``data/schemas/edits-1.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from despin.edits import Edit
from despin.places import Place, Places
from despin.report import Report


def edit_fields(path: str, edit: Edit, place: Place) -> dict[str, Any]:
    """Return an edit as the schema has it; offsets and columns are in code points of the decoded text."""
    return {"path": path, "line": place.line, "column": place.column, **asdict(edit)}


def json_array(reports: Iterable[Report]) -> str:
    """Return one JSON array of the edits of all files, in order."""
    return json.dumps(list(_rows(reports)), ensure_ascii=False, indent=2) + "\n"


def json_lines(reports: Iterable[Report]) -> str:
    """Return the same objects, one a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(reports))


def _rows(reports: Iterable[Report]) -> Iterator[dict[str, Any]]:
    for report in reports:
        places = Places(report.text)
        for edit in report.edits:
            yield edit_fields(report.path, edit, places.at(edit.start))
