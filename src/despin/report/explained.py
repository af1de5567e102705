"""Why each edit and suggestion: for an editor in words, for programs as ``data/schemas/explain-1.json``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from despin.places import Places
from despin.reasons import SURE
from despin.report import counted
from despin.report.structured import edit_fields

if TYPE_CHECKING:
    from despin.pipeline import Verdict
    from despin.rivals import Explanation, Rival

#: Rivals less likely than this are counted, and only the first few of them named.
_NO_CHANCE = 0.005
_MOST_NAMED = 3
#: Contexts that differ by less than this (in nats) fit equally well.
_EVEN = 0.4


def explained_fields(
    path: str, text: str, verdict: Verdict, explanations: Iterable[Explanation]
) -> dict[str, Any]:
    """Return one file's explanations as the schema has them."""
    places = Places(text)
    rate = verdict.rate
    return {
        "path": path,
        "document": {
            "spun": rate.spun,
            "probability": round(rate.probability, 4),
            "dialect": verdict.dialect,
            "rate": round(rate.rate, 4),
        },
        "edits": [
            {
                **edit_fields(path, item.edit, places.at(item.edit.start)),
                "made": item.made,
                "kept": item.kept,
                "rivals": [asdict(rival) for rival in item.rivals],
            }
            for item in explanations
        ],
    }


def in_words(path: str, text: str, verdict: Verdict, explanations: list[Explanation]) -> str:
    """Return one file's explanations for an editor, a paragraph each."""
    places = Places(text)
    pieces = [f"{path}: {_document(verdict, explanations)}\n"]
    for item in explanations:
        edit, place = item.edit, places.at(item.edit.start)
        done = "restored" if item.made else "only suggested"
        head = f"{place.line}:{place.column}  {_flat(edit.spun)} → {_flat(edit.original) or '(nothing)'}"
        rows = [("why", reason) for reason in edit.reasons] + list(_weighed(item))
        lines = [f"  {name:9} {said}" for name, said in rows]
        pieces.append("\n".join([f"{head}  ({done}, confidence {edit.confidence:.2f})", *lines]) + "\n")
    return "\n".join(pieces)


def _document(verdict: Verdict, explanations: list[Explanation]) -> str:
    made = sum(item.made for item in explanations)
    found = f"{counted(made, 'edit')}, {counted(len(explanations) - made, 'suggestion')}"
    if not verdict.rate.spun:
        return f"reads clean (probability of spinning {verdict.rate.probability:.2f}); {found}"
    looks = f"spun, dialect {verdict.dialect}" if verdict.dialect else "spun"
    if verdict.rate.probability < SURE:
        looks += f" (probability {verdict.rate.probability:.2f})"
    return f"{looks}, {verdict.rate.rate:.0%} of what could be swapped is; {found}"


def _weighed(item: Explanation) -> Iterator[tuple[str, str]]:
    """Yield what was weighed at one place, each with its name."""
    if item.rivals:
        yield "rivals", _rivals(item)
    chosen = item.chosen
    if chosen is None:
        follows = "it follows the word behind it"
        later = "that was the first look; the second, at what it had restored, settled this"
        yield "note", follows if item.edit.entry == "rule:article" else later
        return
    yield "context", _context(chosen)
    if chosen.file:
        yield (
            "document",
            f"pairs as well known as this one are swapped {chosen.rate:.0%} of the time in this text",
        )


def _rivals(item: Explanation) -> str:
    """Return the readings by their chance, "as written" among them, and how many had none."""
    scores = [(rival.probability, _name(rival, item)) for rival in item.rivals]
    scores.append((item.kept, "as written"))
    likely = sorted((score for score in scores if score[0] >= _NO_CHANCE), key=lambda score: -score[0])
    none = list(dict.fromkeys(name for chance, name in scores if chance < _NO_CHANCE))
    said = ", ".join(f"{name} {chance:.2f}" for chance, name in likely)
    if not none:
        return said
    more = f" and {len(none) - _MOST_NAMED} more" if len(none) > _MOST_NAMED else ""
    return f"{said}; no chance: {', '.join(none[:_MOST_NAMED])}{more}"


def _name(rival: Rival, item: Explanation) -> str:
    """Return a rival's wording, with the words it is read for where these are others than the edit's."""
    name = f"“{_flat(rival.original)}”"
    return name if rival.spun == item.edit.spun else f"{name} for “{_flat(rival.spun)}”"


def _context(rival: Rival) -> str:
    spun, original = f"“{_flat(rival.spun)}”", f"“{_flat(rival.original)}”"
    if abs(rival.context) < _EVEN:
        return f"the words next to it fit {original} and {spun} equally well"
    better, worse = (original, spun) if rival.context > 0 else (spun, original)
    return f"the words next to it fit {better} {_times(math.exp(abs(rival.context)))} better than {worse}"


def _times(ratio: float) -> str:
    if ratio > 1000:
        return "over a thousand times"
    return f"about {ratio:.1f} times" if ratio < 10 else f"about {float(f'{ratio:.2g}'):.0f} times"


def _flat(words: str) -> str:
    return " ".join(words.split())
