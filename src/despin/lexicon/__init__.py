"""What spinners write for what: packs, their compiled form, and where both are found."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from despin.lexicon.compiled import ANCHOR_LETTERS, Lexicon, Reading
from despin.lexicon.shipped import dictionaries_folder, fingerprint, pack_files
from despin.tables import TableError

__all__ = ["ANCHOR_LETTERS", "Lexicon", "Reading", "default_lexicon", "load_lexicon"]


@cache
def default_lexicon(dictionaries: tuple[Path, ...] = ()) -> Lexicon:
    """Return the shipped lexicon with the user's ``dictionaries`` before it, opened once.

    Raises ``PackError`` for a dictionary that is malformed.
    """
    return load_lexicon((*dictionaries, *pack_files(dictionaries_folder())))


def load_lexicon(files: tuple[Path, ...]) -> Lexicon:
    """Open the compiled form of pack ``files``, compiling it when none is at hand.

    The compiled form carries the hash of what it was made from, so it is never
    stale: the one in the package is taken when it fits, then the one in the
    user's cache, else it is made anew. Raises ``PackError`` for a bad pack.
    """
    content = fingerprint(files)
    for path in (_shipped(), _cached(content)):
        try:
            lexicon = Lexicon(path)
        except (OSError, TableError):
            continue
        if lexicon.content == content:
            return lexicon
    return _compiled(files, content)


def _shipped() -> Path:
    return Path(__file__).parents[1] / "data" / "lexicon.bin"


def _cached(content: str) -> Path:
    import os

    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(base) / "despin" / f"lexicon-{content}.bin"


def _compiled(files: tuple[Path, ...], content: str) -> Lexicon:
    """Compile to the user's cache, or to a passing file where there is none to write to."""
    import tempfile

    from despin.lexicon.compile import compile_packs
    from despin.lexicon.packs import read_packs

    packs = read_packs(list(files))
    with tempfile.TemporaryDirectory(prefix="despin-") as folder:
        fresh = Path(folder) / "lexicon.bin"
        compile_packs(packs, fresh, content)
        target = _cached(content)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_suffix(f".{Path(folder).name}")
            partial.write_bytes(fresh.read_bytes())
            partial.replace(target)
        except OSError:
            return Lexicon(fresh)  # the open map outlives the file
        return Lexicon(target)
