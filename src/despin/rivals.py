"""What competed for each place of a repair, and how each reading fared: why an edit, and not another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from despin.choose import merged, restoration
from despin.decode import Choice
from despin.document import Document
from despin.edits import Edit, match_case
from despin.lexicon import Lexicon
from despin.rate import Rate
from despin.scoring import Scored

#: Readings of longer or shorter slots over the same words are named from this probability on.
_WORTH_NAMING = 0.01


@dataclass(frozen=True, slots=True)
class Rival:
    """One wording that may have stood at the place of an edit, and what speaks for it."""

    #: The words that are read so; another slot than the edit's may be longer or shorter.
    spun: str
    original: str
    #: Probability that it stood there, 0 to 1, once everything is weighed.
    probability: float
    #: ln of how much likelier the words around are with it than with what stands there.
    context: float
    #: How the pair is known (see ``lexicon.entry.EVIDENCE``), or the name of a rule; and how often seen.
    evidence: str
    count: int
    #: The dialect of the spinner that has the pair; "" for a rule.
    dialect: str
    #: The entry's id with its file and line; ("rule:…", "", 0) for a rule.
    entry: str
    file: str
    line: int
    #: Whether it may be restored, or only suggested.
    applies: bool
    #: Share of the words that could be swapped by pairs known like this one that are, in this text, 0 to 1.
    rate: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """An edit or a suggestion, and everything that was weighed at its place."""

    edit: Edit
    #: Whether it is made, or only suggested.
    made: bool
    #: Probability that what stands there was there all along, 0 to 1.
    kept: float
    #: All originals that competed, likeliest first.
    rivals: list[Rival]

    @property
    def chosen(self) -> Rival | None:
        """The rival that won; None for what follows a restored neighbour, at once or in a later look."""
        told = self.edit.entry, self.edit.confidence
        return next((rival for rival in self.rivals if (rival.entry, rival.probability) == told), None)


class Weighing:
    """One look at a text: its slots as scored, and the choices that were left."""

    def __init__(
        self,
        document: Document,
        scored: Sequence[Scored],
        choices: Sequence[Choice],
        rate: Rate,
        lexicon: Lexicon,
    ) -> None:
        """Take what the pipeline weighed."""
        self._document = document
        self._scored = scored
        self._rate = rate
        self._lexicon = lexicon
        choices = merged(document, choices)
        self._chances = {(choice.slot, choice.reading): choice.probability for choice in choices}
        self._restored = {restoration(document, choice) for choice in choices}

    def explain(self, edit: Edit, *, made: bool) -> Explanation:
        """Return ``edit`` of the text that was looked at, with its rivals."""
        found = sorted(self._rivals(edit), key=lambda rival: (-rival.probability, rival.original))
        kept = max(0.0, round(1 - sum(rival.probability for rival in found), 4))
        return Explanation(edit, made, kept, found)

    def _rivals(self, edit: Edit) -> Iterator[Rival]:
        document = self._document
        for item in self._scored:
            slot = item.slot
            start, end = document.starts[slot.first], document.ends[slot.last - 1]
            if end <= edit.start or edit.end <= start or slot.readings[0].free:
                continue
            spun = document.text[start:end]
            gains = dict(zip(item.numbers, item.gains, strict=True))
            for number, reading in enumerate(slot.readings):
                probability = round(self._chances.get((slot, number), 0.0), 4)
                if (start, end) != (edit.start, edit.end) and probability < _WORTH_NAMING:
                    continue
                if number not in gains:  # too far-fetched to be weighed
                    continue
                if not probability and restoration(document, Choice(slot, number, 0.0)) in self._restored:
                    continue  # it counts with another, which restores the same
                entry = self._lexicon.entry(reading.entry) if reading.entry >= 0 else None
                yield Rival(
                    spun,
                    match_case(spun, reading.original, opens=document.opens[slot.first]),
                    probability,
                    round(gains[number], 2),
                    reading.evidence,
                    reading.seen,
                    reading.group.split("/")[0] if entry else "",
                    entry["id"] if entry else f"rule:{reading.evidence}",
                    entry["file"] if entry else "",
                    entry["line"] if entry else 0,
                    reading.bar <= 1,
                    round(self._rate.of(reading.group), 4),
                )
