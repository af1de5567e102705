"""For GitHub: annotations of a workflow run, and the summary of a step.

Only ten annotations of each kind are shown a step, so the surest are written
and the rest is counted. The commands are those of GitHub's "Workflow commands".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import nlargest

from despin.edits import Edit
from despin.places import Places
from despin.report import Report, counted

#: How many annotations of one kind a step may have.
MOST = 10
#: A step's summary may have 1 MiB; this leaves room for what other commands wrote, in bytes.
SUMMARY_BYTES = 900_000

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})
_MARKDOWN = str.maketrans(
    {char: f"\\{char}" for char in "\\`*_[]|~"} | {"<": "&lt;", "&": "&amp;", "\n": " ", "\r": " "}
)


def workflow_commands(reports: Iterable[Report]) -> str:
    """Return a warning an edit and a notice a suggestion, ten of each at most, then how many there are."""
    reports = list(reports)
    edits = [(report, edit) for report in reports for edit in report.edits]
    suggestions = [(report, edit) for report in reports for edit in report.suggestions]
    lines = [*_commands("warning", "restore", edits), *_commands("notice", "perhaps", suggestions)]
    hidden = max(0, len(edits) - MOST) + max(0, len(suggestions) - MOST)
    rest = f" ({hidden} not shown: GitHub shows {MOST} of a kind)" if hidden else ""
    return "".join(f"{line}\n" for line in [*lines, _summary(reports) + rest])


def step_summary(reports: Iterable[Report], limit: int = SUMMARY_BYTES) -> str:
    """Return a Markdown table of the edits and suggestions, of at most ``limit`` bytes."""
    reports = list(reports)
    head = f"### despin\n\n{_summary(reports)}\n\n"
    # A name that is no UTF-8 is shown as it can be.
    rows = [row.encode("utf-8", "backslashreplace").decode() for row in _table(reports)]
    if not rows:
        return head
    kept = [head, "| place | stands there | restored | confidence | |\n|---|---|---|---|---|\n"]
    left = limit - sum(len(part.encode()) for part in kept) - 100  # for the last line
    for number, row in enumerate(rows):
        left -= len(row.encode())
        if left < 0:
            kept.append(f"\n{len(rows) - number} more are not shown.\n")
            break
        kept.append(row)
    return "".join([*kept, "\n"])


def _commands(command: str, verb: str, found: list[tuple[Report, Edit]]) -> Iterator[str]:
    """Yield the surest of ``found`` as commands, in their order."""
    numbers = nlargest(MOST, range(len(found)), key=lambda number: (found[number][1].confidence, -number))
    for number in sorted(numbers):
        yield _command(command, verb, *found[number])


def _command(command: str, verb: str, report: Report, edit: Edit) -> str:
    places = Places(report.text)
    start, end = places.at(edit.start), places.at(edit.end)
    where = [f"file={report.path.translate(_PROPERTY)}", f"line={start.line}", f"endLine={end.line}"]
    if start.line == end.line:  # GitHub refuses columns over several lines
        where[2:2] = [f"col={start.column}"]
        where.append(f"endColumn={end.column}")
    where.append(f"title=despin {edit.entry.translate(_PROPERTY)}")
    reasons = "; ".join(edit.reasons)
    message = f"{verb} “{edit.original}” for “{edit.spun}” (confidence {edit.confidence:.2f})"
    message += f": {reasons}" if reasons else ""
    return f"::{command} {','.join(where)}::{message.translate(_DATA)}"


def _table(reports: list[Report]) -> Iterator[str]:
    for report in reports:
        places = Places(report.text)
        found = [(edit, "") for edit in report.edits] + [(edit, "suggested") for edit in report.suggestions]
        for edit, kind in sorted(found, key=lambda item: item[0].start):
            place = f"{report.path.translate(_MARKDOWN)}:{places.at(edit.start).line}"
            spun, original = edit.spun.translate(_MARKDOWN), edit.original.translate(_MARKDOWN)
            yield f"| {place} | {spun} | {original} | {edit.confidence:.2f} | {kind} |\n"


def _summary(reports: list[Report]) -> str:
    edits = sum(len(report.edits) for report in reports)
    suggestions = sum(len(report.suggestions) for report in reports)
    found = f"{counted(edits, 'edit')} and {counted(suggestions, 'suggestion')}"
    return f"despin: {found} in {counted(len(reports), 'file')}"
