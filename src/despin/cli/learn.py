"""``despin learn``: mine candidate entries from spun texts and their originals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from despin.cli.status import ExitStatus
from despin.cli.streams import fail, put, say
from despin.files.reading import UnreadableFile, read_file


def command(
    spun: Annotated[Path | None, typer.Argument(help="A spun text, or a folder of them.")] = None,
    original: Annotated[Path | None, typer.Argument(help="Its original, or a folder of originals.")] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="A new file to write; with --merge: the one to merge into.")
    ] = None,
    merge: Annotated[
        Path | None, typer.Option("--merge", help="Take a reviewed candidate pack into --to FILE.")
    ] = None,
) -> None:
    """Learn what a spinner writes for what, from pairs of texts.

    What comes out is a candidate pack (YAML) with counts and examples. Read it, take out what is
    wrong, and merge it: despin learn --merge CANDIDATES --to MINE.yaml

    In folders NAME.spun.txt goes with NAME.orig.txt, else files with the same name go together.
    """
    from despin.learn import candidate_pack, merged, mine
    from despin.lexicon.entry import Pack
    from despin.lexicon.packs import read_pack
    from despin.lexicon.shipped import PackError
    from despin.lexicon.writing import pack_text, write_pack

    try:
        if merge is not None:
            if to is None:
                fail("--merge needs --to FILE, the dictionary to merge into")
            mine_pack = read_pack(to) if to.exists() else Pack(to.stem, "user", to.name, ())
            more = read_pack(merge)
            write_pack(to, merged(mine_pack, more))
            say(f"{to}: {len(more.entries)} entries merged; use it with --dictionary {to}")
            raise typer.Exit(ExitStatus.OK)
        if spun is None or original is None:
            fail("name a spun text and its original, or two folders of them")
        if to is not None and to.exists():
            fail(f"{to} stands already; name another file, or take reviewed entries in with --merge")
        pairs = [(read_file(left).text, read_file(right).text) for left, right in _pairs(spun, original)]
        pack = candidate_pack(mine(pairs), to.stem if to else "learned")
        if to is None:
            put(pack_text(pack).encode())
        else:
            write_pack(to, pack)
    except (PackError, UnreadableFile) as error:
        fail(str(error))
    say(f"{len(pack.entries)} candidate entries from {len(pairs)} pairs; review them before you merge")


def _pairs(spun: Path, original: Path) -> list[tuple[Path, Path]]:
    if not spun.is_dir() or not original.is_dir():
        return [(spun, original)]
    found = []
    for left in sorted(spun.iterdir()):
        name = left.name.replace(".spun.", ".orig.")
        right = original / name
        if left.is_file() and right.is_file() and right != left and (spun != original or name != left.name):
            found.append((left, right))
    if not found:
        fail(f"{spun}: no file has its original in {original}; NAME.spun.txt goes with NAME.orig.txt")
    return found
