"""``despin dict``, ``despin candidates`` and ``despin learn`` as a user meets them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BROKEN = """\
pack: broken
dialect: A
source: made up
entries:
- spun: data
  pos: noun
  originals:
  - {text: information, count: 1, evidence: observed}
- spun: information
  originals:
  - {text: data, count: 1, evidence: observed}
"""
OWN = """\
pack: mine
entries:
- spun: grumble
  pos: verb
  originals:
  - {text: note}
  examples:
  - change: 'The envoy [[grumbled=>noted]] that no deal had been reached.'
  - keep: 'They grumble about the rain.'
"""


def run(*args: str | Path, text: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "despin", *map(str, args)]
    return subprocess.run(command, input=text, capture_output=True, text=True, cwd=cwd, check=False)


def test_lint_of_what_is_shipped_is_clean() -> None:
    done = run("dict", "lint")
    assert (done.returncode, done.stdout) == (0, "")


def test_lint_names_file_and_line_and_exits_1(tmp_path: Path) -> None:
    pack = tmp_path / "broken.yaml"
    pack.write_text(BROKEN, encoding="utf-8")
    done = run("dict", "lint", pack)
    assert done.returncode == 1
    assert done.stdout.startswith("broken.yaml:9: schema: ")
    rows = json.loads(run("dict", "lint", pack, "--output-format", "json").stdout)
    assert rows[0]["file"] == "broken.yaml"
    pack.write_text(BROKEN.replace("- spun: information\n", "- spun: information\n  pos: noun\n"))
    assert "ring: " in run("dict", "lint", tmp_path).stdout


def test_stats_has_its_schema() -> None:
    found = json.loads(run("dict", "stats", "--output-format", "json").stdout)
    assert set(found) == {"entries", "packs"}
    assert all(set(pack) == {"name", "dialect", "entries", "by_evidence"} for pack in found["packs"])
    assert found["entries"] == sum(pack["entries"] for pack in found["packs"]) > 10_000
    assert "newswire" in run("dict", "stats").stdout


def test_show_looks_both_ways() -> None:
    found = json.loads(run("dict", "show", "burdened", "--output-format", "json").stdout)
    assert "stressed" in {row["original"] for row in found["stands_for"]}
    found = json.loads(run("dict", "show", "stressed", "--output-format", "json").stdout)
    assert "burdened" in {row["spun"] for row in found["spun_to"]}
    assert "newswire.yaml:" in run("dict", "show", "burdened").stdout
    assert "in no pack" in run("dict", "show", "zxqvy").stdout


def test_add_makes_a_dictionary_that_works(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    assert run("dict", "add", "grumble", "note", "--pos", "verb", "--to", own).returncode == 0
    assert run("dict", "add", "the quarter", "where", "--to", own).returncode == 0
    assert run("dict", "lint", own).returncode == 0
    text = "The mayor grumbled on Friday that talks would go on."
    fixed = run("fix", "--assume", "spun", "--dictionary", own, text=text).stdout
    assert fixed == "The mayor noted on Friday that talks would go on."


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("a", "b", "--to", "plain.txt"), "name a .yaml file"),
        (("a", "b", "--pos", "vrb", "--to", "own.yaml"), "`pos` is 'vrb'"),
        (("a", "a", "--to", "own.yaml"), "the spun form itself"),
    ],
)
def test_add_writes_no_dictionary_that_cannot_be_read(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("x->y\n", encoding="utf-8")
    done = run("dict", "add", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n"), told in done.stderr) == (2, 1, True)
    assert plain.read_text(encoding="utf-8") == "x->y\n"
    assert not (tmp_path / "own.yaml").exists()


def test_examples_of_a_folder_are_run(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(OWN, encoding="utf-8")
    assert "2 examples" in run("dict", "examples", tmp_path).stderr


def test_compile_says_where() -> None:
    row = json.loads(run("dict", "compile", "--output-format", "json").stdout)
    assert Path(row["path"]).exists()
    assert row["forms"] > 10_000


def test_candidates_are_jsonl_with_offsets(tmp_path: Path) -> None:
    text = "Les élèves: troops in jap Europe, the place he mentioned it."
    article = tmp_path / "article.txt"
    article.write_text(text, encoding="utf-8")
    done = run("candidates", article, "--output-format", "jsonl")
    assert done.returncode == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)
    offered = {row["text"]: {original["text"] for original in row["originals"]} for row in rows}
    assert "eastern" in offered["jap"]
    assert "where" in offered["the place"]
    assert all(0 <= original["confidence"] <= 1 for row in rows for original in row["originals"])
    assert run("candidates", "-", text=text).stdout == done.stdout
    assert run("candidates", tmp_path / "none.txt").returncode == 2


def test_learn_mines_writes_and_merges(tmp_path: Path) -> None:
    spun, original = tmp_path / "a.spun.txt", tmp_path / "a.orig.txt"
    spun.write_text("He grumbled that it was late.\n", encoding="utf-8")
    original.write_text("He noted that it was late.\n", encoding="utf-8")
    candidates, own = tmp_path / "candidates.yaml", tmp_path / "own.yaml"
    assert "spun: grumble" in run("learn", spun, original).stdout
    assert run("learn", tmp_path, tmp_path, "--to", candidates).returncode == 0
    assert run("learn", "--merge", candidates, "--to", own).returncode == 0
    assert "spun: grumble" in own.read_text(encoding="utf-8")
    plain = tmp_path / "plain.txt"
    plain.write_text("x->y\n", encoding="utf-8")
    assert run("learn", "--merge", candidates, "--to", plain).returncode == 2
    assert plain.read_text(encoding="utf-8") == "x->y\n"
    done = run("learn", spun, original, "--to", tmp_path / "none" / "x.yaml")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert run("learn", spun).returncode == 2
    assert run("learn", tmp_path / "none", original).returncode == 2
