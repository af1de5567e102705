"""Run the examples of all entries and note in the packs which fail today, and why.

    python -m tools.note_failures

The reason is what the decoder says of the place: what it would rather write, and how surely.
An example that comes out right loses its note. Read the diff before you commit it: a note that is
new is a step back, or a sentence that does not say enough.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from despin.edits import Edit
from despin.lexicon.entry import Example, Pack
from despin.lexicon.examples import run
from despin.lexicon.packs import read_pack
from despin.lexicon.shipped import dictionaries_folder, pack_files
from despin.lexicon.writing import write_pack
from despin.pipeline import Options, default_pipeline
from despin.result import Result


def main() -> None:
    """Note the failures of every shipped pack."""
    pipeline = default_pipeline()

    def repaired(text: str, assume: str) -> Result:
        return pipeline.fix(text, Options("clean" if assume == "clean" else "spun"))

    for path in pack_files(dictionaries_folder()):
        pack = read_pack(path)
        noted = with_notes(pack, repaired)
        if noted != pack:
            write_pack(path, noted)


def with_notes(pack: Pack, repaired: Callable[[str, str], Result]) -> Pack:
    """Return ``pack`` with a reason at each example that fails, and at no other."""
    reasons: dict[tuple[str, str], str] = {}
    for outcome in run([pack], lambda text, assume: repaired(text, assume).text):
        if outcome.instead:
            result = repaired(outcome.example.spun, "spun")
            reasons[outcome.entry.id, outcome.example.text] = reason(outcome.example, result)
    entries = [
        replace(
            entry,
            examples=tuple(
                replace(example, fails=reasons.get((entry.id, example.text), ""))
                for example in entry.examples
            ),
        )
        for entry in pack.entries
    ]
    return replace(pack, entries=tuple(entries))


def reason(example: Example, result: Result) -> str:
    """Say why ``example`` fails, given what became of it."""
    wanted = set(example.swaps)
    stray = [edit for edit in result.edits if not _is_wanted(edit, wanted)]
    if not example.changes:
        return "the context speaks for a swap: " + _named(stray or result.edits)
    short = [edit for edit in result.suggestions if _is_wanted(edit, wanted)]
    if stray:
        return "rather made: " + _named(stray)
    if short:
        return "only suggested: " + _named(short)
    return "the context does not tell the swap from what is written"


def _is_wanted(edit: Edit, wanted: set[tuple[str, str]]) -> bool:
    return any(edit.spun in spun and edit.original in original for spun, original in wanted)


def _named(edits: list[Edit]) -> str:
    return ", ".join(f"{edit.original} for {edit.spun} ({edit.confidence:.2f})" for edit in edits)


if __name__ == "__main__":
    main()
