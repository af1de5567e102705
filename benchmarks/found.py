"""What was measured on one kind of text."""

from __future__ import annotations

from dataclasses import dataclass, field

from despin.evaluate import Tally


@dataclass
class Found:
    """How texts were repaired, and which were told to be spun."""

    tally: Tally = field(default_factory=Tally)
    #: Texts judged spun, of those that were and of those that were not.
    spun: list[bool] = field(default_factory=list)
    clean: list[bool] = field(default_factory=list)

    @property
    def detection(self) -> float:
        """F1 of "spun" over the texts."""
        hits = sum(self.spun)
        return 2 * hits / max(len(self.spun) + hits + sum(self.clean), 1)
