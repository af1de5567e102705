from __future__ import annotations

import io
import sys
from collections.abc import Iterator

import pytest

from despin.cli import progress
from despin.cli.progress import watched


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    """Make stderr a terminal: not in a fixture, since pytest takes the streams back after those."""
    screen = _Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setenv("TERM", "xterm")
    return screen


def told(total: int, *, quiet: bool = False) -> list[int]:
    return list(watched(iter(range(total)), total, quiet=quiet))


def test_who_waits_long_sees_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    assert told(5) == [0, 1, 2, 3, 4]
    assert "%" in terminal.getvalue()


def test_short_work_and_a_quiet_user_see_none(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    assert told(5) == [0, 1, 2, 3, 4]
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    assert told(5, quiet=True) == [0, 1, 2, 3, 4]
    assert told(1) == [0]
    monkeypatch.setattr(sys, "stdout", _Terminal())
    assert told(5) == [0, 1, 2, 3, 4]
    assert terminal.getvalue() == ""


def test_a_pipe_sees_none(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    assert told(5) == [0, 1, 2, 3, 4]
    assert capsys.readouterr().err == ""


def test_the_work_is_not_done_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    on_terminal(monkeypatch)
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    done = []

    def work() -> Iterator[int]:
        for number in range(4):
            done.append(number)
            yield number

    for number in watched(work(), 4, quiet=False):
        assert done[-1] == number
