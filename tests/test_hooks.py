"""The hooks for pre-commit: their shape, their commands, and pre-commit itself."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.process import CLEAN, SPUN
from tests.shell import ROOT, environment, sh

import despin

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
BY_ID = {hook["id"]: hook for hook in HOOKS}


def command(name: str, *files: str) -> str:
    hook = BY_ID[name]
    return " ".join([hook["entry"], *hook.get("args", []), *map(shlex.quote, files)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a b.txt").write_text(SPUN, encoding="utf-8")
    (tmp_path / "clean.md").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "left.txt").write_text(SPUN, encoding="utf-8")
    (tmp_path / "despin.toml").write_text('extend-exclude = ["old/"]\n', encoding="utf-8")
    return tmp_path


def test_there_are_two_hooks_of_the_shape_that_pre_commit_reads() -> None:
    assert list(BY_ID) == ["despin", "despin-check"]
    for hook in HOOKS:
        assert set(hook) <= {
            "id",
            "name",
            "description",
            "entry",
            "args",
            "language",
            "types_or",
            "require_serial",
        }
        assert hook["language"] == "python"
        assert hook["types_or"] == ["plain-text", "markdown", "html"]
        assert hook["require_serial"] is True


def test_fixing_writes_leaves_out_what_is_excluded_and_fails(folder: Path) -> None:
    names = ("a b.txt", "clean.md", "old/left.txt")
    done = sh(command("despin", *names), folder)
    assert done.returncode == 1, done.stderr
    assert (folder / "a b.txt").read_text(encoding="utf-8") == despin.fix_text(SPUN)
    assert (folder / "old" / "left.txt").read_text(encoding="utf-8") == SPUN
    assert sh(command("despin", *names), folder).returncode == 0


def test_checking_tells_every_edit_and_writes_nothing(folder: Path) -> None:
    done = sh(command("despin-check", "a b.txt", "clean.md"), folder)
    assert done.returncode == 1, done.stderr
    assert "a b.txt:1:52: “jap” was “eastern”" in done.stdout
    assert (folder / "a b.txt").read_text(encoding="utf-8") == SPUN
    assert sh(command("despin-check", "clean.md", "old/left.txt"), folder).returncode == 0


@pytest.mark.slow
def test_pre_commit_runs_them_in_a_repository(folder: Path) -> None:
    program = shutil.which("pre-commit", path=environment()["PATH"])
    if program is None:
        pytest.skip("pre-commit is not installed: pip install -e '.[hooks]'")
    # What a user names is a repository with a revision: this working tree, committed elsewhere.
    hooks = folder.parent / "hooks"
    ignored = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", ".hypothesis", "benchmarks")
    shutil.copytree(ROOT, hooks, ignore=ignored)
    homes = {"PRE_COMMIT_HOME": str(folder.parent / "cache"), "GIT_CONFIG_GLOBAL": os.devnull}

    def git(where: Path, *args: str) -> str:
        who = ["-c", "user.name=despin", "-c", "user.email=despin@example.org"]
        done = subprocess.run(["git", *who, *args], cwd=where, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    for where in (hooks, folder):
        git(where, "init", "-q")
    git(hooks, "add", "-A")
    git(hooks, "commit", "-qm", "hooks")
    wanted = [{"id": "despin-check"}, {"id": "despin"}]
    config = {"repos": [{"repo": str(hooks), "rev": git(hooks, "rev-parse", "HEAD"), "hooks": wanted}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    git(folder, "add", "-A")

    def pre_commit(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, *args],
            cwd=folder,
            env=environment(**homes),
            capture_output=True,
            text=True,
            check=False,
        )

    installed = pre_commit("install-hooks")
    if installed.returncode and "pip" in installed.stdout:
        pytest.skip(f"pip cannot build the hooks' environment here: {installed.stdout.splitlines()[-1]}")
    assert installed.returncode == 0, installed.stdout
    first = pre_commit("run", "--all-files", "--color=never")
    assert first.returncode == 1
    assert "hook id: despin-check\n- exit code: 1" in first.stdout
    assert "“jap” was “eastern”" in first.stdout
    assert "hook id: despin\n- exit code: 1\n- files were modified by this hook" in first.stdout
    assert (folder / "a b.txt").read_text(encoding="utf-8") == despin.fix_text(SPUN)
    assert (folder / "old" / "left.txt").read_text(encoding="utf-8") == SPUN
    again = pre_commit("run", "--all-files", "--color=never")
    assert again.returncode == 0, again.stdout
    assert again.stdout.count("Passed") == 2
