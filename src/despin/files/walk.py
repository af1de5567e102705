"""Which files of a folder are articles: ignore files, patterns, and no loop through links."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from despin.files.formats import EXTENSIONS

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

#: Files whose patterns keep others out, as git reads them.
IGNORE_FILES = (".gitignore", ".despinignore")
#: What a walk never enters, unless told otherwise; hidden files and folders, ``.git`` among them, never.
EXCLUDE = ("node_modules/", "__pycache__/", "CVS/", "_darcs/")
#: A bracket that nothing closes: pathspec would take it for a letter, and nobody means that.
_UNCLOSED = r"(?<!\\)\[(?![!^]?+.[^\]]*\])"


class PatternError(ValueError):
    """A pattern of files is malformed; the message says what to do next."""


class Selection(NamedTuple):
    """What a walk takes, as patterns that git would understand.

    A path named by the user is always taken, unless ``force_exclude`` says otherwise.
    """

    #: Files that a walk takes; empty: those with an ending of a known format.
    include: tuple[str, ...] = ()
    #: Files and folders that it leaves out.
    exclude: tuple[str, ...] = EXCLUDE
    #: More of them.
    extend_exclude: tuple[str, ...] = ()
    #: Leave named files out, too, where the patterns or ignore files say so.
    force_exclude: bool = False

    def check(self) -> None:
        """Raise ``PatternError`` for a malformed pattern."""
        _spec((*self.include, *self.exclude, *self.extend_exclude))

    def excluded(self) -> GitIgnoreSpec:
        """Return all patterns of what is left out, compiled; raises ``PatternError``."""
        return _spec((*self.exclude, *self.extend_exclude))


class Found(NamedTuple):
    """What a walk came to."""

    #: The files, as named or below the folder that was named, sorted, none twice.
    files: list[Path]
    #: Those of them that the user named.
    named: set[Path]
    #: What could not be looked into, in words.
    problems: list[str]


def walk(names: Iterable[str], selection: Selection) -> Found:
    """Return the files that ``names`` stand for.

    A name that does not exist is a file as well: reading it says what is wrong. Raises
    ``PatternError``.
    """
    if selection._replace(force_exclude=False) != Selection():
        selection.check()
    found = Found([], set(), [])
    seen: set[str] = set()
    for path in map(Path, names):
        if os.path.isdir(path):  # noqa: PTH112 - pathlib raises where it may not look
            files = _Folder(path, selection, found.problems).files()
        elif selection.force_exclude and is_left_out(path, selection):
            continue
        else:
            files = iter([(os.path.realpath(path), path)])
            found.named.add(path)
        for real, file in files:
            if real not in seen:
                seen.add(real)
                found.files.append(file)
    found.files.sort(key=Path.as_posix)
    return found


def is_left_out(path: Path, selection: Selection) -> bool:
    """Tell whether a walk from the working directory would leave out the file ``path``."""
    file = _absolute(path)
    folder = Path(file).parent
    ignores = [*_outer_ignores(folder), *_ignores(str(folder), IGNORE_FILES)]
    shown = os.path.relpath(file).replace(os.sep, "/")
    return selection.excluded().match_file(shown) or _is_ignored(file, ignores)


class _Folder:
    """One folder that was named."""

    def __init__(self, root: Path, selection: Selection, problems: list[str]) -> None:
        self._root = root
        self._excluded = selection.excluded()
        self._wanted = _spec(selection.include) if selection.include else None
        self._problems = problems

    def files(self) -> Iterator[tuple[str, Path]]:
        """Yield the real place and the name of each file that is wanted.

        Names are strings here: a ``Path`` for each would be half the walk's time.
        """
        top = _absolute(self._root)
        here = os.path.relpath(top).replace(os.sep, "/")
        # Patterns are read from the working directory as well, where the folder lies below it.
        prefix = "" if here == "." or here.startswith("..") else here + "/"
        stack = [("", _outer_ignores(Path(top)))]
        # Links come last, so that what they lead to has its own name if it lies here as well.
        linked_folders: list[tuple[str, _Ignores]] = []
        linked_files: list[tuple[str, Path]] = []
        entered: set[str] = set()
        while stack or linked_folders:
            below, ignores = stack.pop() if stack else linked_folders.pop(0)
            folder = f"{top}/{below}"
            real = os.path.realpath(folder)
            if real in entered:  # a link that leads back
                continue
            entered.add(real)
            entries = self._entries(folder, below)
            ignores = [*ignores, *_ignores(folder, {entry.name for entry in entries})]
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                mark = "/" if self._leads_to(entry, below, folder=True) else ""
                name = below + entry.name + mark
                if self._is_excluded(name, prefix) or _is_ignored(entry.path + mark, ignores):
                    continue
                if mark:
                    (linked_folders if entry.is_symlink() else stack).append((name, ignores))
                elif self._is_wanted(name, prefix) and self._leads_to(entry, below, folder=False):
                    if entry.is_symlink():
                        linked_files.append((os.path.realpath(entry.path), self._root / name))
                    else:
                        yield f"{real}/{entry.name}", self._root / name
        yield from linked_files

    def _leads_to(self, entry: os.DirEntry[str], below: str, *, folder: bool) -> bool:
        """Tell whether ``entry`` is a folder, or a file, or leads to one; not to know is a problem."""
        try:
            return entry.is_dir() if folder else entry.is_file()
        except OSError as error:
            if error.errno != errno.ELOOP:  # a link that leads to itself leads nowhere
                self._complain(below + entry.name, error)
            return False

    def _complain(self, name: str, error: OSError) -> None:
        shown = (self._root / name).as_posix()
        self._problems.append(f"{shown}: cannot be looked into ({error.strerror}); check its permissions")

    def _entries(self, folder: str, below: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self._complain(below, error)
            return []

    def _is_excluded(self, name: str, prefix: str) -> bool:
        return self._excluded.match_file(name) or (bool(prefix) and self._excluded.match_file(prefix + name))

    def _is_wanted(self, name: str, prefix: str) -> bool:
        if self._wanted is not None:
            return self._wanted.match_file(name) or (bool(prefix) and self._wanted.match_file(prefix + name))
        return f".{name.rpartition('.')[2].lower()}" in EXTENSIONS


def _absolute(path: Path) -> str:
    return os.path.normpath(path.absolute())


_Ignores = list[tuple[str, "GitIgnoreSpec"]]  # a folder, absolute, and the patterns of a file in it


def _ignores(folder: str, names: Iterable[str]) -> _Ignores:
    """Return the patterns of the ignore files among ``names``, the files of ``folder``."""
    found = []
    for name in IGNORE_FILES:
        if name in names:
            file = Path(folder, name)
            try:
                lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
            except OSError:
                continue  # a folder of that name, or not ours to read
            found.append((folder, _spec(lines, str(file))))
    return found


def _outer_ignores(root: Path) -> _Ignores:
    """Return the patterns of the ignore files above an absolute folder, down from the repository's root."""
    above: list[Path] = []
    folder = root
    while not os.path.exists(folder / ".git"):  # noqa: PTH110 - the same
        if folder.parent == folder:
            return []  # in no repository: what lies above says nothing
        folder = folder.parent
        above.append(folder)
    return [found for outer in reversed(above) for found in _ignores(str(outer), IGNORE_FILES)]


def _is_ignored(path: str, ignores: _Ignores) -> bool:
    """Tell what the last matching pattern says of an absolute path, as git does; a folder ends with /."""
    ignored = False
    for folder, spec in ignores:
        verdict = spec.check_file(path[len(folder) :].lstrip("/")).include
        ignored = ignored if verdict is None else verdict
    return ignored


def _spec(patterns: Sequence[str], file: str = "") -> GitIgnoreSpec:
    """Return ``patterns`` compiled; raises ``PatternError`` for one of the user's own that is malformed.

    A bad line of an ignore ``file`` matches nothing, as in git.
    """
    from pathspec import GitIgnoreSpec

    if not file and (bad := [pattern for pattern in patterns if _is_bad(pattern)]):
        raise PatternError(f"{bad[0]!r} is no pattern of files; write it as in a .gitignore")
    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError:
        return GitIgnoreSpec.from_lines(pattern for pattern in patterns if not _is_bad(pattern))


def _is_bad(pattern: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        return True
    return bool(re.search(_UNCLOSED, pattern))
