"""M2, the edit format of ERRANT: one block a paragraph, its tokens and the edits of them.

The paragraphs of a text and their tokens never depend on the edits, so that two files made from one
text, by hand and by despin, can be compared with ``errant_compare``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from despin.document import find_paragraphs
from despin.edits import Edit, apply_edits, shifted
from despin.report import Report
from despin.tokens import TOKEN

_NOTHING = "A -1 -1|||noop|||-NONE-|||REQUIRED|||-NONE-|||0"


def m2_blocks(reports: Iterable[Report]) -> str:
    """Return the paragraphs of all files, in order, with their edits; suggestions are left out."""
    return "".join(block for report in reports for block in _blocks(report))


def _blocks(report: Report) -> Iterator[str]:
    for begin, end in find_paragraphs(report.text):
        spans = [match.span() for match in TOKEN.finditer(report.text, begin, end)]
        if not spans:
            continue
        inside = [edit for edit in report.edits if begin <= edit.start < end]
        lines = list(_edit_lines(report.text, spans, inside)) or [_NOTHING]
        tokens = " ".join(report.text[start:stop] for start, stop in spans)
        yield "\n".join([f"S {tokens}", *lines]) + "\n\n"


def _edit_lines(text: str, spans: list[tuple[int, int]], edits: list[Edit]) -> Iterator[str]:
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    for first, last, group in _by_tokens(starts, ends, edits):
        begin, end = min(starts[first], group[0].start), max(ends[last - 1], group[-1].end)
        moved = [shifted(edit, -begin) for edit in group]
        wanted = " ".join(TOKEN.findall(apply_edits(text[begin:end], moved)))
        if wanted != " ".join(text[start:stop] for start, stop in spans[first:last]):
            kind = "R:OTHER" if wanted else "U:OTHER"
            yield f"A {first} {last}|||{kind}|||{wanted}|||REQUIRED|||-NONE-|||0"


def _by_tokens(
    starts: list[int], ends: list[int], edits: list[Edit]
) -> Iterator[tuple[int, int, list[Edit]]]:
    """Yield runs of edits that share tokens ``[first, last)``; an edit takes in every token it touches."""
    run: tuple[int, int, list[Edit]] | None = None
    for edit in edits:
        first = min(bisect_right(ends, edit.start), len(starts) - 1)
        last = max(bisect_left(starts, edit.end), first + 1)
        if run and first < run[1]:
            run = run[0], max(last, run[1]), [*run[2], edit]
        else:
            if run:
                yield run
            run = first, last, [edit]
    if run:
        yield run
