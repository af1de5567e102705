"""The CI files in ``examples/ci``: each is read, and every despin command in it is run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.process import CLEAN, SPUN
from tests.shell import ROOT, sh
from tests.test_action import ACTION, CHECK, step
from tests.test_hooks import BY_ID

from despin.cachedir import cache_folder

CI = ROOT / "examples" / "ci"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "spun.txt").write_text(SPUN, encoding="utf-8")
    (tmp_path / "articles" / "clean.txt").write_text(CLEAN, encoding="utf-8")
    return tmp_path


def load(name: str) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load((CI / name).read_text(encoding="utf-8"))
    return found


def test_every_file_is_tried_here() -> None:
    names = {path.name for path in CI.iterdir()}
    assert names == {"github.yml", "gitlab-ci.yml", "pre-commit-config.yaml", "Makefile", "README.md"}


def test_github_uses_the_action_as_it_is(folder: Path) -> None:
    jobs = load("github.yml")["jobs"].values()
    ours = [each for job in jobs for each in job["steps"] if each.get("uses", "").startswith("OWNER/despin@")]
    codes = []
    for each in ours:
        assert set(each["with"]) <= set(ACTION["inputs"])
        codes.append(step(CHECK, folder, **each["with"]).returncode)
    assert codes == [1, 0]
    assert (folder / "despin.sarif").stat().st_size > 1000


def test_gitlab_keeps_a_patch_of_what_it_fails_for(folder: Path) -> None:
    job = load("gitlab-ci.yml")["wording"]
    done = sh("\n".join(job["script"]), folder)
    assert done.returncode == 1, done.stderr
    assert "would restore" in done.stderr
    (kept,) = job["artifacts"]["paths"]
    assert sh(f"git init -q && git apply {kept} && despin check articles", folder).returncode == 0


def test_ci_carries_what_is_kept_from_job_to_job(monkeypatch: pytest.MonkeyPatch) -> None:
    job, variables = load("gitlab-ci.yml")["wording"], load("gitlab-ci.yml")["variables"]
    monkeypatch.setenv("XDG_CACHE_HOME", variables["XDG_CACHE_HOME"])
    assert [f"$CI_PROJECT_DIR/{path}" for path in job["cache"]["paths"]] == [str(cache_folder())]
    monkeypatch.delenv("XDG_CACHE_HOME")
    steps = load("github.yml")["jobs"]["annotate"]["steps"]
    (kept,) = [each["with"]["path"] for each in steps if each["uses"].startswith("actions/cache@")]
    assert Path(kept).expanduser() == cache_folder()


def test_pre_commit_names_hooks_that_there_are() -> None:
    (repo,) = load("pre-commit-config.yaml")["repos"]
    assert [hook["id"] for hook in repo["hooks"]] == list(BY_ID)
    assert all(re.match(hook["files"], "articles/a.txt") for hook in repo["hooks"])


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_every_target_of_the_makefile_does_what_it_says(folder: Path) -> None:
    text = (CI / "Makefile").read_text(encoding="utf-8")
    (folder / "Makefile").write_text(text, encoding="utf-8")
    expected = {"wording.patch": 0, "wording.json": 0, "check-wording": 2, "restore-wording": 0}
    assert set(re.findall(r"^([\w.-]+):(?!=)", text, re.MULTILINE)) - {".PHONY"} == set(expected)
    for target, code in expected.items():
        done = sh(f"make {target}", folder)
        assert done.returncode == code, done.stderr
    assert (folder / "wording.patch").read_text(encoding="utf-8").startswith("--- a/articles/spun.txt")
    assert "eastern Europe" in (folder / "articles" / "spun.txt").read_text(encoding="utf-8")
    assert sh("make check-wording", folder).returncode == 0
