"""The newsroom as a newcomer meets it: copied, its README followed from top to bottom."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from tests.pages import commands
from tests.shell import ROOT, sh

NEWSROOM = ROOT / "examples" / "newsroom"
SPUN = ["articles/harbour.txt", "articles/summit.md", "articles/wire/agency.csv", "articles/wire/feed.jsonl"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "newsroom"
    shutil.copytree(NEWSROOM, copy)
    subprocess.run(["git", "init", "-q"], cwd=copy, check=True)
    return copy


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in (folder / "articles").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_the_readme_leads_from_spun_to_restored(folder: Path) -> None:
    before = contents(folder)
    score, check, explain, diff, fix, again, show = commands(NEWSROOM / "README.md")

    told = sh(score, folder).stdout
    assert [line.split(":")[0] for line in told.splitlines() if ": spun (dialect A" in line] == SPUN

    done = sh(check, folder)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("despin: 4 of 7 files would change, ")
    assert "articles/harbour.txt:3:32: “mentioned” was “said”" in done.stdout

    done = sh(explain, folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "the place → where" in done.stdout

    assert sh(diff, folder).returncode == 0
    assert contents(folder) == before

    assert sh(fix, folder).returncode == 0
    after = contents(folder)
    assert sorted(name for name in after if after[name] != before[name]) == SPUN
    assert sh(again, folder).returncode == 0
    assert "min-confidence = 0.8" in sh(show, folder).stdout

    for name, text in before.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert sh("git apply wording.patch", folder).returncode == 0
    assert contents(folder) == after


def test_a_good_many_spins_are_restored_and_what_must_stay_stays(folder: Path) -> None:
    rows = json.loads(sh("despin check --output-format json --exit-zero articles", folder).stdout)
    assert len(rows) >= 40
    assert {("mentioned", "said"), ("jap", "eastern"), ("the place", "where"), ("burdened", "stressed")} <= {
        (row["spun"], row["original"]) for row in rows
    }
    before = contents(folder)
    assert sh("despin fix -i articles", folder).returncode == 0
    after = contents(folder)
    assert "in the meantime" in after["articles/harbour.txt"]  # allowed by despin.toml
    assert "https://example.org/the-place" in after["articles/summit.md"]
    assert 'mentioned = "kept' in after["articles/summit.md"]
    for name, clean in (("feed.jsonl", (0, 2)), ("agency.csv", (0, 2))):
        old, new = (each[f"articles/wire/{name}"].splitlines() for each in (before, after))
        assert [old[line] for line in clean] == [new[line] for line in clean]
        assert old[1] != new[1]


def test_its_workflow_guards_it(folder: Path) -> None:
    text = (folder / ".github" / "workflows" / "articles.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["jobs"]["wording"]["steps"]
    (check,) = [step["run"] for step in steps if step.get("run", "").startswith("despin ")]
    done = sh(check, folder)
    assert done.returncode == 1
    assert done.stdout.startswith("::warning file=articles/harbour.txt,line=3,")
    assert sh("despin fix -i articles", folder).returncode == 0
    assert sh(check, folder).returncode == 0
