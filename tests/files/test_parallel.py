from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from despin.files import parallel
from despin.files.parallel import WorkerLost, over_files


def stem(path: Path) -> tuple[str, int]:
    return path.stem, os.getpid()


def die(path: Path) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return len(path.name)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{number:03}.txt" for number in range(300)]
    for path in paths:
        path.write_text("x" * 1000)
    return paths


@pytest.mark.parametrize("jobs", [0, 1, 2, 5])
def test_answers_come_in_the_files_order(files: list[Path], jobs: int) -> None:
    found = list(over_files(stem, files, jobs))
    assert [name for name, _ in found] == [path.stem for path in files]
    pids = {pid for _, pid in found}
    processes = jobs or len(os.sched_getaffinity(0))
    assert (os.getpid() in pids) is (processes == 1)
    assert len(pids) <= processes


def test_few_bytes_are_not_worth_a_process(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    assert {pid for _, pid in over_files(stem, files[:5], 2)} == {os.getpid()}
    monkeypatch.setattr(parallel, "_WORTH_A_PROCESS", 1)
    assert os.getpid() not in {pid for _, pid in over_files(stem, files[:5], 2)}


def test_a_lost_process_says_what_to_do(files: list[Path], capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(WorkerLost, match="-j 1"):
        list(over_files(die, files, 2))
    time.sleep(0.2)  # the pool's own thread has its say, if it has any
    assert capfd.readouterr().err == ""
