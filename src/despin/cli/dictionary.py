"""``despin dict``: look after dictionary packs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from despin.cli.options import Format, OutputFormat
from despin.cli.status import ExitStatus
from despin.cli.streams import fail, say
from despin.report import counted

if TYPE_CHECKING:
    from despin.lexicon import Lexicon
    from despin.lexicon.entry import Pack

app = typer.Typer(
    name="dict",
    help="Look after dictionary packs.",
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
)

_Paths = Annotated[
    list[Path] | None, typer.Argument(help="Packs or folders of packs; none: what is shipped.")
]


@app.command("lint")
def lint(paths: _Paths = None, output_format: OutputFormat = Format.text) -> None:
    """Say what is wrong with packs, as FILE:LINE: messages; exit 1 if anything is."""
    from despin.lexicon.lint import lint as find

    findings = find(_files(paths))
    if output_format is Format.json:
        print(json.dumps([finding._asdict() for finding in findings], indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            print(finding)
        say(counted(len(findings), "finding"))
    raise typer.Exit(ExitStatus.WOULD_CHANGE if findings else ExitStatus.OK)


@app.command("stats")
def stats(paths: _Paths = None, output_format: OutputFormat = Format.text) -> None:
    """Count entries, in all and in each pack, and pairs by evidence."""
    from despin.lexicon import overview

    found = overview.stats(_packs(paths))
    if output_format is Format.json:
        print(json.dumps(found, indent=2))
        return
    width = max([4, *(len(pack["name"]) for pack in found["packs"])])
    print(f"{'pack':{width}}  dialect  entries  pairs by evidence")
    for pack in found["packs"]:
        counts = ", ".join(f"{number} {name}" for name, number in pack["by_evidence"].items())
        print(f"{pack['name']:{width}}  {pack['dialect']:7}  {pack['entries']:7,}  {counts}")
    print(f"{'total':{width}}  {'':7}  {found['entries']:7,}")


@app.command("show")
def show(
    word: Annotated[str, typer.Argument(help="A word or phrase, in any form.")],
    paths: _Paths = None,
    output_format: OutputFormat = Format.text,
) -> None:
    """Show what a word may stand for, and what it is spun to, with the evidence."""
    from despin.lexicon import overview

    found = overview.show(_lexicon(paths), word)
    if output_format is Format.json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    for line in overview.in_words(found) or [f"“{word}” is in no pack"]:
        print(line)


@app.command("add")
def add(
    spun: Annotated[str, typer.Argument(help="What the spinner writes.")],
    original: Annotated[str, typer.Argument(help="What it wrote that for.")],
    to: Annotated[Path, typer.Option("--to", help="The dictionary (YAML) to add it to; made if missing.")],
    pos: Annotated[
        str, typer.Option("--pos", help="verb or noun: base forms, inflected for you.")
    ] = "phrase",
) -> None:
    """Add a pair to a dictionary of your own."""
    from despin.learn import merged
    from despin.lexicon.entry import Pack, read_entry
    from despin.lexicon.packs import read_pack
    from despin.lexicon.shipped import PackError, dictionaries_folder
    from despin.lexicon.writing import write_pack

    if to.resolve().is_relative_to(dictionaries_folder().resolve()) and _is_installed():
        fail(f"{to} belongs to the installed package; name a file of your own with --to")
    try:
        pack = read_pack(to) if to.exists() else Pack(to.stem, "user", to.name, ())
        fields = {"spun": spun, "pos": pos, "originals": [{"text": original}]}
        entry = read_entry(fields, pack.name, "user", to.name, 0)
        write_pack(to, merged(pack, Pack(pack.name, "user", to.name, (entry,))))
    except PackError as error:
        fail(str(error))
    say(f"{to}: “{spun}” for “{original}” added; use it with --dictionary {to}")


@app.command("examples")
def examples(paths: _Paths = None, output_format: OutputFormat = Format.text) -> None:
    """Run the examples of all entries; exit 1 if one fails that is not known to, or the other way round."""
    import despin
    from despin.lexicon import examples as runner

    own = _files(paths) if paths else []

    def fix(text: str, assume: str) -> str:
        """Repair one example."""
        return despin.fix_text(text, assume=assume, dictionaries=own)

    outcomes = list(runner.run(_packs(paths), fix))
    failing = [outcome for outcome in outcomes if outcome.instead]
    surprises = [outcome for outcome in outcomes if outcome.surprise]
    if output_format is Format.json:
        rows = [
            {
                "file": outcome.entry.file,
                "line": outcome.entry.line,
                "entry": outcome.entry.id,
                "wanted": outcome.example.original,
                "got": outcome.instead,
                "fails": outcome.example.fails,
            }
            for outcome in failing
        ]
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for outcome in surprises:
            print(f"{outcome.entry.file}:{outcome.entry.line}: {outcome.surprise}")
        known = len(failing) - sum(bool(outcome.instead) for outcome in surprises)
        say(f"{len(outcomes)} examples, {known} known to fail, {len(surprises)} surprises")
    raise typer.Exit(ExitStatus.WOULD_CHANGE if surprises else ExitStatus.OK)


@app.command("compile")
def compile_(paths: _Paths = None, output_format: OutputFormat = Format.text) -> None:
    """Compile packs now, and say where the compiled form lies."""
    lexicon = _lexicon(paths)
    row = {"path": str(lexicon.path), "content": lexicon.content, "forms": lexicon.size}
    if output_format is Format.json:
        print(json.dumps(row, indent=2))
    else:
        print(f"{row['path']}: {row['forms']:,} spun forms, content {row['content']}")


def _files(paths: list[Path] | None) -> list[Path]:
    from despin.lexicon.shipped import dictionaries_folder, pack_files

    if not paths:
        return pack_files(dictionaries_folder())
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            fail(f"{path}: no such file or folder; check the path")
        found += pack_files(path) if path.is_dir() else [path]
    return found


def _packs(paths: list[Path] | None) -> list[Pack]:
    from despin.lexicon.packs import read_packs
    from despin.lexicon.shipped import PackError

    try:
        return read_packs(_files(paths))
    except PackError as error:
        fail(str(error))


def _lexicon(paths: list[Path] | None) -> Lexicon:
    from despin.lexicon import load_lexicon
    from despin.lexicon.shipped import PackError

    try:
        return load_lexicon(tuple(_files(paths)))
    except PackError as error:
        fail(str(error))


def _is_installed() -> bool:
    """Tell whether the dictionaries lie in a package rather than in a checkout."""
    from despin.lexicon.shipped import dictionaries_folder

    return (
        dictionaries_folder().parent.name == "despin" and (dictionaries_folder().parent / "py.typed").exists()
    )
