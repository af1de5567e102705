r"""How well texts were repaired: precision, recall, F0.5, and harm to clean copy.

Tokens are ``\w+(?:['’]\w+)*|[^\w\s]``. Between two plain texts a *chunk* is a
maximal run of tokens in which spun and original differ; in a ``.gold.txt`` file
each mark is a chunk of its own. A chunk is a *hit* when exactly an accepted
original stands there, *wrong* when something else was put there, a *miss* when
it was left alone; a change that touches no chunk is *false*.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from despin.edits import Edit

TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_MARK = re.compile(r"\[\[(.*?)=>(.*?)\]\]", re.DOTALL)
_SPACE = re.compile(r"\s+")

Fix = Callable[[str], str]


class GoldError(ValueError):
    """A set to evaluate on is malformed or incomplete."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tokens ``[start, end)`` of the spun text, and the wordings accepted in their place."""

    start: int
    end: int
    accepted: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One article to repair, with what is known of its original."""

    name: str
    spun: str
    #: None for a clean article: every change is false.
    chunks: tuple[Chunk, ...] | None


@dataclass(slots=True)
class Tally:
    """Counts over articles, and the figures that follow from them."""

    hit: int = 0
    wrong: int = 0
    miss: int = 0
    false: int = 0
    #: Words outside chunks in spun articles, the ground for the broken rate.
    kept_words: int = 0
    clean_words: int = 0
    clean_false: int = 0
    articles: int = 0
    clean_articles: int = 0
    #: Articles whose white space outside changes was not kept.
    failed: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add the counts of ``other``."""
        for name in ("hit", "wrong", "miss", "false", "kept_words", "clean_words", "clean_false"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.articles += other.articles
        self.clean_articles += other.clean_articles
        self.failed += other.failed

    @property
    def precision(self) -> float:
        """Share of changes in spun articles that restore an accepted original."""
        return _share(self.hit, self.hit + self.wrong + self.false)

    @property
    def recall(self) -> float:
        """Share of chunks restored."""
        return _share(self.hit, self.hit + self.wrong + self.miss)

    @property
    def f05(self) -> float:
        """F0.5: precision counts twice as much as recall."""
        return _share(1.25 * self.precision * self.recall, 0.25 * self.precision + self.recall)

    @property
    def broken_rate(self) -> float:
        """Share of words outside chunks that were changed."""
        return _share(self.false, self.kept_words)

    @property
    def clean_rate(self) -> float:
        """False edits per 10,000 words of clean copy."""
        return _share(10_000 * self.clean_false, self.clean_words)

    def figures(self) -> dict[str, float | int | list[str]]:
        """Return every figure by name; ``fix_rate`` is recall under the name that spellers use."""
        return {
            "articles": self.articles,
            "hit": self.hit,
            "wrong": self.wrong,
            "miss": self.miss,
            "false": self.false,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f05": round(self.f05, 4),
            "fix_rate": round(self.recall, 4),
            "broken_rate": round(self.broken_rate, 5),
            "clean_articles": self.clean_articles,
            "clean_words": self.clean_words,
            "clean_false_edits": self.clean_false,
            "clean_false_edits_per_10000_words": round(self.clean_rate, 2),
            "failed": self.failed,
        }


def read_cases(folder: Path) -> list[Case]:
    """Return the articles of ``folder``; raises ``GoldError`` when a pair lacks its half.

    A ``NAME.gold.txt`` goes before a ``NAME.orig.txt``; the spun text beside a
    gold file is optional, since its marks hold it.
    """
    cases: dict[str, Case] = {}
    for path in sorted(folder.rglob("*.gold.txt")):
        name = path.name.removesuffix(".gold.txt")
        cases[name] = case_from_marks(name, _text(path))
    for path in sorted(folder.rglob("*.spun.txt")):
        name = path.name.removesuffix(".spun.txt")
        if name in cases:
            continue
        original = path.with_name(f"{name}.orig.txt")
        if not original.exists():
            raise GoldError(f"{path}: {original.name} or {name}.gold.txt must stand beside it")
        cases[name] = case_from_pair(name, _text(path), _text(original))
    for path in sorted(folder.rglob("clean-*.txt")):
        cases[path.stem] = Case(path.stem, _text(path), None)
    if not cases:
        raise GoldError(f"{folder}: no NAME.spun.txt, NAME.gold.txt or clean-NAME.txt in it")
    return [cases[name] for name in sorted(cases)]


def case_from_pair(name: str, spun: str, original: str) -> Case:
    """Return the case of a spun text and its original."""
    left, right = TOKEN.findall(spun), TOKEN.findall(original)
    chunks = tuple(Chunk(a, b, (tuple(right[c:d]),)) for a, b, c, d in _differences(left, right))
    return Case(name, spun, chunks)


def case_from_edits(name: str, spun: str, edits: Iterable[Edit]) -> Case:
    """Return the case of a spun text whose original ``edits`` restore: each is a chunk of its own.

    An edit of a part of a token is one of the whole token.
    """
    tokens = [match.span() for match in TOKEN.finditer(spun)]
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    chunks = []
    for edit in edits:
        first, last = bisect_right(ends, edit.start), bisect_left(starts, edit.end)
        start, end = min(edit.start, starts[first]), max(edit.end, ends[last - 1])
        original = spun[start : edit.start] + edit.original + spun[edit.end : end]
        chunks.append(Chunk(first, last, (tuple(TOKEN.findall(original)),)))
    return Case(name, spun, tuple(chunks))


def case_from_marks(name: str, gold: str) -> Case:
    """Return the case of a text with ``[[spun=>original|other]]`` marks."""
    chunks, at, pieces = [], 0, []
    position = 0
    for match in _MARK.finditer(gold):
        before = gold[at : match.start()]
        pieces += [before, match.group(1)]
        position += len(TOKEN.findall(before))
        width = len(TOKEN.findall(match.group(1)))
        accepted = tuple(tuple(TOKEN.findall(choice)) for choice in match.group(2).split("|"))
        chunks.append(Chunk(position, position + width, accepted))
        position += width
        at = match.end()
    spun = "".join([*pieces, gold[at:]])
    if len(TOKEN.findall(spun)) != position + len(TOKEN.findall(gold[at:])):
        raise GoldError(f"{name}: a mark cuts a word in two; marks go round whole words")
    return Case(name, spun, tuple(chunks))


def judge(case: Case, fixed: str) -> Tally:
    """Return the counts for one repaired article."""
    left, right = TOKEN.findall(case.spun), TOKEN.findall(fixed)
    changes = _differences(left, right)
    words = len(case.spun.split())
    failed = [] if _same_spaces(case.spun, fixed) else [case.name]
    if case.chunks is None:
        return Tally(clean_words=words, clean_false=len(changes), clean_articles=1, failed=failed)
    tally = Tally(articles=1, failed=failed)
    tally.kept_words = words - sum(chunk.end - chunk.start for chunk in case.chunks)
    for chunks, over in _components(case.chunks, changes):
        if not chunks:
            tally.false += len(over)
        elif not over:
            tally.miss += len(chunks)
        else:
            hit, miss, false = _outcome(chunks, over, left, right)
            tally.hit += hit
            tally.miss += miss
            tally.false += false
            tally.wrong += len(chunks) - hit - miss
    return tally


def evaluate(cases: Iterable[Case], fix: Fix) -> dict[str, Tally]:
    """Return the tally of each case under ``fix``, by name."""
    return {case.name: judge(case, fix(case.spun)) for case in cases}


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of ``tallies``."""
    result = Tally()
    for tally in tallies:
        result.add(tally)
    return result


_Change = tuple[int, int, int, int]


def _differences(left: list[str], right: list[str]) -> list[_Change]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [(a, b, c, d) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"]


def _touches(chunk: Chunk, change: _Change) -> bool:
    first, last = change[0], change[1]
    if first == last:  # an insertion touches where it stands
        return chunk.start <= first <= chunk.end
    if chunk.start == chunk.end:
        return first <= chunk.start <= last
    return first < chunk.end and chunk.start < last


def _components(
    chunks: tuple[Chunk, ...], changes: list[_Change]
) -> Iterator[tuple[list[Chunk], list[_Change]]]:
    """Yield chunks and the changes that touch them, joined where a change touches several."""
    left, at = list(changes), 0
    while at < len(chunks):
        group, over = [chunks[at]], []
        at += 1
        while True:
            new = [change for change in left if any(_touches(chunk, change) for chunk in group)]
            over += new
            left = [change for change in left if change not in new]
            if at < len(chunks) and any(_touches(chunks[at], change) for change in over):
                group.append(chunks[at])
                at += 1
            elif not new:
                break
        yield group, over
    for change in left:
        yield [], [change]


def _outcome(
    chunks: list[Chunk], over: list[_Change], left: list[str], right: list[str]
) -> tuple[int, int, int]:
    """Return how many of ``chunks`` were hit and left alone, and how much unspun text was changed.

    What stands in the stretch is read as unspun tokens, and between them one
    wording a chunk: accepted, as spun, or anything else. Of all ways to read it
    so, the one with most hits and least change to unspun text counts.
    """
    start = min(chunks[0].start, *(change[0] for change in over))
    end = max(chunks[-1].end, *(change[1] for change in over))
    produced = _standing(start, end, over, left, right)
    reached: _Reached = {0: (0, 0, 0)}
    at = start
    for chunk in chunks:
        reached = _read_kept(reached, produced, left[at : chunk.start])
        spun = tuple(left[chunk.start : chunk.end])
        following: _Reached = {}
        for position, (hit, false, miss) in reached.items():
            for stop in range(position, len(produced) + 1):
                wording = tuple(produced[position:stop])
                score = (hit + (wording in chunk.accepted), false, miss + (wording == spun))
                following[stop] = max(following.get(stop, _WORST), score)
        reached, at = following, chunk.end
    hit, false, miss = _read_kept(reached, produced, left[at:end])[len(produced)]
    return hit, miss, -false


#: Tokens read so far → hits, changes to unspun text (negative) and misses of the best reading.
_Reached = dict[int, tuple[int, int, int]]
_WORST = (-1, 0, 0)


def _read_kept(reached: _Reached, produced: list[str], kept: list[str]) -> _Reached:
    """Read a run of unspun tokens from every position: as it was, or changed to anything."""
    following: _Reached = {}
    for at, (hit, false, miss) in reached.items():
        for stop in range(at, len(produced) + 1):
            changed = produced[at:stop] != kept
            score = (hit, false - changed, miss)
            following[stop] = max(following.get(stop, _WORST), score)
    return following


def _standing(start: int, end: int, over: list[_Change], left: list[str], right: list[str]) -> list[str]:
    """Return the repaired tokens that stand in place of the spun tokens ``[start, end)``."""
    result, at = [], start
    for first, last, new_first, new_last in sorted(over):
        result += left[at:first] + right[new_first:new_last]
        at = last
    return result + left[at:end]


def _same_spaces(spun: str, fixed: str) -> bool:
    """Tell whether line structure and every space outside changed tokens are kept."""
    left, right = TOKEN.split(spun), TOKEN.split(fixed)
    tokens_left, tokens_right = TOKEN.findall(spun), TOKEN.findall(fixed)
    matcher = SequenceMatcher(None, tokens_left, tokens_right, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal" and left[a + 1 : b] != right[c + 1 : d]:
            return False
        if kind != "equal" and b > a and d > c and not _same_edges(left[a : b + 1], right[c : d + 1]):
            return False
    return left[0] == right[0] and left[-1] == right[-1]


def _same_edges(left: list[str], right: list[str]) -> bool:
    """Tell whether a chunk keeps its outermost white space; a brace that goes leaves none of its own."""
    return (left[0], left[-1]) == (right[0], right[-1]) or _outermost(left) == _outermost(right)


def _outermost(spaces: list[str]) -> tuple[str, str]:
    found = [space for space in spaces if space]
    return (found[0], found[-1]) if found else ("", "")


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _text(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        try:
            return file.read()
        except UnicodeDecodeError as error:
            raise GoldError(f"{path}: not UTF-8 at byte {error.start}; convert it") from error
