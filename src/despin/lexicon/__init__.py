"""What spinners write for what: packs, their compiled form, and where both are found."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from despin.lexicon.compiled import ANCHOR_LETTERS, Anchored, Lexicon, Reading
from despin.lexicon.shipped import dictionaries_folder, fingerprint, is_as_installed, pack_files
from despin.tables import TableError

__all__ = ["ANCHOR_LETTERS", "Anchored", "Lexicon", "Reading", "default_lexicon", "load_lexicon"]


@cache
def default_lexicon(dictionaries: tuple[Path, ...] = ()) -> Lexicon:
    """Return the shipped lexicon with the user's ``dictionaries`` over it, opened once.

    Raises ``PackError`` for a dictionary that is malformed.
    """
    return load_lexicon(tuple(pack_files(dictionaries_folder())), dictionaries)


def load_lexicon(files: tuple[Path, ...], own: tuple[Path, ...] = ()) -> Lexicon:
    """Open the compiled form of pack ``files``, with that of the user's ``own`` over it.

    The compiled form carries the sizes and the hash of what it was made from. The one in the
    package is taken when sizes and dates tell that nothing was edited, or when the hash fits;
    then the one in the user's cache with that hash, else it is made anew. Raises ``PackError``
    for a bad pack.
    """
    base = _loaded(files)
    return _loaded(own, base) if own else base


def _loaded(files: tuple[Path, ...], base: Lexicon | None = None) -> Lexicon:
    if base is None and (lexicon := _as_installed(files)):
        return lexicon
    content = fingerprint(files) + (f"-{base.content}" if base else "")
    for path in (_shipped(), _cached(content)):
        try:
            lexicon = _opened(path, base)
        except (OSError, TableError):
            continue
        if lexicon.content == content:
            return lexicon
    return _compiled(files, content, base)


def _as_installed(files: tuple[Path, ...]) -> Lexicon | None:
    try:
        lexicon = Lexicon(_shipped())
        return lexicon if is_as_installed(files, _shipped(), lexicon.sizes) else None
    except (OSError, TableError):
        return None


def _opened(path: Path, base: Lexicon | None) -> Lexicon:
    if base is None:
        return Lexicon(path)
    from despin.lexicon.layered import LayeredLexicon

    return LayeredLexicon(path, base)


def _shipped() -> Path:
    return Path(__file__).parents[1] / "data" / "lexicon.bin"


def _cached(content: str) -> Path:
    from despin.cachedir import cache_folder

    return cache_folder() / f"lexicon-{content}.bin"


def _compiled(files: tuple[Path, ...], content: str, base: Lexicon | None) -> Lexicon:
    """Compile to the user's cache, or to a passing file where there is none to write to."""
    import tempfile

    from despin.lexicon.compile import compile_packs
    from despin.lexicon.packs import read_packs

    packs = read_packs(list(files))
    with tempfile.TemporaryDirectory(prefix="despin-") as folder:
        fresh = Path(folder) / "lexicon.bin"
        compile_packs(packs, fresh, content, base)
        target = _cached(content)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_suffix(f".{Path(folder).name}")
            partial.write_bytes(fresh.read_bytes())
            partial.replace(target)
        except OSError:
            return _opened(fresh, base)  # the open map outlives the file
        return _opened(target, base)
