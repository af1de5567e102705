"""What a dictionary pack says: entries, their originals and their examples."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

#: How we know a pair, from surest to least sure. ``proposed`` only ever suggests.
EVIDENCE = ("seed", "observed", "core", "user", "curated", "proposed")
PARTS_OF_SPEECH = (
    *("verb", "noun", "adj", "adv", "prep", "conj", "det", "pron", "modal", "num", "name"),
    "phrase",
)
_MARK = re.compile(r"\[\[(.*?)=>(.*?)\]\]")


class PackError(ValueError):
    """A dictionary pack is malformed; the message names file, line and entry."""


@dataclass(frozen=True, slots=True)
class Original:
    """One wording that a spun form may stand for."""

    text: str
    #: How often the pair was seen: in the seed, or on how many pages.
    count: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that must change (with ``[[spun=>original]]`` marks) or must not (without)."""

    text: str

    @property
    def spun(self) -> str:
        """The sentence as a spinner would leave it."""
        return _MARK.sub(r"\1", self.text)

    @property
    def original(self) -> str:
        """The sentence as it was written."""
        return _MARK.sub(r"\2", self.text)

    @property
    def changes(self) -> bool:
        """Whether something in the sentence is to be restored."""
        return _MARK.search(self.text) is not None


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

    @property
    def id(self) -> str:
        """A stable name: pack, spun form and part of speech."""
        return f"{self.pack}:{self.spun.replace(' ', '_')}/{self.pos}"


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


def read_entry(data: Any, pack: str, dialect: str, file: str, line: int) -> Entry:
    """Turn one parsed YAML mapping into an ``Entry``; raises ``PackError`` saying what to mend."""

    def fail(problem: str) -> PackError:
        name = data.get("spun", "?") if isinstance(data, dict) else data
        return PackError(f"{file}:{line}: entry {name!r}: {problem}")

    if not isinstance(data, dict):
        raise fail("an entry is a mapping with at least `spun`, `pos` and `originals`")
    known = {"spun", "pos", "originals", "inflect", "examples", "note"}
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
    if not isinstance(inflect, bool):
        raise fail("`inflect` must be true or false")
    examples = tuple(_read_example(item, fail) for item in data.get("examples") or [])
    return Entry(
        spun, pos, originals, pack, dialect, file, line, inflect, examples, str(data.get("note", ""))
    )


def _read_original(item: Any, fail: Any) -> Original:
    if not isinstance(item, dict) or set(item) - {"text", "count", "evidence"}:
        raise fail("an original is written {text: ..., count: ..., evidence: ...}")
    text, count, evidence = item.get("text"), item.get("count", 1), item.get("evidence", "user")
    if not isinstance(text, str) or not text.strip():
        raise fail("an original's `text` must be a text; put quotes round words such as 'no'")
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise fail(f"the `count` of {text!r} must be a whole number from 1 up")
    if evidence not in EVIDENCE:
        raise fail(f"the `evidence` of {text!r} is {evidence!r}; known are {', '.join(EVIDENCE)}")
    return Original(text, count, evidence)


def _read_example(item: Any, fail: Any) -> Example:
    if not isinstance(item, dict) or len(item) != 1 or next(iter(item)) not in {"change", "keep"}:
        raise fail("an example is written `change: ...` or `keep: ...`")
    ((kind, text),) = item.items()
    example = Example(str(text))
    if example.changes != (kind == "change"):
        raise fail("`change` marks what to restore as [[spun=>original]], `keep` has no mark")
    return example
