"""Which files of a folder are articles: ignore files, patterns, and no loop through links."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from despin.files.formats import EXTENSIONS

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

#: Files whose patterns keep others out, as git reads them.
IGNORE_FILES = (".gitignore", ".despinignore")
#: What a walk never enters, unless a path inside is named.
_NEVER = ("node_modules/", "__pycache__/")
_SNIFFED = 8192


@dataclass(frozen=True, slots=True)
class Selection:
    """What a walk takes, as patterns that git would understand.

    A path named by the user is always taken, unless ``force_exclude`` says otherwise.
    """

    #: Files that a walk takes; empty: those with an ending of a known format.
    include: tuple[str, ...] = ()
    #: Files and folders that it leaves out.
    exclude: tuple[str, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    #: Leave named files out, too, where the patterns say so.
    force_exclude: bool = False

    @property
    def excluded(self) -> tuple[str, ...]:
        """All patterns of what is left out."""
        return (*_NEVER, *self.exclude, *self.extend_exclude)


def walk(names: Iterable[str], selection: Selection) -> Iterator[Path]:
    """Yield the files that ``names`` stand for, sorted within each, none twice.

    Files are yielded as named, those of a folder below its name. A name that does not exist is
    yielded as it is: reading it says what is wrong. Raises ``ValueError`` for a bad pattern.
    """
    excluded = _spec(selection.excluded)
    seen: set[Path] = set()
    for name in names:
        path = Path(name)
        found = _below(path, selection, excluded) if path.is_dir() else iter([path])
        for file in found:
            if selection.force_exclude and excluded.match_file(_shown(file)):
                continue
            key = Path(os.path.abspath(file))
            if key not in seen:
                seen.add(key)
                yield file


def _below(root: Path, selection: Selection, excluded: GitIgnoreSpec) -> Iterator[Path]:
    wanted = _spec(selection.include) if selection.include else None
    stack = [root]
    entered: set[tuple[int, int]] = set()
    specs: dict[Path, list[tuple[Path, GitIgnoreSpec]]] = {root: list(_outer_ignores(root))}
    files: list[Path] = []
    while stack:
        folder = stack.pop()
        status = folder.stat()
        if (status.st_dev, status.st_ino) in entered:  # a link that leads back
            continue
        entered.add((status.st_dev, status.st_ino))
        ignores = [*specs[folder], *_ignores(folder)]
        for entry in _entries(folder):
            path = folder / entry.name
            is_folder = entry.is_dir()
            if entry.name.startswith(".") or _is_ignored(path, ignores, is_folder=is_folder):
                continue
            relative = path.relative_to(root).as_posix() + ("/" if is_folder else "")
            if excluded.match_file(relative) or excluded.match_file(
                _shown(path) + ("/" if is_folder else "")
            ):
                continue
            if is_folder:
                stack.append(path)
                specs[path] = ignores
            elif entry.is_file() and _is_wanted(path, relative, wanted):
                files.append(path)
    yield from sorted(files)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except PermissionError:
        return []


def _is_wanted(path: Path, relative: str, wanted: GitIgnoreSpec | None) -> bool:
    if wanted is not None:
        return wanted.match_file(relative) and not _is_binary(path)
    return path.suffix.lower() in EXTENSIONS and not _is_binary(path)


def _is_binary(path: Path) -> bool:
    """Tell whether a file found by a walk is no text: a NUL byte near its start, and no UTF-16 mark."""
    try:
        with path.open("rb") as file:
            start = file.read(_SNIFFED)
    except OSError:
        return False
    return b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff"))


def _ignores(folder: Path) -> Iterator[tuple[Path, GitIgnoreSpec]]:
    for name in IGNORE_FILES:
        file = folder / name
        if file.is_file():
            yield folder, _spec(file.read_text(encoding="utf-8", errors="replace").splitlines())


def _outer_ignores(root: Path) -> Iterator[tuple[Path, GitIgnoreSpec]]:
    """Yield the ignore files above ``root``, up to the repository's root."""
    above = []
    folder = Path(os.path.abspath(root))
    while not (folder / ".git").exists():
        if folder.parent == folder:
            return  # in no repository: what lies above says nothing
        folder = folder.parent
        above.append(folder)
    for outer in reversed(above):
        yield from _ignores(outer)


def _is_ignored(path: Path, ignores: Sequence[tuple[Path, GitIgnoreSpec]], *, is_folder: bool) -> bool:
    """Tell what the last matching pattern says, as git does."""
    ignored = False
    absolute = Path(os.path.abspath(path))
    for folder, spec in ignores:
        relative = absolute.relative_to(os.path.abspath(folder)).as_posix() + ("/" if is_folder else "")
        verdict = spec.check_file(relative).include
        ignored = ignored if verdict is None else verdict
    return ignored


def _shown(path: Path) -> str:
    """Return a path relative to the working directory where it lies below, with slashes."""
    here = Path.cwd()
    if path.is_absolute() and path.is_relative_to(here):
        path = path.relative_to(here)
    return PurePosixPath(path.as_posix().removeprefix("./")).as_posix().lstrip("/")


def _spec(patterns: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)
