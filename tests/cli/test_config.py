"""The configuration as a user meets it: the command line wins, and errors name what to do."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from tests.cli.process import CLEAN, SPUN, fails, run

from despin.config import KEYS, schema
from despin.pipeline import APPLY_CONFIDENCE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text(SPUN)
    return tmp_path


def configure(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(f"[tool.despin]\n{text}\n")


def test_values_count_and_the_command_line_wins(folder: Path) -> None:
    configure(folder, 'assume = "clean"')
    assert run("check", "a.txt", cwd=folder).returncode == 0
    assert run("check", "../a.txt", cwd=folder / "sub").returncode == 0
    assert run("check", "--assume", "auto", "a.txt", cwd=folder).returncode == 1
    assert run("check", "--isolated", "a.txt", cwd=folder).returncode == 1
    (folder / "other.toml").write_text('assume = "auto"\n')
    assert run("check", "--config", "other.toml", "a.txt", cwd=folder).returncode == 1
    assert run("check", "--config", "other.toml", "a.txt", cwd=folder / "sub").returncode == 2


def test_lists_flags_and_formats_count(folder: Path) -> None:
    (folder / "own.txt").write_text("jap->western\n")
    lists = 'dictionary = ["own.txt"]\nallow = ["MENTIONED"]\n'
    configure(folder, f'{lists}quiet = true\nexit-zero = true\noutput-format = "json"')
    done = run("check", "a.txt", cwd=folder)
    assert (done.returncode, done.stderr) == (0, b"")
    rows = json.loads(done.stdout)
    assert "western" in {row["original"] for row in rows}
    assert "mentioned" not in {row["spun"] for row in rows}
    # What a command cannot do, or was told otherwise, it does not do.
    assert run("fix", "--diff", "a.txt", cwd=folder).stdout.startswith(b"--- a/a.txt")
    assert json.loads(run("score", "a.txt", cwd=folder).stdout)[0]["spun"]
    slots = [json.loads(line) for line in run("candidates", "a.txt", cwd=folder).stdout.splitlines()]
    assert "mentioned" not in {slot["text"] for slot in slots}
    assert run("fix", "-i", "a.txt", cwd=folder).returncode == 0
    assert "western Europe" in (folder / "a.txt").read_text()


def test_a_format_that_score_lacks_is_not_its_concern(folder: Path) -> None:
    configure(folder, 'output-format = "diff"')
    assert run("score", "a.txt", cwd=folder).stdout.startswith(b"a.txt: spun")
    assert run("check", "a.txt", cwd=folder).stdout.startswith(b"--- a/a.txt")


def test_evaluate_takes_dictionaries_and_what_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "one.spun.txt").write_text(SPUN)
    (tmp_path / "one.orig.txt").write_text(SPUN.replace("jap", "eastern").replace("mentioned", "said"))

    def recall(*args: str) -> float:
        done = run("evaluate", "--output-format", "json", *args, tmp_path)
        return float(json.loads(done.stdout)["recall"])

    assert recall() > recall("--allow", "jap", "--allow", "mentioned") == 0
    fails(run("evaluate", tmp_path, "--dictionary", "none.txt"), "none.txt")


@pytest.mark.parametrize("command", ["fix", "check", "score", "candidates", "evaluate", "config"])
def test_bad_configuration_is_one_line(folder: Path, command: str) -> None:
    configure(folder, 'quote = "keep"')
    path = [] if command == "config" else ["." if command == "evaluate" else "a.txt"]
    fails(run(command, *path, cwd=folder), "pyproject.toml: unknown key 'quote'; did you mean 'quotes'?")
    (folder / "pyproject.toml").write_text("[tool.despin\n")
    fails(run(command, *path, cwd=folder), "pyproject.toml: is no TOML")
    assert run(command, "--help", cwd=folder).returncode == 0


def test_show_says_where_each_value_comes_from(folder: Path) -> None:
    configure(folder, 'quotes = "repair"\nallow = ["\\"é\\""]')
    shown = run("config", "--show", cwd=folder / "sub").stdout.decode()
    assert run("config", cwd=folder).stdout.decode() == shown
    values = tomllib.loads(shown)
    assert list(values) == list(KEYS)
    assert values["min-confidence"] == APPLY_CONFIDENCE
    assert values["allow"] == ['"é"']
    sources = {line.split(" = ")[0]: line.rsplit("  # ")[1] for line in shown.splitlines()}
    file = str((folder / "pyproject.toml").resolve())
    assert {key for key, source in sources.items() if source == file} == {"quotes", "allow"}
    assert {source for key, source in sources.items() if key not in {"quotes", "allow"}} == {"default"}
    (folder / "mine.toml").write_text("jobs = 3\n")
    assert "jobs = 3" in run("config", "--config", "mine.toml", cwd=folder).stdout.decode()


def test_schema_is_printed(tmp_path: Path) -> None:
    assert json.loads(run("config", "--schema", cwd=tmp_path).stdout) == schema()
    fails(run("config", "--schema", "--show", cwd=tmp_path), "ask for one")


def test_a_clean_folder_with_a_configuration_is_quiet(folder: Path) -> None:
    (folder / "a.txt").write_text(CLEAN)
    configure(folder, "quiet = true")
    done = run("check", ".", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
