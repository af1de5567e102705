"""The GitHub Action: its inputs, and its steps' commands run by the shell that a runner uses."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.process import CLEAN, SPUN
from tests.shell import ROOT, sh

from despin.cli.options import Output

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"]}
CHECK, INSTALL, LOOK = STEPS["Check the wording"], STEPS["Install despin"], STEPS["Look for a Python"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news desk").mkdir()
    (tmp_path / "news desk" / "a.txt").write_text(SPUN, encoding="utf-8")
    (tmp_path / "clean.txt").write_text(CLEAN, encoding="utf-8")
    return tmp_path


def step(told: dict[str, Any], cwd: Path, /, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step as a runner does: its inputs by their defaults, filled into its ``env``."""
    values = {name: told["default"] for name, told in ACTION["inputs"].items()}
    values |= {name.replace("_", "-"): value for name, value in inputs.items()}
    env = {
        name: values[text.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, text in told.get("env", {}).items()
    }
    runner = {"RUNNER_TEMP": str(cwd / "temp"), "GITHUB_ACTION_PATH": str(ROOT)}
    out = {"GITHUB_OUTPUT": str(cwd / "output"), "GITHUB_STEP_SUMMARY": str(cwd / "summary.md")}
    return sh(told["run"], cwd, **runner, **out, **env)


def test_it_has_the_shape_of_a_composite_action() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert {"paths", "args", "output-format", "version"} <= set(ACTION["inputs"])
    assert ACTION["inputs"]["output-format"]["default"] == "github"
    for name in Output:
        assert name.value in ACTION["inputs"]["output-format"]["description"]
    for told in STEPS.values():
        assert ("run" in told) != ("uses" in told)
        assert told.get("shell", "bash") == "bash"
        # An input inside a script would be code: it goes in by the environment.
        assert "${{" not in told.get("run", "")
    used = {text for told in STEPS.values() for text in told.get("env", {}).values()}
    assert used == {f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"]}


def test_a_python_is_taken_as_it_is_found(tmp_path: Path) -> None:
    assert step(LOOK, tmp_path).returncode == 0
    assert (tmp_path / "output").read_text() == "found=true\n"
    (tmp_path / "output").unlink()
    (tmp_path / "bin").mkdir()
    old = tmp_path / "bin" / "python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = sh(f'PATH="{old.parent}:$PATH"\n{LOOK["run"]}', tmp_path, GITHUB_OUTPUT=str(tmp_path / "output"))
    assert done.returncode == 0
    assert not (tmp_path / "output").exists()


def test_what_is_spun_fails_with_annotations_and_a_summary(folder: Path) -> None:
    done = step(CHECK, folder)
    assert done.returncode == 1, done.stderr
    assert "::warning file=news desk/a.txt,line=1,col=52," in done.stdout
    assert (folder / "summary.md").read_text(encoding="utf-8").startswith("### despin\n\ndespin: ")


def test_paths_are_lines_and_args_are_words(folder: Path) -> None:
    assert step(CHECK, folder, paths="clean.txt\n").returncode == 0
    both = step(CHECK, folder, paths="clean.txt\nnews desk\n", args="--exclude *.md --exit-zero")
    assert both.returncode == 0, both.stderr
    assert "in 2 files" in both.stdout
    evil = step(CHECK, folder, paths="clean.txt", args="$(touch evil) ; touch evil")
    assert evil.returncode == 2
    assert not (folder / "evil").exists()


def test_a_report_goes_to_a_file(folder: Path) -> None:
    done = step(CHECK, folder, output_format="sarif", output_file="despin.sarif", args="--exit-zero")
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads((folder / "despin.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


@pytest.mark.slow
def test_it_installs_this_checkout(folder: Path) -> None:
    done = step(INSTALL, folder)
    if done.returncode and "Could not find a version" in done.stderr:
        pytest.skip("pip has no index here")
    assert done.returncode == 0, done.stderr
    assert (folder / "temp" / "despin" / "despin" / "data" / "lexicon.bin").exists()
    assert step(CHECK, folder, paths="clean.txt").returncode == 0
