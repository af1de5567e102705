"""Repairing files: bytes to edits of the decoded text, and why, whatever the format."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from despin.edits import Edit, apart, apply_edits, compose, revert_edits
from despin.files.formats import Format, FormatError, NoProse, Passage, format_of, located, passages
from despin.files.parallel import WorkerLost, over_texts
from despin.files.reading import Encoded, NotText, UnreadableFile, decode, read_bytes
from despin.places import Places

if TYPE_CHECKING:
    from despin.pipeline import Options, Pipeline, Verdict
    from despin.result import Result
    from despin.rivals import Explanation


#: How often a file is looked at again that cannot hold all that would be restored.
_MAX_TURNS = 4


class Reader(NamedTuple):
    """How files are read."""

    format: Format = Format.auto
    #: The keys or columns that hold prose.
    fields: tuple[str, ...] = ()
    #: How a file without a byte order mark is encoded.
    encoding: str = "utf-8"

    def format_of(self, name: str) -> Format:
        """Return the format that the file ``name`` is read in."""
        return format_of(name) if self.format is Format.auto else self.format


class Work(NamedTuple):
    """What is done with every file of a run."""

    options: Options
    reader: Reader = Reader()
    #: How many processes share a long file, 0: one a core.
    jobs: int = 1


class Repaired(NamedTuple):
    """A file and what is to be restored in it; offsets are code points of its decoded text."""

    path: str
    source: Encoded
    edits: list[Edit]
    suggestions: list[Edit]
    #: How spun its prose looked: the share of words that were swapped, 0 to 1.
    rate: float

    @property
    def text(self) -> str:
        """The repaired text."""
        return apply_edits(self.source.text, self.edits)


class ScoredFile(NamedTuple):
    """A file and how spun its spunnest text is."""

    path: str
    verdict: Verdict


class ExplainedFile(NamedTuple):
    """A file, how spun its spunnest text is, and why each of its edits and suggestions."""

    path: str
    source: Encoded
    verdict: Verdict
    explanations: list[Explanation]


class Failure(NamedTuple):
    """A file that nothing could be done with, and what to do about it."""

    path: str
    message: str
    #: Whether it says nothing of a file that was met in a walk: no text, or no prose, is in it.
    passing: bool = False


def expect(work: Work, files: int) -> None:
    """Get ready for so many ``files``, before any other process is made of this one."""
    _pipeline(work).expect(files)


def repair_file(work: Work, path: Path) -> Repaired | Failure:
    """Return the file at ``path`` with its edits; nothing is written and nothing raised."""
    shown = path.as_posix()
    try:
        return repair(read_bytes(path), shown, work)
    except Exception as error:
        return failure(shown, error)


def score_file(work: Work, path: Path) -> ScoredFile | Failure:
    """Return how spun the file at ``path`` is; nothing is raised."""
    shown = path.as_posix()
    try:
        return score(read_bytes(path), shown, work)
    except Exception as error:
        return failure(shown, error)


def failure(name: str, error: Exception) -> Failure:
    """Return what is to be said of ``error``, which a file called ``name`` met with."""
    if isinstance(error, UnreadableFile):
        return Failure(name, str(error), isinstance(error, NotText))
    if isinstance(error, FormatError):
        return Failure(name, f"{name}: {error}", isinstance(error, NoProse))
    if isinstance(error, WorkerLost):
        return Failure(name, f"{name}: {error}")
    if isinstance(error, OSError):
        return Failure(name, f"{name}: cannot be read ({error.strerror or 'closed'})")
    # One file must never stop the others, so nothing is let through: not even what is our own fault.
    told = f"{type(error).__name__}: {error}".splitlines()[0]
    return Failure(name, f"{name}: INTERNAL ERROR: {told}; it was left untouched, please report this")


def repair(data: bytes, name: str, work: Work) -> Repaired:
    """Return the edits of a file ``name`` that holds ``data``.

    Raises ``UnreadableFile`` and ``FormatError`` for what is not what it should be, and
    ``InternalError`` when a repair broke one of its promises.
    """
    source = decode(data, name, work.reader.encoding)
    first = turn = _turn(source, source.text, name, work)
    edits = first.edits
    for _ in range(_MAX_TURNS):
        if turn.whole or not turn.edits:
            break
        # What could not be written may have settled what stands beside it: look at what there is now.
        turn = _turn(source, apply_edits(source.text, edits), name, work)
        edits = compose(source.text, edits, turn.edits)
    suggestions = first.suggestions
    if turn is not first:
        suggestions = apart(suggestions, edits)
    if revert_edits(apply_edits(source.text, edits), edits) != source.text:
        from despin.pipeline import InternalError

        raise InternalError("the edits do not revert")
    return Repaired(name, source, edits, suggestions, first.rate)


class _Turn(NamedTuple):
    """What the pipeline does to the text of a file, as far as the file can hold it."""

    edits: list[Edit]
    suggestions: list[Edit]
    rate: float
    #: Whether the file can hold all of the edits.
    whole: bool


def _turn(source: Encoded, text: str, name: str, work: Work) -> _Turn:
    kind = work.reader.format_of(name)
    edits: list[Edit] = []
    suggestions: list[Edit] = []
    wanted = 0
    weighed = length = 0.0
    for passage, result in _results(passages(text, kind, work.reader.fields), work):
        wanted += len(result.edits)
        if kind is Format.text:
            edits, suggestions = result.edits, result.suggestions
        else:
            edits += located(result.edits, passage, text, kind)
            suggestions += located(result.suggestions, passage, text, kind)
        weighed += result.rate.rate * len(passage.text)
        length += len(passage.text)
    edits = [edit for edit in edits if source.can_write(edit.original)]
    return _Turn(edits, suggestions, weighed / length if length else 0.0, len(edits) == wanted)


def score(data: bytes, name: str, work: Work) -> ScoredFile:
    """Return how spun a file ``name`` is that holds ``data``; raises what :func:`repair` does."""
    from despin.prior import TO_TELL

    source = decode(data, name, work.reader.encoding)
    kind = work.reader.format_of(name)
    found = passages(source.text, kind, work.reader.fields)
    return ScoredFile(name, _loudest(found, source.text, kind, work, TO_TELL))


def explain(data: bytes, name: str, work: Work) -> ExplainedFile:
    """Return why each edit and suggestion of a file; raises what :func:`repair` does."""
    from dataclasses import replace

    from despin.prior import TO_REPAIR

    source = decode(data, name, work.reader.encoding)
    kind = work.reader.format_of(name)
    found = passages(source.text, kind, work.reader.fields)
    pipeline = _pipeline(work)
    explanations = [
        replace(item, edit=edit)
        for passage in found
        for item in pipeline.explain(passage.text, work.options)
        for edit in located([item.edit], passage, source.text, kind)
        if not item.made or source.can_write(edit.original)
    ]
    # Doubted as in the repair that is explained.
    verdict = _loudest(found, source.text, kind, work, TO_REPAIR)
    return ExplainedFile(name, source, verdict, explanations)


def _loudest(found: list[Passage], text: str, kind: Format, work: Work, least: float) -> Verdict:
    """Return what the spunnest of a file's passages is judged to be."""
    from despin.pipeline import Verdict
    from despin.rate import Rate

    pipeline = _pipeline(work)
    loudest = Verdict(Rate(0.0, 0.0), None, [])
    for passage in found:
        verdict = pipeline.score(passage.text, work.options, least)
        if verdict.rate.probability > loudest.rate.probability:
            lines = verdict.evidence
            if kind is not Format.text:
                lines = [_placed(line, passage, text, kind) for line in lines]
            loudest = Verdict(verdict.rate, verdict.dialect, lines)
    return loudest


def _placed(evidence: str, passage: Passage, text: str, kind: Format) -> str:
    """Return ``evidence`` with the line that a record begins in, for the line of its own text."""
    told = evidence.partition(": ")[2]
    if kind not in {Format.jsonl, Format.csv}:
        return told  # lines of a marked-up text are not those of its file
    return f"line {Places(text).at(passage.places[0]).line}: {told}"


def _results(found: list[Passage], work: Work) -> Iterator[tuple[Passage, Result]]:
    texts = [passage.text for passage in found]
    results = _pipeline(work).fix_all(
        texts, lambda blocks: over_texts(partial(_fixed, work), blocks, work.jobs)
    )
    return zip(found, results, strict=True)


def _fixed(work: Work, block: str) -> Result:
    return _pipeline(work).fix_block(block, work.options)


def _pipeline(work: Work) -> Pipeline:
    from despin.pipeline import default_pipeline

    return default_pipeline(work.options.dictionaries)
