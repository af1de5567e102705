"""What earlier runs found: a file that has not changed since is not repaired again.

A database in the user's cache holds the edits, by the hash of all that they depend on: the text, how
it is read, what is asked for, and despin itself. Of a clean text it holds that hash alone. A run does
without it wherever it cannot be had: nothing depends on it but time.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import astuple, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from despin.cachedir import cache_folder
from despin.edits import Edit, apply_edits
from despin.files.parallel import over_files
from despin.files.reading import Encoded, UnreadableFile, read_file
from despin.files.repair import Failure, Repaired, Work, expect, repair_file

if TYPE_CHECKING:
    import sqlite3

_PACKAGE = Path(__file__).parents[1]
#: What tells one model from another: its header, and the last of its numbers.
_TOLD = 1 << 16
#: The least used are forgotten beyond so many files.
_MOST = 20_000
#: Another despin is not waited for longer, in seconds.
_PATIENCE = 1.0
_TABLE = "CREATE TABLE IF NOT EXISTS found (key BLOB PRIMARY KEY, day INTEGER, told BLOB) WITHOUT ROWID"


def repaired(work: Work, files: Sequence[Path]) -> Iterator[Repaired | Failure]:
    """Yield what :func:`repair_file` says of each of ``files``, in their order: from earlier runs if it can.

    Raises ``WorkerLost``, and keeps what was found until then.
    """
    task = partial(repair_file, work)
    found = _Found(work)
    known = set(found.look_up(files))
    unknown = [file for file in files if file not in known]
    expect(work, len(unknown))
    answers = over_files(task, unknown, work.jobs)
    try:
        for file in files:
            if file not in known:
                answer = next(answers)
                found.add(answer)
                yield answer
            else:
                yield found.of(file) or task(file)
    finally:
        found.keep()


class _Found:
    """What is known of the files of a run: looked up at once, and kept at once when it ends."""

    def __init__(self, work: Work, path: Path | None = None) -> None:
        from hashlib import blake2b

        options = replace(work.options, dictionaries=())  # their contents are known, not where they lie
        self._work = work
        self._path = path or cache_folder() / "found.sqlite"
        self._hash = blake2b(f"{_knowledge(work)} {options}".encode(), digest_size=16)
        self._told: dict[bytes, bytes] = {}
        self._fresh: dict[bytes, bytes] = {}

    def look_up(self, files: Iterable[Path]) -> Iterator[Path]:
        """Yield those of ``files`` that an earlier run looked at."""
        import sqlite3

        with suppress(sqlite3.Error, OSError), closing(self._opened()) as database:
            for file in files:
                with suppress(UnreadableFile):
                    key = self._key(file.as_posix(), read_file(file, self._work.reader.encoding))
                    row = database.execute("SELECT told FROM found WHERE key = ?", (key,)).fetchone()
                    if row:
                        self._told[key] = row[0]
                        yield file

    def of(self, file: Path) -> Repaired | None:
        """Return what is known of ``file``, or None if it is another by now."""
        name = file.as_posix()
        with suppress(UnreadableFile, ValueError, TypeError, zlib.error):
            source = read_file(file, self._work.reader.encoding)
            told = self._told.get(self._key(name, source))
            if told is not None:
                edits, suggestions, rate = json.loads(zlib.decompress(told))
                return Repaired(name, source, _edits(source, edits), _edits(source, suggestions), rate)
        return None

    def add(self, answer: Repaired | Failure) -> None:
        """Take in what this run found out; failures are not kept."""
        if isinstance(answer, Repaired):
            edits, suggestions = ([astuple(edit) for edit in of] for of in (answer.edits, answer.suggestions))
            told = json.dumps([edits, suggestions, answer.rate]).encode()
            self._fresh[self._key(answer.path, answer.source)] = zlib.compress(told, 1)

    def keep(self) -> None:
        """Write what was found, and that the rest was of use today."""
        import sqlite3
        import time

        today = int(time.time()) // 86_400
        if not (self._told or self._fresh):
            return
        used = [(today, key, today) for key in self._told]
        fresh = [(key, today, told) for key, told in self._fresh.items()]
        with suppress(sqlite3.Error, OSError), closing(self._opened()) as database, database:
            database.executemany("UPDATE found SET day = ? WHERE key = ? AND day < ?", used)
            if fresh:
                database.executemany("INSERT OR REPLACE INTO found VALUES (?, ?, ?)", fresh)
                (count,) = database.execute("SELECT count(*) FROM found").fetchone()
                oldest = "DELETE FROM found WHERE key IN (SELECT key FROM found ORDER BY day LIMIT ?)"
                database.execute(oldest, (max(0, count - _MOST),))

    def _key(self, name: str, source: Encoded) -> bytes:
        """Return the hash of all that the repair of a file depends on."""
        reader = self._work.reader
        told = self._hash.copy()
        told.update(f"{reader.format_of(name)} {reader.fields} {source.encoding} {source.bom!r} ".encode())
        told.update(source.text.encode("utf-8", "surrogatepass"))
        return told.digest()

    def _opened(self) -> sqlite3.Connection:
        """Return the database, made anew where there is none; what is no database is replaced."""
        import sqlite3

        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch(mode=0o600)  # it has words of the user's texts
        try:
            return _connected(self._path)
        except sqlite3.OperationalError:
            raise  # it is locked, or cannot be written: another time
        except sqlite3.DatabaseError:
            self._path.unlink()
            self._path.touch(mode=0o600)
            return _connected(self._path)


def _connected(path: Path) -> sqlite3.Connection:
    import sqlite3

    database = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        database.execute(_TABLE)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _edits(source: Encoded, told: list[list[Any]]) -> list[Edit]:
    """Return edits as they were kept; raises what a damaged one does: ``TypeError``, ``ValueError``."""
    edits = [replace(Edit(*fields), reasons=tuple(reasons)) for *fields, reasons in told]
    apply_edits(source.text, edits)
    return edits


def _knowledge(work: Work) -> str:
    """Return a checksum of despin: its code, its models, and the lexicon with the user's own.

    Of their contents, not of their dates: what one machine of a CI has found, the next one takes.
    """
    import sys

    from despin.pipeline import default_pipeline

    found = 0
    for path in sorted(_PACKAGE.rglob("*.py")):
        found = zlib.crc32(path.read_bytes(), found)
    for path in sorted(_PACKAGE.glob("data/*.bin")):
        with path.open("rb") as file:
            size = file.seek(0, 2)
            found = zlib.crc32(f"{size}".encode(), found)
            for at in (0, max(0, size - _TOLD)):
                file.seek(at)
                found = zlib.crc32(file.read(_TOLD), found)
    return f"{sys.version_info[:2]} {found:08x} {default_pipeline(work.options.dictionaries).lexicon.content}"
