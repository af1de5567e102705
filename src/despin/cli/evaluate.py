"""``despin evaluate``: measure on a folder of spun and clean articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from despin.cli.options import Allow, Config, Dictionaries, Format, Isolated, MinConfidence, OutputFormat
from despin.cli.status import ExitStatus
from despin.cli.streams import say

if TYPE_CHECKING:
    from despin.evaluate import Tally

_COLUMNS = (
    ("precision", "precision", ".3f"),
    ("recall", "recall", ".3f"),
    ("F0.5", "f05", ".3f"),
    ("fix rate", "fix_rate", ".3f"),
    ("broken rate", "broken_rate", ".4f"),
    ("false/10k clean", "clean_false_edits_per_10000_words", ".1f"),
)


def command(
    folder: Annotated[
        Path, typer.Argument(help="NAME.spun.txt with NAME.orig.txt or NAME.gold.txt; clean-NAME.txt.")
    ],
    output_format: OutputFormat = Format.text,
    baselines: Annotated[
        bool, typer.Option("--baselines", help="Also measure identity and the lexicon without context.")
    ] = False,
    min_confidence: MinConfidence = None,
    dictionary: Dictionaries = None,
    allow: Allow = None,
    isolated: Isolated = False,
    config: Config = None,
) -> None:
    """Measure precision, recall, F0.5 and the harm to clean copy."""
    import despin
    from despin import evaluate as measure
    from despin.baselines import lexicon_lookup
    from despin.lexicon.shipped import PackError
    from despin.pipeline import default_pipeline

    try:
        cases = measure.read_cases(folder)
        default_pipeline(tuple(dictionary or ()))
    except (measure.GoldError, PackError, UnicodeDecodeError, OSError) as error:
        say(str(error))
        raise typer.Exit(ExitStatus.ERROR) from error
    fix = partial(
        despin.fix_text, min_confidence=min_confidence, dictionaries=dictionary or (), allow=allow or ()
    )
    systems: dict[str, Callable[[str], str]] = {"despin": fix}
    if baselines:
        systems = {"identity": lambda text: text, "lexicon without context": lexicon_lookup, **systems}
    tallies = {name: measure.evaluate(cases, fix) for name, fix in systems.items()}
    totals = {name: measure.total(cases.values()) for name, cases in tallies.items()}
    if output_format is Format.json:
        report = {
            **totals["despin"].figures(),
            "baselines": {name: tally.figures() for name, tally in totals.items() if name != "despin"},
            "by_article": {name: tally.figures() for name, tally in tallies["despin"].items()},
        }
        print(json.dumps(report, indent=2))
        return
    _print_table(totals)


def _print_table(totals: Mapping[str, Tally]) -> None:
    width = max(map(len, totals))
    print(" " * width, *(f"{title:>{max(9, len(title))}}" for title, _, _ in _COLUMNS), sep="  ")
    for name, tally in totals.items():
        figures = tally.figures()
        cells = (f"{figures[key]:{max(9, len(title))}{form}}" for title, key, form in _COLUMNS)
        print(f"{name:{width}}", *cells, sep="  ")
    tally = next(iter(totals.values()))
    print(
        f"\n{tally.articles} spun articles, {tally.clean_articles} clean ones ({tally.clean_words:,} words)"
    )
