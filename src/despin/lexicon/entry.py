"""What a dictionary pack says: entries, their originals and their examples."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from despin.lexicon.compiled import EVIDENCE
from despin.lexicon.shipped import PackError

PARTS_OF_SPEECH = (
    *("verb", "noun", "adj", "adv", "prep", "conj", "det", "pron", "modal", "num", "name"),
    "phrase",
)
#: How many thesauri a pair is looked up in; see ``tools/list_pairs.py``.
THESAURI = 5
#: What so many hands wrote is no guess.
_VOUCHED = 2
_MARK = re.compile(r"\[\[(.*?)=>(.*?)\]\]")


@dataclass(frozen=True, slots=True)
class Original:
    """One wording that a spun form may stand for."""

    text: str
    #: How often the pair was seen: in the seed, or on how many pages. Of a pair only judged,
    #: how surely a spinner writes it: 3 its usual choice, 2 a common one, 1 a rare one.
    count: int
    evidence: str
    #: How many of those who spun articles for the project by hand wrote the pair.
    written: int = 0
    #: In how many of five thesauri a pair of single words stands that was only judged; None: not looked up.
    listed: int | None = None
    #: Share of its repairs that were right in forward-spun text, and over how many repairs.
    precision: float | None = None
    support: int = 0
    #: The confidence that a repair needs to do more good than harm; 0: the default; 1: none is enough.
    sure: float = 0.0
    #: Whether the original is written for the spun form as well, and examples tell them apart.
    ring: bool = False
    #: Whether it only suggests, however sure: it would change a number, a person, a crime.
    suggest: bool = False

    @property
    def is_judged(self) -> bool:
        """Whether the pair was only judged likely, and never seen nor known."""
        return self.evidence in {"curated", "proposed"}

    @property
    def applies(self) -> bool:
        """Whether the pair may be applied: no guess, nor what was measured to do harm, nor what is grave."""
        return self.sure < 1 and self.evidence != "proposed" and not self.suggest

    @property
    def is_vouched(self) -> bool:
        """Whether so many hands wrote the pair that it needs no other proof."""
        return self.written >= _VOUCHED

    @property
    def bar(self) -> float:
        """The confidence that an edit needs; above 1 where the pair only ever suggests."""
        return self.sure if self.applies else 2.0


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that must change (with ``[[spun=>original]]`` marks) or must not (without)."""

    text: str
    #: Why it is known not to come out right today; "" where it does.
    fails: str = ""

    @property
    def spun(self) -> str:
        """The sentence as a spinner would leave it."""
        return _MARK.sub(r"\1", self.text)

    @property
    def original(self) -> str:
        """The sentence as it was written."""
        return _MARK.sub(r"\2", self.text)

    @property
    def swaps(self) -> list[tuple[str, str]]:
        """The spun and the original wording of each mark."""
        return [(mark[1], mark[2]) for mark in _MARK.finditer(self.text)]

    @property
    def changes(self) -> bool:
        """Whether something in the sentence is to be restored."""
        return bool(self.swaps)


@dataclass(frozen=True, slots=True)
class Entry:
    """One spun form, what it may stand for, and how we know."""

    spun: str
    pos: str
    originals: tuple[Original, ...]
    pack: str
    dialect: str
    file: str
    line: int
    inflect: bool = True
    examples: tuple[Example, ...] = ()
    note: str = ""
    #: Whether honest copy never has the form, so that no example can say when to keep it.
    unambiguous: bool = False

    @property
    def id(self) -> str:
        """A stable name: pack, spun form and part of speech."""
        return f"{self.pack}:{self.spun.replace(' ', '_')}/{self.pos}"

    def each_original(self, change: Callable[[Original], Original]) -> Entry:
        """Return the entry with what ``change`` makes of each original."""
        return replace(self, originals=tuple(map(change, self.originals)))


@dataclass(frozen=True, slots=True)
class Pack:
    """One dictionary file."""

    name: str
    dialect: str
    file: str
    entries: tuple[Entry, ...] = field(repr=False)
    #: Forms that are never to be touched, whatever any pack says.
    never: tuple[str, ...] = ()
    #: Where what the pack says comes from, with its licence when it is not ours.
    source: str = ""
    #: Common words judged: the spinner of this dialect leaves them alone.
    unspun: tuple[str, ...] = ()
    #: Whether all its entries are unambiguous.
    unambiguous: bool = False
    #: The comment at the file's head, its marks apart, kept when the pack is written again.
    comment: str = ""

    def each_entry(self, change: Callable[[Entry], Entry]) -> Pack:
        """Return the pack with what ``change`` makes of each entry."""
        return replace(self, entries=tuple(map(change, self.entries)))


def read_entry(
    data: Any, pack: str, dialect: str, file: str, line: int, *, unambiguous: bool = False
) -> Entry:
    """Turn one parsed YAML mapping into an ``Entry``; raises ``PackError`` saying what to mend."""

    def fail(problem: str) -> PackError:
        """Return the error that names the place and the entry."""
        name = data.get("spun", "?") if isinstance(data, dict) else data
        return PackError(f"{file}:{line}: entry {name!r}: {problem}")

    if not isinstance(data, dict):
        raise fail("an entry is a mapping with at least `spun`, `pos` and `originals`")
    known = {"spun", "pos", "originals", "inflect", "examples", "note", "unambiguous"}
    if unknown := sorted(set(data) - known):
        raise fail(f"unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")
    spun, pos = data.get("spun"), data.get("pos")
    if not isinstance(spun, str) or not spun.strip():
        raise fail("`spun` must be a text; put quotes round words such as 'no' or '2'")
    if pos not in PARTS_OF_SPEECH:
        raise fail(f"`pos` is {pos!r}; known are {', '.join(PARTS_OF_SPEECH)}")
    if not isinstance(data.get("originals"), list) or not data["originals"]:
        raise fail("`originals` must list at least one {text, count, evidence}")
    originals = tuple(_read_original(item, fail) for item in data["originals"])
    if len({original.text for original in originals}) < len(originals):
        raise fail("the same original stands twice")
    if any(original.text == spun for original in originals):
        raise fail("an original is the spun form itself")
    inflect = data.get("inflect", pos in {"verb", "noun"})
    unambiguous = data.get("unambiguous", unambiguous)
    for key, value in (("inflect", inflect), ("unambiguous", unambiguous)):
        if not isinstance(value, bool):
            raise fail(f"`{key}` must be true or false")
    examples = tuple(_read_example(item, fail) for item in data.get("examples") or [])
    note = str(data.get("note", ""))
    return Entry(spun, pos, originals, pack, dialect, file, line, inflect, examples, note, unambiguous)


def _read_original(item: Any, fail: Any) -> Original:
    known = {field.name for field in fields(Original)}
    if not isinstance(item, dict) or set(item) - known:
        raise fail("an original is written {text: ..., count: ..., evidence: ...}")
    text, count, evidence = item.get("text"), item.get("count", 1), item.get("evidence", "user")
    if not isinstance(text, str) or not text.strip():
        raise fail("an original's `text` must be a text; put quotes round words such as 'no'")
    if not _is_number(count) or count < 1:
        raise fail(f"the `count` of {text!r} must be a whole number from 1 up")
    if evidence not in EVIDENCE:
        raise fail(f"the `evidence` of {text!r} is {evidence!r}; known are {', '.join(EVIDENCE)}")
    written, listed = item.get("written", 0), item.get("listed")
    if not _is_number(written) or written < 0:
        raise fail(f"the `written` of {text!r} must be a whole number from 0 up")
    if listed is not None and not (_is_number(listed) and 0 <= listed <= THESAURI):
        raise fail(f"the `listed` of {text!r} must be a whole number from 0 to {THESAURI}")
    precision, support = item.get("precision"), item.get("support", 0)
    if precision is not None and not (isinstance(precision, float | int) and 0 <= precision <= 1):
        raise fail(f"the `precision` of {text!r} must be a number from 0 to 1")
    if not _is_number(support) or support < 0:
        raise fail(f"the `support` of {text!r} must be a whole number from 0 up")
    sure = item.get("sure", 0.0)
    if not (isinstance(sure, float | int) and 0 <= sure <= 1):
        raise fail(f"the `sure` of {text!r} must be a number from 0 to 1")
    marks = {name: item.get(name, False) for name in ("ring", "suggest")}
    for name, value in marks.items():
        if not isinstance(value, bool):
            raise fail(f"the `{name}` of {text!r} must be true or false")
    return Original(text, count, evidence, written, listed, precision, support, sure, **marks)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _read_example(item: Any, fail: Any) -> Example:
    kinds = set(item) & {"change", "keep"} if isinstance(item, dict) else set()
    if len(kinds) != 1 or set(item) - kinds - {"fails"}:
        raise fail(
            "an example is written `change: ...` or `keep: ...`, with `fails: why` if it is known to fail"
        )
    (kind,) = kinds
    example = Example(str(item[kind]), str(item.get("fails", "")))
    if example.changes != (kind == "change"):
        raise fail("`change` marks what to restore as [[spun=>original]], `keep` has no mark")
    return example
