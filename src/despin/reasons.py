"""Why an edit is made, in words an editor understands."""

from __future__ import annotations

from typing import Any

from despin.decode import Choice
from despin.document import Document
from despin.rules import rule_named

_KNOWN = {
    "seed": "seen {n}× in the seed article",
    "observed": "seen on {n} spun page{s}",
    "core": "a well-known swap of this spinner",
    "user": "in your own dictionary",
    "curated": "judged by an editor, not yet seen on a page",
    "proposed": "a guess, not yet seen on a page",
}


def reasons_for(document: Document, choice: Choice, entry: dict[str, Any] | None) -> tuple[str, ...]:
    """Return the reasons for ``choice``: how the pair is known, and what the context says."""
    reading = choice.slot.readings[choice.reading]
    if entry is None:
        rule = rule_named(reading.evidence)
        return (rule.reason if rule else "the article follows the word behind it",)
    known = _KNOWN[reading.evidence].format(n=reading.count, s="" if reading.count == 1 else "s")
    spun = document.surface(choice.slot.first, choice.slot.last)
    reasons = [
        f"“{entry['spun']}” for “{reading.original}”: {known} ({entry['file']}:{entry['line']})",
        f"here “{reading.original}” reads {_odds(choice.probability)} than “{spun}”",
    ]
    if entry["note"]:
        reasons.append(entry["note"])
    return tuple(reasons)


def _odds(probability: float) -> str:
    odds = probability / max(1 - probability, 1e-4)
    return "over a hundred times likelier" if odds > 100 else f"about {odds:.0f} times likelier"
