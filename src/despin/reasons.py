"""Why an edit is made, in words an editor understands."""

from __future__ import annotations

from typing import Any

from despin.decode import Choice
from despin.document import Document
from despin.lexicon.compiled import known_as
from despin.rules import rule_named

#: Where a text or a paragraph is spun this surely, there is no need to say so.
SURE = 0.99


def reasons_for(document: Document, choice: Choice, entry: dict[str, Any] | None) -> tuple[str, ...]:
    """Return the reasons for ``choice``: how the pair is known, what the context says, what holds it back."""
    reading = choice.slot.readings[choice.reading]
    if entry is None:
        return (rule_named(reading.evidence).reason,)
    known = known_as(reading.evidence, reading.seen)
    spun = document.surface(choice.slot.first, choice.slot.last)
    reasons = [
        f"“{entry['spun']}” for “{reading.original}”: {known} ({entry['file']}:{entry['line']})",
        f"here “{reading.original}” reads {_odds(choice.probability / choice.spun)} “{spun}”",
    ]
    if choice.spun < SURE:
        reasons.append(f"that anything was swapped here at all has a probability of {choice.spun:.2f}")
    if entry["note"]:
        reasons.append(entry["note"])
    if reading.evidence == "proposed":
        reasons.append("a guess is only ever suggested")
    elif choice.bar > 1:
        reasons.append("only ever suggested: never right often enough, or too grave where it is wrong")
    elif choice.probability < choice.bar:
        reasons.append(f"measured: right often enough only from a confidence of {choice.bar:.2f} on")
    return tuple(reasons)


def _odds(probability: float) -> str:
    odds = probability / max(1 - probability, 1e-4)
    if odds > 100:
        return "over a hundred times likelier than"
    if odds >= 1.5:
        return f"about {odds:.0f} times likelier than"
    return "about as likely as" if odds > 1 / 1.5 else f"about {1 / odds:.0f} times less likely than"
