"""What earlier runs found: a file that has not changed since is not repaired again.

A database in the user's cache holds the edits, by the hash of all that they depend on: the text, how
it is read, what is asked for, and despin itself. Of a clean text it holds no word. A run does without
it wherever it cannot be had, whatever the reason: nothing depends on it but time.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import astuple, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from despin.cachedir import cache_folder
from despin.edits import Edit, apply_edits
from despin.files.parallel import over_files
from despin.files.reading import Encoded, read_file
from despin.files.repair import Failure, Repaired, Work, expect, repair_file

if TYPE_CHECKING:
    import sqlite3

_PACKAGE = Path(__file__).parents[1]
#: Whose versions count beside our own code: they find prose, near-phrases and sums.
SHOULDERS = ("numpy", "rapidfuzz", "tree-sitter", "tree-sitter-html", "tree-sitter-markdown")
#: The version of the table, and how it is made.
_SHAPE = 1
_TABLE = "CREATE TABLE IF NOT EXISTS found (key BLOB PRIMARY KEY, used INTEGER, told BLOB) WITHOUT ROWID"
#: The longest unused are forgotten beyond so many files; a use is noted once in so many seconds.
_MOST, _DAY = 20_000, 86_400
#: What is found is written after so many files, lest a long run that is ended from outside was for nothing.
_OFTEN = 500
#: Another despin is not waited for longer, in seconds.
_PATIENCE = 1.0


def repaired(work: Work, files: Sequence[Path]) -> Iterator[Repaired | Failure]:
    """Yield what :func:`repair_file` says of each of ``files``, in their order: from earlier runs if it can.

    Raises ``WorkerLost``, and keeps what was found until then.
    """
    found = _Found(work)
    for file in files:
        found.look_up(file)
    found.close()
    unknown = [file for file in files if file not in found]
    expect(work, len(unknown))
    answers = over_files(partial(repair_file, work), unknown, work.jobs)
    try:
        for file in files:
            if file in found:
                yield found.of(file) or repair_file(work, file)
            else:
                answer = next(answers)
                found.add(answer)
                yield answer
    finally:
        found.keep()


class _Told(NamedTuple):
    """What an earlier run found in a file."""

    key: bytes
    edits: list[Edit]
    suggestions: list[Edit]
    rate: float


class _Found:
    """What is known of the files of a run, and what it finds out; nothing that goes wrong here is raised."""

    def __init__(self, work: Work) -> None:
        """Open what earlier runs kept, if there is anything."""
        self._work = work
        self._told: dict[Path, _Told] = {}
        self._fresh: dict[bytes, bytes] = {}
        self._path = cache_folder() / "found.sqlite"
        self._database: sqlite3.Connection | None = None
        #: The hash of all but the file that a repair depends on; where it cannot be told nothing is kept.
        self._knowledge: bytes | None = None
        with suppress(Exception):
            self._knowledge = _knowledge(work)
            if self._path.exists():
                self._database = _opened(self._path, "ro")

    def __contains__(self, file: Path) -> bool:
        """Tell whether an earlier run looked at the contents of ``file``."""
        return file in self._told

    def look_up(self, file: Path) -> None:
        """Find out what an earlier run found in ``file``; a pipe can be read once only, and is left alone."""
        if self._database is None:
            return
        from sqlite3 import Error

        try:
            if file.is_file():
                source = read_file(file, self._work.reader.encoding)
                key = self._key(file.as_posix(), source)
                if row := self._database.execute("SELECT told FROM found WHERE key = ?", (key,)).fetchone():
                    self._told[file] = _told(key, source, row[0])
        except Error:
            self.close()
        except Exception:  # the file is at fault, or what was kept of it
            return

    def close(self) -> None:
        """Let go of the database, before any other process is made of this one."""
        if self._database:
            self._database.close()
            self._database = None

    def of(self, file: Path) -> Repaired | None:
        """Return what an earlier run found in ``file``, or None if it is another by now."""
        name, told = file.as_posix(), self._told[file]
        with suppress(Exception):
            source = read_file(file, self._work.reader.encoding)
            if self._key(name, source) == told.key:
                return Repaired(name, source, told.edits, told.suggestions, told.rate)
        return None

    def add(self, answer: Repaired | Failure) -> None:
        """Take in what this run found out; failures are not kept."""
        with suppress(Exception):
            if isinstance(answer, Repaired):
                edits, suggestions = map(_rows, (answer.edits, answer.suggestions))
                told = json.dumps([edits, suggestions, answer.rate]).encode()
                self._fresh[self._key(answer.path, answer.source)] = zlib.compress(told, 1)
            if len(self._fresh) >= _OFTEN:
                self.keep()

    def keep(self) -> None:
        """Write what was found since it was last written, and that the rest was of use."""
        if not (self._told or self._fresh):
            return
        try:
            self._write()
        except Exception as error:
            if _is_broken(error):
                self._forget()
                with suppress(Exception):
                    self._write()
        self._fresh.clear()

    def _write(self) -> None:
        now = int(time.time())
        with closing(_opened(self._path, "rwc")) as database, database:
            used = [(now, told.key, now - _DAY) for told in self._told.values()]
            database.executemany("UPDATE found SET used = ? WHERE key = ? AND used < ?", used)
            rows = [(key, now, told) for key, told in self._fresh.items()]
            database.executemany("INSERT OR REPLACE INTO found VALUES (?, ?, ?)", rows)
            (count,) = database.execute("SELECT count(*) FROM found").fetchone()
            oldest = "DELETE FROM found WHERE key IN (SELECT key FROM found ORDER BY used LIMIT ?)"
            database.execute(oldest, (max(0, count - _MOST),))

    def _forget(self) -> None:
        """Remove a database that is broken: another is made when there is something to keep."""
        with suppress(OSError):
            self._path.unlink()

    def _key(self, name: str, source: Encoded) -> bytes:
        """Return the hash of all that the repair of a file depends on."""
        from hashlib import blake2b

        if self._knowledge is None:
            raise ValueError("what despin knows cannot be told")
        reader = self._work.reader
        read_as = f"{reader.format_of(name)} {reader.fields} {source.encoding} {source.bom!r}"
        told = blake2b(self._knowledge + read_as.encode(), digest_size=16)
        told.update(source.text.encode("utf-8", "surrogatepass"))
        return told.digest()


def _knowledge(work: Work) -> bytes:
    """Return what else the repair of a file depends on: despin itself, and what is asked for.

    Contents count, not dates: what one machine of a CI has found, the next one takes.
    """
    import sys
    from importlib.metadata import version

    from despin.pipeline import default_pipeline

    checksum = 0
    for path in sorted([*_PACKAGE.rglob("*.py"), *_PACKAGE.glob("data/*.bin")]):
        checksum = zlib.crc32(path.read_bytes(), checksum)
    lexicon = default_pipeline(work.options.dictionaries).lexicon.content
    options = replace(work.options, dictionaries=())  # their contents count, not where they lie
    return f"{sys.version_info[:2]} {checksum} {[*map(version, SHOULDERS)]} {lexicon} {options} ".encode()


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    """Return the database at ``path``, which the user alone may read: it has words of the user's texts."""
    import sqlite3

    if mode != "ro":
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if hasattr(os, "fchmod"):
                os.fchmod(file, 0o600)
        finally:
            os.close(file)
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", timeout=_PATIENCE, uri=True)
    try:
        is_ours = database.execute("PRAGMA user_version").fetchone() == (_SHAPE,)
        if mode == "ro" and not is_ours:
            raise sqlite3.OperationalError("it is of another shape")
        if mode != "ro":
            if not is_ours:
                database.execute("DROP TABLE IF EXISTS found")
            database.execute(_TABLE)
            database.execute(f"PRAGMA user_version = {_SHAPE}")
    except sqlite3.Error:
        database.close()
        raise
    return database


def _is_broken(error: Exception) -> bool:
    """Tell whether a database is at fault itself: not locked, not out of reach, nor missing altogether."""
    if isinstance(error, ImportError):
        return False
    import sqlite3

    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)


def _rows(edits: Sequence[Edit]) -> list[tuple[object, ...]]:
    return [astuple(edit) for edit in edits]


def _told(key: bytes, source: Encoded, kept: bytes) -> _Told:
    """Return what was kept of a file that holds ``source``; raises an error if it cannot be that."""
    edits, suggestions, rate = json.loads(zlib.decompress(kept))
    if not isinstance(rate, float):
        raise TypeError(f"{rate!r} is no rate")
    return _Told(key, _edits(source, edits), _edits(source, suggestions), rate)


def _edits(source: Encoded, rows: list[list[Any]]) -> list[Edit]:
    """Return the edits that ``rows`` say; raises an error if they cannot be of that text."""
    edits = [replace(Edit(*fields), reasons=tuple(reasons)) for *fields, reasons in rows]
    apply_edits(source.text, edits)
    if not all(isinstance(edit.entry, str) and isinstance(edit.confidence, float) for edit in edits):
        raise TypeError("what is kept are no edits")
    return edits
