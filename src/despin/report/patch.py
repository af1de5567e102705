"""Unified diffs that ``git apply`` takes, built from the edits.

No diff algorithm runs here: the edits already say what changes, and difflib
over whole files is quadratic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from despin.edits import Edit, apply_edits, shifted

_CONTEXT = 3
_NO_NEWLINE = "\n\\ No newline at end of file\n"


def unified_diff(name: str, text: str, edits: Sequence[Edit]) -> str:
    """Return the patch of ``text`` under ``edits`` for the file ``name``, or "" without edits.

    ``name`` is relative to the folder the patch is applied in, with ``/``.
    """
    if not edits:
        return ""
    starts = _line_starts(text)
    changes = list(_changed_lines(starts, edits))
    pieces = [f"--- {_header('a/', name)}\n+++ {_header('b/', name)}\n"]
    shift = 0
    for hunk in _hunks(changes):
        body, grown = _hunk(text, starts, hunk, shift)
        pieces.append(body)
        shift += grown
    return "".join(pieces)


_LineChange = tuple[int, int, list[Edit]]  # lines [first, last) and the edits in them


def _line_starts(text: str) -> list[int]:
    """Return where each line starts, and the end of the text; git knows no line end but LF."""
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    if starts[-1] != len(text):
        starts.append(len(text))
    return starts


def _changed_lines(starts: list[int], edits: Sequence[Edit]) -> Iterator[_LineChange]:
    from bisect import bisect_right

    current: _LineChange | None = None
    for edit in edits:
        first = min(bisect_right(starts, edit.start) - 1, len(starts) - 2)
        last = bisect_right(starts, max(edit.start, edit.end - 1))
        last = min(last, len(starts) - 1)
        if current and first < current[1]:
            current = (current[0], max(last, current[1]), [*current[2], edit])
        else:
            if current:
                yield current
            current = (first, last, [edit])
    if current:
        yield current


def _hunks(changes: list[_LineChange]) -> Iterator[list[_LineChange]]:
    hunk = [changes[0]]
    for before, after in pairwise(changes):
        if after[0] - before[1] > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(after)
    yield hunk


def _hunk(text: str, starts: list[int], changes: list[_LineChange], shift: int) -> tuple[str, int]:
    """Return the text of one hunk and how many lines it adds."""
    lines = len(starts) - 1
    first, last = max(0, changes[0][0] - _CONTEXT), min(lines, changes[-1][1] + _CONTEXT)
    body: list[str] = []
    removed = added = kept = 0
    at = first
    for begin, end, edits in changes:
        body += [_line(" ", text[starts[n] : starts[n + 1]]) for n in range(at, begin)]
        kept += begin - at
        old = text[starts[begin] : starts[end]]
        moved = [shifted(edit, -starts[begin]) for edit in edits]
        new = apply_edits(old, moved)
        new_lines = new.split("\n")
        new_lines = [f"{line}\n" for line in new_lines[:-1]] + ([new_lines[-1]] if new_lines[-1] else [])
        body += [_line("-", text[starts[n] : starts[n + 1]]) for n in range(begin, end)]
        body += [_line("+", line) for line in new_lines]
        removed += end - begin
        added += len(new_lines)
        at = end
    body += [_line(" ", text[starts[n] : starts[n + 1]]) for n in range(at, last)]
    kept += last - at
    header = f"@@ -{_range(first, kept + removed)} +{_range(first + shift, kept + added)} @@\n"
    return header + "".join(body), added - removed


def _line(mark: str, line: str) -> str:
    return mark + line if line.endswith("\n") else mark + line + _NO_NEWLINE


def _range(first: int, count: int) -> str:
    return f"{first + 1},{count}" if count != 1 else f"{first + 1}"


def _header(prefix: str, name: str) -> str:
    """Return a file name as git writes it: quoted where it holds what a header cannot."""
    if any(char in name for char in '"\\\n\t\r'):
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        escaped = escaped.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
        return f'"{prefix}{escaped}"'
    return f"{prefix}{name}" + ("\t" if " " in name else "")
