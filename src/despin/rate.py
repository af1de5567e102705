"""How spun a text is, and by which dialect: its rate, and that of each part of a spinner's table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

#: How much of a group's pairs a spun text shows for each that the attested ones show, until it is read.
#: A spinner of another dialect shows hardly any of them.
_SCALE = {"attested": 1.0, "usual": 0.8, "common": 0.6, "rare": 0.6}
_FOREIGN = 0.1
#: The dialect that most spun pages are written in, and the groups that activities are of.
HOME = "A"
HOME_GROUPS = tuple(f"{HOME}/{tier}" for tier in _SCALE)


@dataclass(frozen=True, slots=True)
class Rate:
    """The estimated spin rate of a text or paragraph, and how sure it is that it is spun at all."""

    rate: float
    probability: float
    #: The rate of each group of the lexicon: a spinner has one part of it and lacks another.
    groups: dict[str, float] = field(default_factory=dict)
    #: The dialect it is spun by, if it is.
    dialect: str = HOME
    #: How likely its table is as broad as that of hands, who use what thesauri offer: the usual pairs, too.
    breadth: float = 0.0
    _logs: dict[str, float] = field(default_factory=dict, init=False, repr=False, compare=False)
    _kept: dict[tuple[float, ...], float] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, group: str) -> float:
        """Return the rate of ``group``, kept off 0 and 1 so that its logarithms exist."""
        return min(max(self.groups.get(group, self.rate * scale(group, self.dialect)), 1e-4), 0.95)

    def log_of(self, group: str) -> float:
        """Return ln of the rate of ``group``."""
        found = self._logs.get(group)
        if found is None:
            found = self._logs[group] = math.log(self.of(group))
        return found

    def log_kept(self, activity: tuple[float, ...]) -> float:
        """Return ln P(a word with this ``activity``, see ``Lexicon``, was not swapped)."""
        found = self._kept.get(activity)
        if found is None:
            shares = zip(HOME_GROUPS, activity, strict=True)
            swapped = sum(self.of(group) * share for group, share in shares if share)
            found = self._kept[activity] = math.log1p(-swapped)
        return found

    @property
    def spun(self) -> bool:
        """Whether the text counts as spun."""
        return self.probability >= 0.5

    def of_part(self, share: float) -> Rate:
        """Return the rate of a part that is spun with probability ``share`` if the text is."""
        return replace(self, probability=self.probability * share)


def dialect_of(group: str) -> str:
    """Return the dialect of ``group``."""
    return group.partition("/")[0]


def scale(group: str, dialect: str = HOME) -> float:
    """Return how fully ``group`` is used in a text spun by ``dialect``, compared with its attested pairs."""
    of_group, _, tier = group.partition("/")
    return _SCALE[tier] if of_group == dialect else _FOREIGN


def expected(activity: Sequence[float]) -> float:
    """Return how likely a word with this ``activity`` is swapped in a text that is wholly spun."""
    return sum(share * at for share, at in zip(_SCALE.values(), activity, strict=True))
