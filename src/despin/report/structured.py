"""Edits for programs: JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from despin.edits import Edit


def edit_fields(path: str, edit: Edit) -> dict[str, Any]:
    """Return an edit as the fields of the JSON schema, offsets in code points of the decoded text."""
    return {"path": path, **asdict(edit)}


def edits_json(found: Iterable[tuple[str, Iterable[Edit]]]) -> str:
    """Return one JSON array of the edits of all files, in order."""
    rows = [edit_fields(path, edit) for path, edits in found for edit in edits]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
