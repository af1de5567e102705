from __future__ import annotations

from pathlib import Path

import pytest

from despin.cli.summary import write_step_summary
from despin.edits import Edit
from despin.report import Report

REPORT = Report("a.txt", "He mentioned it.", [Edit(3, 12, "mentioned", "said", "e", 0.9)], [])


def test_the_summary_goes_behind_what_others_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "summary.md"
    path.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    write_step_summary([REPORT])
    written = path.read_text(encoding="utf-8")
    assert written.startswith("before\n### despin\n")
    assert "| a.txt:1 | mentioned | said | 0.90 |" in written


def test_without_the_variable_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "")
    write_step_summary([REPORT])
    assert not list(tmp_path.iterdir())


def test_a_summary_that_cannot_be_written_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "missing" / "summary.md"))
    write_step_summary([REPORT])
    assert "the step summary cannot be written (No such file or directory)" in capsys.readouterr().err
