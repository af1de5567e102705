"""Damage that is no synonym: broken numbers, leaked braces, dropped words.

Each rule is a pattern over the raw text and what it restores. A rule proposes
a slot like an entry does; whether it applies is decided with everything else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from despin.document import Document
from despin.lexicon import Reading
from despin.match import Slot

_DIGITS = {
    **{"a couple of": "2", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5"},
    **{"six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10"},
}
_NUMBER = "|".join(sorted(_DIGITS, key=len, reverse=True)).replace(" ", r"\s+")


def _digits(match: re.Match[str]) -> str:
    return _DIGITS[re.sub(r"\s+", " ", match.group(1).casefold())] + match.group(2)


def _inside(match: re.Match[str]) -> str:
    return match.group(1)


#: What "than" may belong to: "a smaller crowd than 100", "rather than 3,000 troops".
_COMPARED = r"(?i:\b(?:\w+er|more|less|rather|other|different|differently|worse|else|otherwise|sooner|no)\b)"


def _more(match: re.Match[str]) -> str:
    before = re.split(r"[.;:!?\n]", match.string[max(0, match.start() - 60) : match.start()])[-1]
    return "" if re.search(_COMPARED, before) else f"more {match.group(1)}"


class Rule(NamedTuple):
    """A kind of damage: its stable name, where it may show, what stood there, and why, in words.

    ``restore`` returns "" where the pattern matches and there is no damage after all. A text without the
    ``sign``, a simpler pattern, is not searched, nor the pattern compiled.
    """

    name: str
    sign: str
    pattern: str
    restore: Callable[[re.Match[str]], str]
    reason: str


RULES = (
    # "a couple of,000 rebels", "eight.5%": the spinner takes the first digit for a word.
    Rule(
        "broken-number",
        r"[A-Za-z][,.]\d",
        rf"(?i:\b({_NUMBER})((?:,\d{{3}})+|\.\d+(?=\s?(?:%|per\s?cent|million|billion)))\b)",
        _digits,
        "a number whose first digit was spelled out",
    ),
    # "{that a}": the spinner's own syntax, left in the copy.
    Rule(
        "leaked-braces",
        r"\{",
        r"\{([A-Za-z][\w'’-]*(?: [\w'’-]+){1,3})\}",
        _inside,
        "spinner syntax left in the text",
    ),
    # "has massed than 100,000 men": the comparative was dropped.
    Rule(
        "dropped-more",
        "than",
        r"\b(than)(?=\s+(?:\d|a (?:dozen|hundred|thousand|million)\b))",
        _more,
        "“than” before a number, with no comparative before it",
    ),
    # "gained't": "won't" read as "won" and a rest.
    Rule(
        "broken-contraction",
        "gained",
        r"\bgained(['’])t\b",
        lambda match: f"won{match[1]}t",
        "“won’t”, its first half spun",
    ),
    # "1/2 of of the year": "half of" with its first word swapped for "1/2 of".
    Rule(
        "doubled-of",
        "1/2",
        r"\b1/2\s+of\s+of\b",
        lambda _: "half of",
        "“half of”, its first word spun",
    ),
)
#: What the pattern itself is worth, in nats: honest text hardly ever shows it.
_LOGP = 2.0


def find_damage(document: Document) -> Iterator[Slot]:
    """Yield a slot for each place in ``document`` that shows a rule's damage."""
    for rule in RULES:
        if not re.search(rule.sign, document.text):
            continue
        for match in re.finditer(rule.pattern, document.text):
            first = bisect_left(document.starts, match.start())
            last = bisect_left(document.starts, match.end())
            held = set(document.shielded[first:last]) - {"", "number"}
            if held or first == last or document.starts[first] != match.start():
                continue
            if original := rule.restore(match):
                yield Slot(first, last, (Reading(original, -1, rule.name, _LOGP),))


def rule_named(name: str) -> Rule:
    """Return the rule called ``name``."""
    return next(rule for rule in RULES if rule.name == name)
