"""The order of things: blocks → screen → read → slots → rate → decode → edits, to a fixed point."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from despin.articles import article_slots
from despin.blocks import find_blocks, together
from despin.choose import merged, restored, suggested
from despin.context import ContextModel, default_model
from despin.decode import Choice, Decoder
from despin.document import Document, read
from despin.edits import Edit, apply_edits, compose, match_case, revert_edits, shifted
from despin.evidence import Gatherer, speaks
from despin.features import Surroundings
from despin.lexicon import Lexicon, default_lexicon
from despin.match import Slot, by_place, find_slots
from despin.near import NearMatcher
from despin.places import Places
from despin.prior import TO_REPAIR, TO_TELL, estimate, scepticism
from despin.ranker import Ranker, default_ranker
from despin.rate import Rate
from despin.result import Result, followed, joined, spans
from despin.rules import find_damage
from despin.scoring import Scored, Scorers
from despin.screen import THRESHOLD, Screen, default_screen
from despin.shields import reaching_in

if TYPE_CHECKING:
    from despin.rivals import Explanation

#: Edits surer than this are made; see docs/figures.md for how it was chosen.
APPLY_CONFIDENCE = 0.79
#: The rate of a text that the caller calls spun is at least this.
_ASSUMED_RATE = 0.25
_MAX_ROUNDS = 8
#: Blocks that are remembered: farms print a story many times over.
_REMEMBERED = 512
#: From so many texts on it pays to sum as arrays at once: a clean one in fifteen gets a look.
_MANY = 50
#: Odds from which a slot counts as evidence of spinning, and how many are named.
_TELLING = 3.0
_MOST_EVIDENCE = 8

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
    #: Words and phrases that stay wherever they stand, in any case.
    allow: tuple[str, ...] = ()
    #: Whether guesses of the lexicon are applied like any pair; for measuring them.
    guesses: bool = False


class Verdict(NamedTuple):
    """How spun a text is, by which family of spinners, and what gives it away, in words."""

    rate: Rate
    dialect: str | None
    evidence: list[str]


class _Look(NamedTuple):
    """One look at a text: its slots and choices, and how spun it looks."""

    document: Document
    scored: list[Scored]
    #: The slots with the odds that the text was judged by.
    heard: list[Scored]
    choices: list[Choice]
    rate: Rate


class Candidates(NamedTuple):
    """A slot of a text, in code points, and what it may stand for, surest first."""

    start: int
    end: int
    text: str
    #: Each original as it would be written here, with the probability that it stood there.
    originals: list[tuple[str, float]]


class Pipeline:
    """The pipeline over one context model and one lexicon."""

    def __init__(
        self, context: ContextModel, lexicon: Lexicon, ranker: Ranker | None, screen: Screen | None = None
    ) -> None:
        """Take the sources of knowledge; ``ranker`` may be None, at a price in precision.

        Without a ``screen`` every text is looked at, at a price in time.
        """
        self.lexicon = lexicon
        self._context = context
        self._scorers = Scorers(context, ranker)
        self._screen = screen
        self._gatherer = Gatherer(lexicon)
        self._near = NearMatcher(lexicon, lambda word: context.id(word) > 0)
        self._remembered = lru_cache(_REMEMBERED)(self._repaired)

    def expect(self, texts: int) -> None:
        """Get ready for so many ``texts``, if they are many: numpy is worth its import from the first on."""
        if texts < _MANY:
            return
        from despin.batch import BatchScreen

        self._scorers.expect_many()
        if self._screen:
            self._screen = BatchScreen(self._screen.tables)

    def fix(self, text: str, options: Options) -> Result:
        """Repair ``text``, block by block; raises what :meth:`fix_block` does."""
        return next(self.fix_all([text], partial(map, partial(self.fix_block, options=options))))

    def fix_all(
        self, texts: Sequence[str], each: Callable[[Sequence[str]], Iterable[Result]]
    ) -> Iterator[Result]:
        """Yield the result for each of ``texts``; ``each`` repairs all their blocks, wherever it likes."""
        cut = [find_blocks(text) for text in texts]
        pieces = [text[start:end] for text, blocks in zip(texts, cut, strict=True) for start, end in blocks]
        self.expect(len(pieces))
        results = iter([*each(pieces)])
        for text, blocks in zip(texts, cut, strict=True):
            yield _settled(text, blocks, list(islice(results, len(blocks))), each)

    def fix_block(self, text: str, options: Options) -> Result:
        """Repair one block, until another look finds nothing more to do.

        Raises ``InternalError`` when the repair breaks a promise: an edit in a
        shield, or one that does not revert.
        """
        found = self._remembered(text, options)
        # Lists of the caller's own: what is remembered is handed out again.
        return found._replace(edits=[*found.edits], suggestions=[*found.suggestions])

    def _repaired(self, text: str, options: Options) -> Result:
        if (rate := self._glance(text, options)) is not None:
            return Result(text, [], [], rate)
        first = look = self._look(text, options)
        edits: list[Edit] = []
        current = text
        confidence, guesses = options.min_confidence, options.guesses
        choices = likely = merged(first.document, first.choices)
        for _ in range(_MAX_ROUNDS):
            new = restored(look.document, choices, self.lexicon, confidence, guesses=guesses)
            if not new:
                break
            composed = compose(text, edits, new)
            # A repaired line may end its paragraph elsewhere, and with it a speech without end.
            if edits and reaching_in(first.document.shields, composed):
                break
            edits = composed
            current = apply_edits(text, edits)
            if self._glance(current, options) is not None:
                break
            look = self._look(current, options)
            choices = merged(look.document, look.choices)
        _verify(first.document, edits, current)
        suggestions = suggested(first.document, likely, self.lexicon, edits)
        return Result(current, edits, suggestions, first.rate)

    def score(self, text: str, options: Options, least: float = TO_TELL) -> Verdict:
        """Return how spun ``text`` is, by which dialect, and what gives it away.

        ``least`` is how much it is doubted, however short it is.
        """
        blocks = find_blocks(text)
        places = Places(text)
        found = [self._score_block(text[start:end], options, places, start, least) for start, end in blocks]
        loudest = max(found, key=lambda verdict: verdict.rate.probability)
        if len(found) == 1:
            return loudest
        evidence = [told for verdict in found if verdict.rate.spun for told in verdict.evidence]
        rate = together(blocks, [verdict.rate for verdict in found])
        return Verdict(rate, loudest.dialect, evidence[:_MOST_EVIDENCE])

    def _score_block(self, text: str, options: Options, places: Places, offset: int, least: float) -> Verdict:
        """Return the verdict on a block that begins at ``offset`` of the text that ``places`` knows."""
        if (glanced := self._glance(text, options, least)) is not None:
            return Verdict(glanced, None, [])
        look = self._look(text, options, least=least)
        document = look.document
        swaps = sorted(look.heard, key=lambda item: -max(item.odds))
        tokens: set[int] = set()
        named: set[str] = set()
        evidence: list[str] = []
        for item in swaps:
            odds, best = max((odds, at) for at, odds in enumerate(item.odds))
            place = range(item.slot.first, item.slot.last)
            if odds < _TELLING or not tokens.isdisjoint(place) or not speaks(item):
                continue
            tokens.update(place)
            reading = item.reading(best)
            form = document.form(item.slot.first, item.slot.last)
            if len(evidence) < _MOST_EVIDENCE and form not in named:
                named.add(form)
                spun = document.surface(item.slot.first, item.slot.last)
                line = places.at(offset + document.starts[item.slot.first]).line
                evidence.append(f"line {line}: “{spun}” for “{reading.original}”")
        rate = look.rate
        return Verdict(rate, rate.dialect if rate.spun else None, evidence)

    def candidates(self, text: str, options: Options) -> list[Candidates]:
        """Return every slot of ``text`` by place, whatever its chance and the document's rate."""
        look = self._look(text, replace(options, assume="spun", guesses=True))
        chances = {(choice.slot, choice.reading): choice.probability for choice in look.choices}
        document, found = look.document, []
        slots = [*self._exact(document, everything=True), *self._near.find(document)]
        for slot in sorted(slots, key=by_place):
            start, end = document.starts[slot.first], document.ends[slot.last - 1]
            opens, spun = document.opens[slot.first], text[start:end]
            originals = [
                (match_case(spun, reading.original, opens=opens), round(chances.get((slot, number), 0.0), 4))
                for number, reading in enumerate(slot.readings)
            ]
            found.append(Candidates(start, end, spun, sorted(originals, key=lambda pair: -pair[1])))
        return found

    def explain(self, text: str, options: Options) -> list[Explanation]:
        """Return the edits and suggestions of :meth:`fix`, by place, each with its rivals."""
        return [
            replace(item, edit=shifted(item.edit, start))
            for start, end in find_blocks(text)
            for item in self._explain_block(text[start:end], options)
        ]

    def _explain_block(self, text: str, options: Options) -> list[Explanation]:
        result = self.fix_block(text, options)
        if not result.edits and not result.suggestions:
            return []
        from despin.rivals import Weighing

        look = self._look(text, options)
        around, scorer = Surroundings(look.document, self._context), self._scorers.next(guesses=False)
        scored = scorer.with_rivals(around, look.scored)
        weighing = Weighing(look.document, scored, look.choices, look.rate, self.lexicon)
        found = [weighing.explain(edit, made=True) for edit in result.edits]
        found += [weighing.explain(edit, made=False) for edit in result.suggestions]
        return sorted(found, key=lambda item: item.edit.start)

    def _glance(self, text: str, options: Options, least: float = TO_REPAIR) -> Rate | None:
        """Return the rate of a text that a glance tells to be clean, or None when it is worth a look.

        Where the caller knows better there is no glance; nor with dictionaries that the screen has
        not learned.
        """
        if self._screen is None or options.assume != "auto" or options.dictionaries:
            return None
        found = self._screen.excursion(text)
        if found is None or found >= THRESHOLD:
            return None
        # At the threshold the odds are the prior's own; they fall from there.
        odds = math.exp(found - THRESHOLD) / scepticism(text.count(" "), least)
        return Rate(0.0, odds / (1 + odds))

    def _exact(self, document: Document, *, everything: bool) -> list[Slot]:
        return [*find_slots(document, self.lexicon, everything=everything), *find_damage(document)]

    def _look(self, text: str, options: Options, least: float = TO_REPAIR) -> _Look:
        document = read(text, options.quotes, (*options.allow, *self.lexicon.never))
        if options.assume == "clean":
            return _Look(document, [], [], [], Rate(0.0, 0.0))
        around, scorer = Surroundings(document, self._context), self._scorers.next(guesses=options.guesses)
        slots = self._exact(document, everything=options.guesses)
        scored = scorer.score(around, slots)
        evidence, heard = self._gatherer.evidence(document, scored), scored
        is_spun = options.assume == "spun"
        found = estimate(evidence, least=least, is_spun=is_spun)
        if not (is_spun or found.is_sure):
            # The ranker knows better, and takes its time. It is heard on whether, not on how much.
            heard = scorer.corrected(around, scored)
            found = estimate(evidence, self._gatherer.evidence(document, heard), least=least)
        rate, rates = found.document, found.paragraphs
        if options.assume == "spun":
            rate = replace(rate, rate=max(rate.rate, _ASSUMED_RATE))
            rates = [rate] * len(rates)
        if not rate.spun:
            return _Look(document, scored, heard, [], rate)
        # What says nothing of the text is only looked for where something may be restored.
        silent = [*self._near.find(document)]
        silent += article_slots(document, [*slots, *silent])
        scored = sorted([*scored, *scorer.score(around, silent)], key=lambda item: by_place(item.slot))
        inside = [item for item in scored if rates[document.paragraph[item.slot.first]].spun]
        choices = Decoder(around, scorer, self.lexicon).decode(inside, rates)
        return _Look(document, scored, heard, choices, rate)


def _settled(
    text: str,
    blocks: list[tuple[int, int]],
    parts: list[Result],
    each: Callable[[Sequence[str]], Iterable[Result]],
) -> Result:
    """Return the result for ``text``, given the ``parts`` of its ``blocks``.

    A hard-wrapped line of about a hundred letters may end its paragraph before a repair and not after
    it. Where that moves a block, what is repaired so far is cut anew and repaired by ``each``.
    """
    result = joined(blocks, parts)
    for _ in range(_MAX_ROUNDS):
        if not result.edits or (blocks := find_blocks(result.text)) == spans(parts):
            break
        parts = [*each([result.text[start:end] for start, end in blocks])]
        result = followed(text, result, joined(blocks, parts))
    return result


@cache
def default_pipeline(dictionaries: tuple[Path, ...] = ()) -> Pipeline:
    """Return the pipeline over what the package ships and the user's ``dictionaries``, opened once."""
    return Pipeline(default_model(), default_lexicon(dictionaries), default_ranker(), default_screen())


def _verify(document: Document, edits: list[Edit], fixed: str) -> None:
    """Check the span algebra and the shields of a finished repair."""
    if revert_edits(fixed, edits) != document.text:
        raise InternalError("the edits do not revert")
    if edit := reaching_in(document.shields, edits):
        raise InternalError(f"the edit of {edit.spun!r} reaches into a shield")
