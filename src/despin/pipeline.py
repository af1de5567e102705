"""The order of things: read → slots → rate → decode → edits, to a fixed point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from despin.articles import indefinite_article
from despin.context import ContextModel, default_model
from despin.decode import Choice, Decoder, Scored
from despin.document import Document, read
from despin.edits import Edit, apply_edits, compose, match_case, minimise, revert_edits
from despin.lexicon import Lexicon, Reading, default_lexicon
from despin.match import Slot, find_slots
from despin.near import NearMatcher
from despin.prior import RATIO_CAP, Evidence, Rate, estimate
from despin.ranker import Ranker, default_ranker
from despin.reasons import reasons_for
from despin.rules import find_damage

#: Edits surer than this are made; see docs/figures.md for how it was chosen.
APPLY_CONFIDENCE = 0.6
#: Surer than this they are listed as suggestions.
SUGGEST_CONFIDENCE = 0.25
#: The rate of a text that the caller calls spun is at least this.
_ASSUMED_RATE = 0.25
#: ln P(a stale or a fitting article | the article before the swap).
_ARTICLE_LOGP = -1.5
_MAX_ROUNDS = 4

Assume = Literal["auto", "spun", "clean"]
Quotes = Literal["keep", "repair"]


class InternalError(RuntimeError):
    """A repair broke one of its own promises; nothing of it may be used."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to repair; the defaults are what ``despin fix`` does."""

    #: What the caller knows of the text: nothing, that it was spun, or that it was not.
    assume: Assume = "auto"
    #: Whether quoted speech is left alone.
    quotes: Quotes = "keep"
    #: The posterior probability that an edit needs, 0 to 1.
    min_confidence: float = APPLY_CONFIDENCE
    #: The user's own dictionaries, before the shipped ones.
    dictionaries: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A repaired text, what was done to it, and what might have been."""

    text: str
    #: Edits of the original text, by place.
    edits: list[Edit]
    #: Restorations that were not sure enough to be made, at places left as they were.
    suggestions: list[Edit]
    #: How spun the text looked before anything was done.
    rate: Rate


@dataclass(frozen=True, slots=True)
class _Reading:
    """One look at a text: its choices, and how spun it looks."""

    document: Document
    choices: list[Choice]
    rate: Rate


class Pipeline:
    """The pipeline over one context model and one lexicon."""

    def __init__(self, context: ContextModel, lexicon: Lexicon, ranker: Ranker | None) -> None:
        """Take the sources of knowledge; ``ranker`` may be None, at a price in precision."""
        self.lexicon = lexicon
        self._context = context
        self._ranker = ranker
        self._near = NearMatcher(lexicon, lambda word: context.id(word) > 0)

    def fix(self, text: str, options: Options) -> Result:
        """Repair ``text`` until another look finds nothing more to do.

        Raises ``InternalError`` when the repair breaks a promise: an edit in a
        shield, or one that does not revert.
        """
        first = look = self._look(text, options)
        edits: list[Edit] = []
        current = text
        for _ in range(_MAX_ROUNDS):
            new = self._edits(look, options)
            if not new:
                break
            edits = compose(text, edits, new)
            current = apply_edits(text, edits)
            look = self._look(current, options)
        _verify(first.document, edits, current)
        suggestions = self._suggestions(first, edits)
        return Result(current, edits, suggestions, first.rate)

    def score(self, text: str, options: Options) -> Rate:
        """Return how spun ``text`` is."""
        return self._look(text, options).rate

    def _look(self, text: str, options: Options) -> _Reading:
        document = read(text, quotes=options.quotes)
        if options.assume == "clean":
            return _Reading(document, [], Rate(0.0, 0.0))
        slots = [*find_slots(document, self.lexicon), *find_damage(document)]
        slots += self._near.find(document, slots)
        slots += _article_slots(document, slots)
        decoder = Decoder(document, self._context, self.lexicon, self._ranker)
        scored = decoder.score(slots)
        # The rate is taken without the ranker: trained where spun forms are mostly swaps, it would
        # take honest copy that is rich in them for spun.
        rate = estimate(self._evidence(document, scored))
        if options.assume == "spun":
            rate = Rate(max(rate.rate, _ASSUMED_RATE), 1.0, rate.tiers)
        if not rate.spun:
            return _Reading(document, [], rate)
        choices = decoder.decode(scored, [rate] * len(document.paragraphs))
        return _Reading(document, choices, rate)

    def _evidence(self, document: Document, scored: list[Scored]) -> Evidence:
        """Return what the slots of ``document`` say about its rate."""
        by_tier: dict[str, list[float]] = {}
        for odds, tier in _events(scored):
            by_tier.setdefault(tier, []).append(odds)
        ratios = [ratio for tier in sorted(by_tier) for ratio in by_tier[tier]]
        activity = self.lexicon.activity
        unspun = sum(
            activity(word)
            for word, reason in zip(document.words, document.shielded, strict=True)
            if not reason
        )
        return Evidence(ratios, unspun, by_tier)

    def _edits(self, look: _Reading, options: Options) -> list[Edit]:
        sure = [
            choice
            for choice in look.choices
            if choice.probability >= options.min_confidence and _may_apply(choice)
        ]
        return self._rendered(look, _without_overlap(sure))

    def _suggestions(self, look: _Reading, made: list[Edit]) -> list[Edit]:
        unsure = [choice for choice in look.choices if choice.probability >= SUGGEST_CONFIDENCE]
        wanted = [self._edit(look.document, choice) for choice in _without_overlap(unsure)]
        return [
            edit
            for edit in wanted
            if not any(edit.start < other.end and other.start < edit.end for other in made)
        ]

    def _rendered(self, look: _Reading, choices: Sequence[Choice]) -> list[Edit]:
        edits = [self._edit(look.document, choice) for choice in choices]
        return [*edits, *_article_edits(look.document, edits)]

    def _edit(self, document: Document, choice: Choice) -> Edit:
        slot, reading = choice.slot, _reading(choice)
        start, end = document.starts[slot.first], document.ends[slot.last - 1]
        spun = document.text[start:end]
        opens = document.opens[slot.first]
        original = match_case(spun, reading.original, opens=opens)
        entry = self.lexicon.entry(reading.entry) if reading.entry >= 0 else None
        name = entry["id"] if entry else f"rule:{reading.evidence}"
        confidence = round(choice.probability, 4)
        reasons = reasons_for(document, choice, entry)
        return minimise(Edit(start, end, spun, original, name, confidence, reasons))


@cache
def default_pipeline(dictionaries: tuple[Path, ...] = ()) -> Pipeline:
    """Return the pipeline over what the package ships and the user's ``dictionaries``, opened once."""
    return Pipeline(default_model(), default_lexicon(dictionaries), default_ranker())


def _verify(document: Document, edits: list[Edit], fixed: str) -> None:
    """Check the span algebra and the shields of a finished repair."""
    if revert_edits(fixed, edits) != document.text:
        raise InternalError("the edits do not revert")
    for edit in edits:
        for start, end, kind in document.shields:
            if edit.start < end and start < edit.end:
                raise InternalError(f"the edit of {edit.spun!r} reaches into a shield ({kind})")


def _reading(choice: Choice) -> Reading:
    return choice.slot.readings[choice.reading]


def _may_apply(choice: Choice) -> bool:
    """A guess nobody has attested only ever suggests."""
    return _reading(choice).evidence != "proposed"


def _events(scored: Iterable[Scored]) -> Iterator[tuple[float, str]]:
    """Yield the odds of a swap at each place where slots overlap, and its likeliest tier."""
    reach, total, best = -1, 0.0, (0.0, "")
    for item in scored:
        if item.slot.readings[0].free:
            continue
        if item.slot.first >= reach >= 0:
            yield min(total, RATIO_CAP), best[1]
            total, best = 0.0, (0.0, "")
        for number, reading in enumerate(item.slot.readings):
            odds = item.odds(number)
            total += odds
            best = max(best, (odds, reading.tier))
        reach = max(reach, item.slot.last)
    if reach >= 0:
        yield min(total, RATIO_CAP), best[1]


def _without_overlap(choices: list[Choice]) -> list[Choice]:
    """Return the surest of ``choices`` that do not overlap, in order of place."""
    taken: set[int] = set()
    kept = []
    for choice in sorted(choices, key=lambda choice: (-choice.probability, choice.slot.first)):
        tokens = range(choice.slot.first, choice.slot.last)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(choice)
    return sorted(kept, key=lambda choice: choice.slot.first)


def _article_slots(document: Document, slots: list[Slot]) -> list[Slot]:
    """Let "a" and "an" before a slot follow what the slot restores."""
    found = []
    for place in sorted({slot.first for slot in slots}):
        before = place - 1
        if before < 0 or document.shielded[before] or document.words[before] not in {"a", "an"}:
            continue
        other = "an" if document.words[before] == "a" else "a"
        found.append(Slot(before, place, (Reading(other, -1, "article", _ARTICLE_LOGP, free=True),)))
    return found


def _article_edits(document: Document, edits: list[Edit]) -> list[Edit]:
    """Return the edits of articles that no longer fit the restored word behind them."""
    at = {start: token for token, start in enumerate(document.starts)}
    taken = {edit.start for edit in edits}
    extra = []
    for edit in edits:
        token = at.get(edit.start, 0) - 1
        if token < 0 or document.shielded[token] or document.starts[token] in taken:
            continue
        article = document.words[token]
        if article not in {"a", "an"} or not edit.original:
            continue
        wanted = indefinite_article(edit.original.split()[0])
        if wanted == article:
            continue
        start, end = document.starts[token], document.ends[token]
        spun = document.text[start:end]
        original = match_case(spun, wanted, opens=document.opens[token])
        reasons = (f"the article follows “{edit.original}”",)
        extra.append(Edit(start, end, spun, original, "rule:article", edit.confidence, reasons))
    return extra
