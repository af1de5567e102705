"""What earlier runs found is found again, and nothing else is."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import threading
import tomllib
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.process import CLEAN, SPUN, run
from tests.shell import ROOT

from despin.cachedir import cache_folder
from despin.files import found
from despin.files.found import SHOULDERS, repaired
from despin.files.reading import Encoded, read_file
from despin.files.repair import Failure, Reader, Repaired, Work, repair_file
from despin.pipeline import Options

WORK = Work(Options(assume="spun"))
NAMES = ["clean.txt", "page.md", "picture.txt", "spun.txt"]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where what is found is kept, for one test."""
    monkeypatch.setattr(found, "cache_folder", lambda: tmp_path / "cache" / "despin")
    return tmp_path / "cache" / "despin" / "found.sqlite"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    contents = [CLEAN.encode(), SPUN.encode(), b"\x89PNG\0", SPUN.replace("\n", "\r\n").encode()]
    for name, data in zip(NAMES, contents, strict=True):
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in NAMES]


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were repaired since it was emptied last."""
    names: list[str] = []

    def counted(work: Work, path: Path) -> Repaired | Failure:
        names.append(path.name)
        return repair_file(work, path)

    monkeypatch.setattr(found, "repair_file", counted)
    return names


def test_a_second_run_repairs_nothing_and_says_the_same(files: list[Path], anew: list[str]) -> None:
    first = list(repaired(WORK, files))
    assert first == [repair_file(WORK, file) for file in files]
    assert anew == NAMES
    anew.clear()
    assert list(repaired(WORK, files)) == first
    assert anew == ["picture.txt"]  # a failure is not kept


def test_a_file_that_changed_is_repaired_anew(files: list[Path], anew: list[str]) -> None:
    list(repaired(WORK, files))
    anew.clear()
    files[3].write_text(SPUN + SPUN)
    (clean, *_, spun) = repaired(WORK, [files[0], files[3]])
    assert anew == ["spun.txt"]
    assert isinstance(clean, Repaired)
    assert spun == repair_file(WORK, files[3])


def test_a_file_that_changes_meanwhile_is_repaired_anew(files: list[Path], anew: list[str]) -> None:
    list(repaired(WORK, files))
    anew.clear()
    answers = repaired(WORK, [files[0], files[3]])
    next(answers)
    files[3].write_text(SPUN + SPUN)
    assert next(answers) == repair_file(WORK, files[3])
    assert anew == ["spun.txt"]


def test_a_copy_elsewhere_is_known(files: list[Path], anew: list[str], tmp_path: Path) -> None:
    list(repaired(WORK, files))
    anew.clear()
    copy = tmp_path / "deep" / "copy.txt"
    copy.parent.mkdir()
    copy.write_bytes(files[3].read_bytes())
    assert list(repaired(WORK, [copy])) == [repair_file(WORK, copy)]
    assert anew == []


@pytest.mark.parametrize(
    "other",
    [
        WORK._replace(options=replace(WORK.options, min_confidence=0.99)),
        WORK._replace(options=replace(WORK.options, allow=("mentioned",))),
        WORK._replace(reader=Reader(encoding="cp1252")),
        WORK._replace(reader=Reader(fields=("lead",))),
    ],
)
def test_what_is_asked_for_counts(other: Work, files: list[Path], anew: list[str]) -> None:
    list(repaired(WORK, files[3:]))
    anew.clear()
    assert list(repaired(other, files[3:])) == [repair_file(other, files[3])]
    assert anew == ["spun.txt"]


def test_a_dictionary_counts_by_its_contents(files: list[Path], anew: list[str], tmp_path: Path) -> None:
    kept: list[list[str]] = []
    for line in ("mentioned->said", "mentioned->told", "mentioned->said"):
        own = tmp_path / str(len(kept)) / "own.txt"
        own.parent.mkdir()
        own.write_text(line + "\n")
        work = WORK._replace(options=replace(WORK.options, dictionaries=(own,)))
        list(repaired(work, files[3:]))
        kept.append(list(anew))
        anew.clear()
    assert kept == [["spun.txt"], ["spun.txt"], []]


def test_despin_itself_counts(
    files: list[Path], anew: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "package"
    (package / "data").mkdir(parents=True)
    (package / "code.py").write_text("one = 1\n")
    (package / "data" / "model.bin").write_bytes(b"head" + bytes(100_000) + b"tail")
    monkeypatch.setattr(found, "_PACKAGE", package)
    for change in (
        None,
        lambda: (package / "code.py").write_text("one = 2\n"),
        lambda: (package / "data" / "model.bin").write_bytes(b"head" + bytes(100_000) + b"tale"),
        lambda: (package / "data" / "model.bin").write_bytes(b"head" + bytes(99_999) + b"\1tale"),
    ):
        if change:
            change()
        list(repaired(WORK, files[3:]))
        assert anew == ["spun.txt"]
        anew.clear()
        os.utime(package / "code.py", (0, 0))  # an installation has another date
        list(repaired(WORK, files[3:]))
        assert anew == []


def test_of_a_clean_text_nothing_is_kept_and_no_one_else_may_read(files: list[Path], cache: Path) -> None:
    list(repaired(WORK._replace(options=Options()), files[:1]))
    assert sqlite3.connect(cache).execute("SELECT count(*) FROM found").fetchone() == (1,)
    assert b"minister" not in cache.read_bytes()
    assert cache.stat().st_mode & 0o077 == 0


def _no_database(cache: Path) -> None:
    cache.write_bytes(b"no database " * 1000)


def _no_answer(cache: Path) -> None:
    with sqlite3.connect(cache) as database:
        database.execute("UPDATE found SET told = x'00'")


def _no_table(cache: Path) -> None:
    with sqlite3.connect(cache) as database:
        database.execute("DROP TABLE found")


def _no_page(cache: Path) -> None:
    data = cache.read_bytes()
    cache.write_bytes(data[:4096] + b"\xaa" * (len(data) - 4096))


def _other_shape(cache: Path) -> None:
    with sqlite3.connect(cache) as database:
        database.execute("DROP TABLE found")
        database.execute("CREATE TABLE found (key, told, used)")
        database.execute("PRAGMA user_version = 2")


DAMAGE = [_no_database, _no_answer, _no_table, _no_page, _other_shape, Path.unlink]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_database_costs_time_alone(
    damage: Callable[[Path], None], files: list[Path], cache: Path, anew: list[str]
) -> None:
    first = list(repaired(WORK, files))
    damage(cache)
    anew.clear()
    assert list(repaired(WORK, files)) == first
    assert set(anew) == set(NAMES)
    if damage is not _no_answer:
        anew.clear()
        assert list(repaired(WORK, files)) == first
        assert anew == ["picture.txt"]


def test_edits_of_another_text_are_not_believed(files: list[Path], cache: Path, anew: list[str]) -> None:
    list(repaired(WORK, files))
    with sqlite3.connect(cache) as database:
        (told,) = database.execute("SELECT told FROM found ORDER BY length(told) DESC").fetchone()
        database.execute("UPDATE found SET told = ?", (told,))
    anew.clear()
    assert list(repaired(WORK, files)) == [repair_file(WORK, file) for file in files]
    assert "clean.txt" in anew


@pytest.mark.parametrize(
    "told",
    [
        b"[" * 100_000,
        b"[[],[],null]",
        b"[{},{},0]",
        b"[[],[]]",
        b'[[[0,0,"","x",null,"hi",[]]],[],0.1]',
        b'[[[0,0,"","x","e","hi",[]]],[],0.1]',
        b'[[[0,0,"","x","e",0.9,0]],[],0.1]',
    ],
)
def test_what_cannot_be_is_not_believed(told: bytes, files: list[Path], cache: Path, anew: list[str]) -> None:
    first = list(repaired(WORK, files))
    with sqlite3.connect(cache) as database:
        database.execute("UPDATE found SET told = ?", (zlib.compress(told),))
    anew.clear()
    assert list(repaired(WORK, files)) == first
    assert anew == NAMES


def test_a_locked_database_is_left_alone(
    files: list[Path], cache: Path, anew: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found, "_PATIENCE", 0.01)
    first = list(repaired(WORK, files))
    anew.clear()
    database = sqlite3.connect(cache)
    database.execute("BEGIN EXCLUSIVE")
    assert list(repaired(WORK, files)) == first
    database.close()
    assert anew == NAMES
    anew.clear()
    assert list(repaired(WORK, files)) == first
    assert anew == ["picture.txt"]


def _no_folder(cache: Path, patch: pytest.MonkeyPatch) -> None:
    cache.parent.parent.write_text("a file where the folder should be")


def _no_home(cache: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(found, "cache_folder", cache_folder)
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        patch.delenv(name, raising=False)
    patch.setattr("pwd.getpwuid", {}.__getitem__)


def _no_sqlite(cache: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "sqlite3", None)


def _no_code(cache: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(found, "_PACKAGE", cache.parent / "package")
    (cache.parent / "package").mkdir(parents=True)
    (cache.parent / "package" / ".#lock.py").symlink_to("user@host.1")


@pytest.mark.parametrize("missing", [_no_folder, _no_home, _no_sqlite, _no_code])
def test_where_nothing_can_be_kept_nothing_is_missed(
    missing: Callable[[Path, pytest.MonkeyPatch], None],
    files: list[Path],
    cache: Path,
    anew: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = [repair_file(WORK, file) for file in files]
    missing(cache, monkeypatch)
    for _ in range(2):
        assert list(repaired(WORK, files)) == expected
        assert anew == NAMES
        anew.clear()


def test_a_pipe_is_read_once(files: list[Path], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    list(repaired(WORK, files))
    writer = threading.Thread(target=pipe.write_text, args=(SPUN,), daemon=True)
    writer.start()
    (_, told) = repaired(WORK, [files[0], pipe])
    writer.join(5)
    assert isinstance(told, Repaired)
    assert told.edits


def test_one_file_too_large_does_not_stop_the_others(
    files: list[Path], anew: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = list(repaired(WORK, files))

    def too_large(path: Path, encoding: str) -> Encoded:
        if path.name == "page.md":
            raise MemoryError
        return read_file(path, encoding)

    monkeypatch.setattr(found, "read_file", too_large)
    anew.clear()
    assert list(repaired(WORK, files)) == first
    assert anew == ["page.md", "picture.txt"]


def test_what_may_only_be_read_is_read(files: list[Path], cache: Path, anew: list[str]) -> None:
    first = list(repaired(WORK, files))
    cache.chmod(0o400)
    cache.parent.chmod(0o500)
    anew.clear()
    try:
        assert list(repaired(WORK, files)) == first
    finally:
        cache.parent.chmod(0o700)
    assert anew == ["picture.txt"]


def test_a_database_that_others_could_read_is_closed_to_them(files: list[Path], cache: Path) -> None:
    list(repaired(WORK, files[:1]))
    cache.chmod(0o644)
    list(repaired(WORK, files))
    assert cache.stat().st_mode & 0o077 == 0


def test_a_long_run_keeps_what_it_found_before_it_ends(
    files: list[Path], anew: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found, "_OFTEN", 1)
    answers = repaired(WORK, files)
    next(answers)
    monkeypatch.setattr(found, "_OFTEN", 100)
    next(answers)
    anew.clear()
    list(repaired(WORK, files[:2]))  # as if the other run were ended from outside now
    assert anew == ["page.md"]


def test_whose_versions_count_is_what_the_project_stands_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split("[<>=]", line)[0] for line in project["dependencies"]}
    # What these do cannot change an edit: the command line, packs (by content), what is walked.
    assert set(SHOULDERS) == names - {"typer", "rich", "pyyaml", "lemminflect", "pathspec"}


def test_the_oldest_are_forgotten(
    files: list[Path], cache: Path, anew: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found, "_MOST", 2)
    list(repaired(WORK, files[:2]))
    with sqlite3.connect(cache) as database:
        database.execute("UPDATE found SET used = 1")
    list(repaired(WORK, files[:1]))  # it is of use today
    list(repaired(WORK, files[3:]))
    anew.clear()
    list(repaired(WORK, files))
    assert anew == ["page.md", "picture.txt"]


def test_the_command_keeps_what_it_found_and_need_not(tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.txt").write_text(SPUN * 20 if number % 4 else CLEAN * 50)
    command = ("check", "--output-format", "json", "articles")
    home = str(tmp_path / "cache")
    without = run(*command, "--no-cache", cwd=tmp_path, XDG_CACHE_HOME=home)
    assert without.returncode == 1
    assert not cache.exists()
    for _ in range(2):
        done = run(*command, cwd=tmp_path, XDG_CACHE_HOME=home)
        assert (done.returncode, done.stdout, done.stderr) == (1, without.stdout, without.stderr)
        assert cache.exists()
    written = run("fix", "-i", "articles", cwd=tmp_path, XDG_CACHE_HOME=home)
    assert written.returncode == 0
    assert run("check", "articles", cwd=tmp_path, XDG_CACHE_HOME=home).returncode == 0
