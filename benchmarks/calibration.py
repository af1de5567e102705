"""Tell whether confidence can be believed: reliability, expected calibration error, and thresholds.

    python benchmarks/calibration.py benchmarks/data/test --svg docs/reliability.svg

Over the spun articles of the folders (``NAME.gold.txt``, or ``NAME.spun.txt`` with ``NAME.orig.txt``)
every place that is spun with a probability of 0.2 or more is compared with what happened there:
was anything swapped, and is the likeliest original exactly right? Prints Markdown.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.marks import Marks, Repair

from despin.evaluate import Case, Tally, judge, read_cases, total
from despin.pipeline import Candidates, Options, Pipeline, default_pipeline

#: Places less likely spun than this are no candidates for anything.
LEAST = 0.2
BINS = 10
#: A slot less likely than this says nothing, and so does not widen the place that it overlaps.
_NEGLIGIBLE = 0.05
THRESHOLDS = tuple(step / 100 for step in range(30, 100, 5))

#: A confidence, 0 to 1, and whether what was claimed with it is so.
Claim = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims of about the same confidence."""

    size: int
    confidence: float
    #: Share of the claims that are so.
    right: float


def bins(claims: Sequence[Claim], number: int = BINS) -> list[Bin]:
    """Return ``claims`` in bins of equal count (to within one), least sure first."""
    ordered, size = sorted(claims), len(claims)
    parts = [ordered[at * size // number : (at + 1) * size // number] for at in range(number)]
    return [
        Bin(len(part), sum(sure for sure, _ in part) / len(part), sum(so for _, so in part) / len(part))
        for part in parts
        if part
    ]


def calibration_error(found: Sequence[Bin]) -> float:
    """Return the expected calibration error: how far confidence and truth are apart, mean over claims."""
    size = sum(bin_.size for bin_ in found)
    return sum(bin_.size * abs(bin_.confidence - bin_.right) for bin_ in found) / size if size else 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Slots that overlap, and so are read together."""

    slots: list[Candidates]

    @property
    def probability(self) -> float:
        """Probability that something was swapped here; of overlapping slots at most one was."""
        return min(sum(map(_chance, self.slots)), 1.0)

    @property
    def best(self) -> tuple[Repair, float]:
        """The likeliest restoration, and its probability."""
        slot = max(self.slots, key=lambda slot: slot.originals[0][1])
        original, chance = slot.originals[0]
        return (slot.start, slot.end, original), chance


def places(slots: Sequence[Candidates]) -> list[Place]:
    """Return ``slots``, given by place, with those that overlap joined, negligible ones left out."""
    found: list[Place] = []
    reach = -1
    for slot in slots:
        if _chance(slot) < _NEGLIGIBLE:
            continue
        if slot.start >= reach:
            found.append(Place([]))
        found[-1].slots.append(slot)
        reach = max(reach, slot.end)
    return found


def _chance(slot: Candidates) -> float:
    return sum(chance for _, chance in slot.originals)


def claims_of(pipeline: Pipeline, cases: Sequence[Case]) -> tuple[list[Claim], list[Claim]]:
    """Return what is claimed of places (spun or not) and of their best restorations (right or not)."""
    spun, right = [], []
    for case in cases:
        marks = Marks(case)
        found = [
            place for place in places(pipeline.candidates(case.spun, Options())) if place.probability >= LEAST
        ]
        repairs = [place.best[0] for place in found]
        for place in found:
            is_spun = any(marks.touched(slot.start, slot.end) for slot in place.slots)
            spun.append((place.probability, is_spun))
            repair, chance = place.best
            right.append((chance, is_right(marks, repair, repairs)))
    return spun, right


def is_right(marks: Marks, repair: Repair, others: Sequence[Repair]) -> bool:
    """Tell whether ``repair`` restores what was swapped, alone or with ``others`` of the same mark.

    "pull again" for "draw back" is one swap to whoever marked it, and two words to the lexicon.
    """
    chunks = marks.touched(*repair[:2])
    beside = [other for other in others if any(chunk in chunks for chunk in marks.touched(*other[:2]))]
    return marks.restores([repair]) or (repair in beside and marks.restores(beside))


def curve(pipeline: Pipeline, cases: Sequence[Case]) -> Iterator[tuple[float, Tally]]:
    """Yield how the articles come out at each ``--min-confidence``."""
    for threshold in THRESHOLDS:
        options = replace(Options(), min_confidence=threshold)
        yield threshold, total(judge(case, pipeline.fix(case.spun, options).text) for case in cases)


def reliability_table(name: str, claims: Sequence[Claim]) -> str:
    """Return the bins of ``claims`` as Markdown, with the expected calibration error."""
    found = bins(claims)
    rows = [f"{len(claims)} claims: {name}; expected calibration error {calibration_error(found):.3f}", ""]
    rows += ["| bin | claims | mean confidence | share right |", "|---|---|---|---|"]
    rows += [
        f"| {number} | {bin_.size} | {bin_.confidence:.3f} | {bin_.right:.3f} |"
        for number, bin_ in enumerate(found, 1)
    ]
    return "\n".join(rows)


def curve_table(points: Iterator[tuple[float, Tally]]) -> str:
    """Return precision and recall by threshold, as Markdown."""
    rows = ["| --min-confidence | precision | recall | F0.5 |", "|---|---|---|---|"]
    default = Options().min_confidence
    for threshold, tally in points:
        label = f"{threshold:.2f}{' (default)' if threshold == default else ''}"
        rows.append(f"| {label} | {tally.precision:.3f} | {tally.recall:.3f} | {tally.f05:.3f} |")
    return "\n".join(rows)


_LEFT, _TOP, _SIDE = 64, 40, 360
_SPUN, _RIGHT = "#1f4e79", "#b0601a"


def diagram(spun: Sequence[Bin], right: Sequence[Bin]) -> str:
    """Return the reliability diagram as SVG: on the diagonal, confidence is what it claims to be."""
    labels = (
        f"place is spun, expected error {calibration_error(spun):.3f}",
        f"restoration is right, expected error {calibration_error(right):.3f}",
    )
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 460 452" font-family="sans-serif" '
        'font-size="12" fill="#333" role="img">',
        f"<title>Reliability diagram: {labels[0]}; {labels[1]}</title>",
        '<rect width="460" height="452" fill="#fff"/>',
        *_axes(),
        _series(spun, _SPUN),
        _series(right, _RIGHT, dashes="5 3"),
        *_legend(labels),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def point(confidence: float, right: float) -> tuple[float, float]:
    """Return where in the diagram a confidence and a share of right claims meet."""
    return round(_LEFT + _SIDE * confidence, 1), round(_TOP + _SIDE * (1 - right), 1)


def _axes() -> Iterator[str]:
    (left, bottom), (far, top) = point(0, 0), point(1, 1)
    for step in range(6):
        x, y = point(step / 5, step / 5)
        yield f'<path d="M{left} {y}H{far}M{x} {top}V{bottom}" stroke="#e4e4e4"/>'
        yield f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{step / 5:g}</text>'
        yield f'<text x="{x}" y="{bottom + 18}" text-anchor="middle">{step / 5:g}</text>'
    yield f'<path d="M{left} {bottom}L{far} {top}" stroke="#999" stroke-dasharray="2 3"/>'
    yield f'<path d="M{left} {top}V{bottom}H{far}" stroke="#333" fill="none"/>'
    middle_x, middle_y = point(0.5, 0.5)
    yield f'<text x="{middle_x}" y="{bottom + 40}" text-anchor="middle">confidence (mean of the bin)</text>'
    yield f'<text transform="translate(20 {middle_y})rotate(-90)" text-anchor="middle">share right</text>'


def _series(found: Sequence[Bin], colour: str, dashes: str = "none") -> str:
    points = [point(bin_.confidence, bin_.right) for bin_ in found]
    line = " ".join(f"{x},{y}" for x, y in points)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3.5"/>' for x, y in points)
    path = f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-dasharray="{dashes}"/>'
    return f'<g fill="{colour}">{path}{dots}</g>'


def _legend(labels: tuple[str, str]) -> Iterator[str]:
    for y, label, colour, dashes in zip((14, 30), labels, (_SPUN, _RIGHT), ("none", "5 3"), strict=True):
        yield f'<path d="M{_LEFT} {y}h28" stroke="{colour}" stroke-dasharray="{dashes}"/>'
        yield f'<circle cx="{_LEFT + 14}" cy="{y}" r="3.5" fill="{colour}"/>'
        yield f'<text x="{_LEFT + 36}" y="{y + 4}">{label}</text>'


def main() -> None:
    """Print both reliability tables and the curve; draw the diagram if asked."""
    parser = argparse.ArgumentParser(description="Compare confidence with what is true.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--svg", type=Path, help="draw the reliability diagram into this file")
    options = parser.parse_args()
    cases = [case for folder in options.folders for case in read_cases(folder) if case.chunks is not None]
    pipeline = default_pipeline()
    spun, right = claims_of(pipeline, cases)
    print(reliability_table("the place is spun", spun))
    print(f"\n{reliability_table('the likeliest restoration is exactly right', right)}")
    print(f"\n{curve_table(curve(pipeline, cases))}")
    if options.svg:
        options.svg.write_text(diagram(bins(spun), bins(right)), encoding="utf-8")


if __name__ == "__main__":
    main()
