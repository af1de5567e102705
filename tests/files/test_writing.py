from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from despin.files.writing import UnwritableFile, write_file

OLD, NEW = b"old text\n" * 1000, b"new text\n" * 1000


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_bytes(OLD)
    return path


def test_contents_are_replaced_and_nothing_is_left_behind(article: Path) -> None:
    write_file(article, NEW)
    assert article.read_bytes() == NEW
    assert list(article.parent.iterdir()) == [article]


def test_mode_is_kept(article: Path) -> None:
    article.chmod(0o640)
    write_file(article, NEW)
    assert stat.S_IMODE(article.stat().st_mode) == 0o640


def test_a_symbolic_link_stays_one(article: Path) -> None:
    link = article.with_name("link.txt")
    link.symlink_to(article)
    write_file(link, NEW)
    assert link.is_symlink()
    assert article.read_bytes() == NEW


def test_a_hard_linked_file_is_refused(article: Path) -> None:
    article.with_name("other.txt").hardlink_to(article)
    with pytest.raises(UnwritableFile, match="hard links"):
        write_file(article, NEW)
    assert article.read_bytes() == OLD


def test_a_size_limit_leaves_the_old_text(article: Path) -> None:
    code = (
        "import sys, pathlib, resource, signal; from despin.files.writing import *\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "write_file(pathlib.Path(sys.argv[1]), b'x' * 100000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(article)], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "left as it was" in done.stderr
    assert article.read_bytes() == OLD
    assert list(article.parent.iterdir()) == [article]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to(article: Path) -> None:
    article.parent.chmod(0o500)
    with pytest.raises(UnwritableFile, match="left as it was"):
        write_file(article, NEW)


@pytest.mark.slow
def test_a_kill_leaves_the_old_text_or_the_new(article: Path) -> None:
    code = (
        "import sys, pathlib; from despin.files.writing import *\n"
        "print(flush=True)\n"
        "while True:\n"
        "    for data in (b'A' * 3_000_000, b'B' * 3_000_000): write_file(pathlib.Path(sys.argv[1]), data)"
    )
    whole = {OLD, b"A" * 3_000_000, b"B" * 3_000_000}
    for turn in range(100):
        process = subprocess.Popen([sys.executable, "-c", code, str(article)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(0.002 * turn)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        process.stdout.close()
        assert article.read_bytes() in whole


def test_what_is_built_from_it_is_out_of_date(article: Path) -> None:
    os.utime(article, (0, 0))
    write_file(article, NEW)
    assert article.stat().st_mtime > 1e9


def test_a_long_name_of_many_bytes_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / f"{'新' * 80}.txt"
    path.write_bytes(OLD)
    write_file(path, NEW)
    assert path.read_bytes() == NEW
