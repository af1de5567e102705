"""Where the packs are, and what they hash to: all that a run needs of them, and quick to import."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path


class PackError(ValueError):
    """A dictionary pack is malformed; the message names file, line and entry."""


#: Files that are read as YAML; any other file holds plain lines.
YAML_SUFFIXES = frozenset({".yaml", ".yml"})
_PACKAGE = Path(__file__).parents[1]
#: Seconds that the files of a package may be written apart when it is installed.
_INSTALLING = 60
#: What the compiled form depends on beside the packs.
_COMPILER = (
    _PACKAGE / "tokens.py",
    *(_PACKAGE / "lexicon" / f"{name}.py" for name in ("entry", "packs", "inflect", "compile", "compiled")),
)


def dictionaries_folder() -> Path:
    """Return the folder of the shipped packs: in a wheel, or in the checkout of an editable install."""
    shipped = _PACKAGE / "dictionaries"
    return shipped if shipped.is_dir() else _PACKAGE.parents[1] / "dictionaries"


def fingerprint(files: Iterable[Path]) -> str:
    """Return the hash of what a compiled lexicon is made from: pack files, and the compiler itself.

    Raises ``PackError`` for a file that cannot be read.
    """
    # A checksum, not a signature: it tells an edited pack, and costs no import of OpenSSL.
    checksum = size = 0
    for path in (*_COMPILER, *files):
        try:
            with path.open("rb", buffering=0) as file:
                data = file.readall()
        except OSError as error:
            raise PackError(f"{path}: cannot be read ({error.strerror}); check the path") from error
        size += len(data)
        checksum = zlib.crc32(f"\0{path.name}\0{len(data)}\0".encode(), zlib.crc32(data, checksum))
    return f"{checksum:08x}{size:08x}"


def sizes(files: Iterable[Path]) -> dict[str, int]:
    """Return the size in bytes of all that a compiled lexicon is made from, by name; raises ``OSError``."""
    return {path.name: path.stat().st_size for path in (*_COMPILER, *files)}


def is_as_installed(files: Iterable[Path], compiled: Path, known: dict[str, int]) -> bool:
    """Tell whether ``compiled`` lies with the ``files`` that it was made from, of the ``known`` sizes.

    By sizes and times, in a hundredth of the time of reading them: an edit that leaves a file's size is seen
    by its date alone, and not in the minute of the installation. Raises ``OSError`` for a file that is gone.
    """
    files = tuple(files)
    latest = compiled.stat().st_mtime + _INSTALLING
    return sizes(files) == known and all(path.stat().st_mtime <= latest for path in (*_COMPILER, *files))


def pack_files(folder: Path) -> list[Path]:
    """Return the pack files of ``folder``, sorted by name."""
    return sorted(folder.glob("*.yaml"))
