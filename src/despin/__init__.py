"""despin restores the original wording of machine-spun news copy.

>>> import despin
>>> text = "He mentioned forces in jap Europe, the place he met them, face a unfavorable outlook."
>>> despin.fix_text(text, assume="spun")
'He said forces in eastern Europe, where he met them, face a negative outlook.'

Everything heavy is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from os import PathLike

    from despin.edits import Edit
    from despin.pipeline import Assume, Quotes
    from despin.result import Result

__version__ = "0.1.0"
__all__ = [
    "Explained",
    "SpinScore",
    "apply_edits",
    "find_edits",
    "fix_and_explain",
    "fix_text",
    "revert_edits",
    "spin_score",
]


class Explained(NamedTuple):
    """A repaired text with the edits that were made and those only suggested."""

    text: str
    edits: list[Edit]
    suggestions: list[Edit]


class SpinScore(NamedTuple):
    """How spun a text is."""

    #: Whether it is likelier spun than clean; it takes more to be repaired.
    spun: bool
    #: Probability that it was spun at all, 0 to 1.
    probability: float
    #: Estimated share of known words that were swapped, 0 to 1.
    rate: float
    #: The family of spinners it looks like ("A" to "I", "T" for tortured phrases), None for clean text.
    dialect: str | None
    #: The swaps that give it away, surest first, in words.
    evidence: list[str]


def fix_text(text: str, **options: Any) -> str:
    """Return ``text`` with its original wording restored; clean text comes back as it is.

    Options are those of :func:`fix_and_explain`.

    >>> fix_text("She mentioned the book in a letter.")
    'She mentioned the book in a letter.'
    """
    return _fix(text, **options).text


def fix_and_explain(
    text: str,
    *,
    assume: Assume = "auto",
    quotes: Quotes = "keep",
    min_confidence: float | None = None,
    dictionaries: Sequence[str | PathLike[str]] = (),
    allow: Sequence[str] = (),
) -> Explained:
    """Return the repaired text, the edits that were made, and those that were not sure enough.

    ``assume`` is what you know of the text: ``"auto"`` (nothing), ``"spun"`` or
    ``"clean"``. ``quotes="repair"`` opens quoted speech as well. An edit is
    made when its probability is at least ``min_confidence`` (0 to 1).
    ``dictionaries`` are files of your own that go before the shipped packs;
    words and phrases in ``allow`` stay as they are, in any case.
    Offsets of edits are code points of the text as given. Raises ``ValueError``
    for an option that does not exist or a malformed dictionary, ``TypeError``
    for text that is no ``str``.

    >>> fixed, edits, _ = fix_and_explain("Troops in jap Europe.", assume="spun")
    >>> fixed, edits[0].spun, edits[0].original, edits[0].start
    ('Troops in eastern Europe.', 'jap', 'eastern', 10)
    """
    result = _fix(
        text,
        assume=assume,
        quotes=quotes,
        min_confidence=min_confidence,
        dictionaries=dictionaries,
        allow=allow,
    )
    return Explained(result.text, result.edits, result.suggestions)


def find_edits(text: str, **options: Any) -> list[Edit]:
    """Return the edits that :func:`fix_text` would make, by place, without making them.

    >>> [edit.original for edit in find_edits("Troops in jap Europe.", assume="spun")]
    ['eastern']
    """
    return _fix(text, **options).edits


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with ``edits`` made; raises ``EditError`` when they do not fit it.

    >>> text = "Troops in jap Europe."
    >>> apply_edits(text, find_edits(text, assume="spun"))
    'Troops in eastern Europe.'
    """
    from despin import edits as algebra

    return algebra.apply_edits(text, edits)


def revert_edits(fixed: str, edits: Iterable[Edit]) -> str:
    """Return the text that ``edits`` were made in; raises ``EditError`` when they were not.

    >>> fixed, edits, _ = fix_and_explain("Troops in jap Europe.", assume="spun")
    >>> revert_edits(fixed, edits)
    'Troops in jap Europe.'
    """
    from despin import edits as algebra

    return algebra.revert_edits(fixed, edits)


def spin_score(text: str) -> SpinScore:
    """Return how spun ``text`` is, from its own words.

    >>> spin_score("The cat sat on the mat.").spun
    False
    """
    from despin.pipeline import Options, default_pipeline

    found = default_pipeline().score(_checked(text), Options())
    rate = found.rate
    return SpinScore(rate.spun, rate.probability, rate.rate, found.dialect, found.evidence)


def _fix(
    text: str,
    *,
    assume: Assume = "auto",
    quotes: Quotes = "keep",
    min_confidence: float | None = None,
    dictionaries: Sequence[str | PathLike[str]] = (),
    allow: Sequence[str] = (),
) -> Result:
    from pathlib import Path

    from despin.pipeline import APPLY_CONFIDENCE, Options, default_pipeline

    if assume not in {"auto", "spun", "clean"}:
        raise ValueError(f"assume is {assume!r}; it must be 'auto', 'spun' or 'clean'")
    if quotes not in {"keep", "repair"}:
        raise ValueError(f"quotes is {quotes!r}; it must be 'keep' or 'repair'")
    confidence = APPLY_CONFIDENCE if min_confidence is None else min_confidence
    if not 0 <= confidence <= 1:
        raise ValueError(f"min_confidence is {confidence}; it must be from 0 to 1")
    own = tuple(Path(name) for name in dictionaries)
    options = Options(assume, quotes, confidence, own, tuple(allow))
    return default_pipeline(own).fix(_checked(text), options)


def _checked(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"text must be str, not {type(text).__name__}: decode bytes first")
    return text
