"""``despin explain`` as a user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.cli import process
from tests.files.samples import document, encoded

import despin

SPUN = (
    "The minister mentioned on Wednesday that troops in jap Europe have been prepared.\n\n"
    "He met the president in Kyiv, the place he mentioned folks have been killed within the preventing.\n"
)
OWN = """\
pack: own
dialect: user
source: ours
entries:
- spun: grumble
  pos: verb
  unambiguous: true
  originals:
  - {text: note, count: 3, evidence: user}
"""


def run(*args: str | Path, text: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "despin", "explain", *map(str, args)]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False, cwd=cwd)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(SPUN, encoding="utf-8")
    return path


def explained(*args: str | Path, text: str = "") -> dict[str, Any]:
    done = run(*args, "--output-format", "json", text=text)
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_edit_and_suggestion_is_explained(article: Path) -> None:
    found = explained(article)
    _, edits, suggestions = despin.fix_and_explain(SPUN)
    told = {
        made: [row["original"] for row in found["edits"] if row["made"] is made] for made in (True, False)
    }
    assert told == {
        True: [edit.original for edit in edits],
        False: [edit.original for edit in suggestions],
    }
    assert [row["start"] for row in found["edits"]] == sorted(row["start"] for row in found["edits"])
    assert found["document"]["spun"]
    assert found["document"]["dialect"] == "A"


def test_the_words_name_place_entry_rivals_context_and_document(article: Path) -> None:
    done = run(article)
    assert done.returncode == 0
    head, *paragraphs = done.stdout.split("\n\n")
    assert head.startswith(f"{article.as_posix()}: spun, dialect A, ")
    (jap,) = [part for part in paragraphs if "jap →" in part]
    first, *rest = jap.split("\n")
    assert first.startswith("1:52  jap → eastern  (restored, confidence 0.9")
    assert "“jap” for “eastern”: seen on 2 spun pages (newswire.yaml:" in rest[0]
    assert any(line.startswith("  rivals    “eastern” ") and "as written" in line for line in rest)
    assert any(
        line.startswith("  context   the words next to it fit “eastern” over a thousand") for line in rest
    )
    assert any(line.startswith("  document  pairs as well known as this one are swapped ") for line in rest)


def test_rivals_and_what_stands_there_share_one_probability() -> None:
    (row,) = [row for row in explained("-", text=SPUN)["edits"] if row["spun"] == "jap"]
    assert sum(rival["probability"] for rival in row["rivals"]) + row["kept"] == pytest.approx(1, abs=0.01)
    best = row["rivals"][0]
    assert (best["original"], best["probability"]) == (row["original"], row["confidence"])
    assert (best["entry"], best["file"]) == (row["entry"], "newswire.yaml")
    others = [rival["probability"] for rival in row["rivals"]]
    assert others == sorted(others, reverse=True)


def test_what_an_ambiguous_word_may_stand_for_are_rivals() -> None:
    rows = [row for row in explained("-", text=SPUN)["edits"] if row["spun"] == "mentioned"]
    for row in rows:
        rivals = {rival["original"] for rival in row["rivals"]}
        assert "said" in rivals
        assert len(rivals) > 1
    assert len(rows) == 2


def test_clean_copy_reads_clean() -> None:
    done = run("-", text="The minister said on Wednesday that troops were ready.\n")
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert done.stdout.startswith("-: reads clean (probability of spinning 0.0")


def test_a_short_text_is_doubted_as_fix_doubts_it() -> None:
    done = run("-", text="She mentioned the book in a letter.\n")
    assert done.stdout.startswith("-: reads clean")


def test_assume_and_min_confidence_are_those_of_fix() -> None:
    assert explained("-", "--assume", "clean", text=SPUN)["edits"] == []
    strict = explained("-", "--min-confidence", "1", text=SPUN)["edits"]
    assert any(not row["made"] for row in strict)
    assert all(row["confidence"] == 1 for row in strict if row["made"])


def test_a_dictionary_of_ones_own_explains_too(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    text = "The mayor grumbled on Friday that talks would go on.\n"
    (row,) = explained("-", "--dictionary", own, "--assume", "spun", text=text)["edits"]
    assert (row["original"], row["rivals"][0]["evidence"]) == ("noted", "user")
    assert "in your own dictionary" in run("grumbled", "--dictionary", own).stdout


def test_a_word_is_told_both_ways() -> None:
    lines = run("burdened").stdout.splitlines()
    assert lines[0] == "“burdened” may stand for"
    assert lines[1].split("  ")[1] == "stressed"
    assert "seen 1× in the seed article" in lines[1]
    assert "newswire.yaml:" in lines[1]
    assert "“eastern” is spun to" in run("eastern").stdout
    assert "  where " in run("the place").stdout


def test_an_unknown_word_is_in_no_dictionary() -> None:
    done = run("zxqvy")
    assert (done.returncode, done.stdout.startswith("“zxqvy” is in no dictionary")) == (0, True)


def test_what_exists_is_a_file_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "eastern").write_text("All quiet.\n", encoding="utf-8")
    assert run("eastern", cwd=tmp_path).stdout.startswith("eastern: reads clean")


@pytest.mark.parametrize("name", ["missing.txt", "news/missing"])
def test_a_missing_file_is_no_word(name: str, tmp_path: Path) -> None:
    done = run(name, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"despin: {name}: no such file; check the path\n"


@pytest.mark.parametrize("kind", ["markdown", "html", "jsonl", "csv"])
def test_formats_are_explained_as_fix_repairs_them(tmp_path: Path, kind: str) -> None:
    suffix = {"markdown": "md"}.get(kind, kind)
    path = tmp_path / f"article.{suffix}"
    text = document(kind, SPUN.strip().split("\n\n"))
    path.write_text(text, encoding="utf-8")
    rows = explained(path)["edits"]
    repaired = json.loads(process.run("fix", path, "--output-format", "json").stdout)
    made = [(row["start"], row["end"], row["spun"], row["original"]) for row in rows if row["made"]]
    assert made == [(row["start"], row["end"], row["spun"], row["original"]) for row in repaired]
    assert "eastern" in {original for *_, original in made}
    assert all(text[row["start"] : row["end"]] == row["spun"] for row in rows)
    assert explained("-", "--stdin-filename", path, text=text)["edits"] == rows
    assert explained("-", "--format", kind, text=text)["edits"][0]["path"] == "-"
    assert "jap → eastern" in run(path).stdout


def test_what_is_no_such_format_is_an_error(tmp_path: Path) -> None:
    for options, text, told in (
        (("--format", "jsonl"), b"{", "-: line 1"),
        (("--format", "csv"), b"a,b\n1,2\n", "--field"),
        (("--encoding", "utf-7"), b"x", "encoding"),
    ):
        done = process.run("explain", "-", *options, text=text)
        process.fails(done, told)
        assert done.stdout == b""


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-8-bom", "latin-1"])
def test_encodings_are_those_of_fix(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(encoded(f"Café.\n\n{SPUN}", encoding, "crlf", final=True))
    option = ["--encoding", "latin-1"] if encoding == "latin-1" else []
    edits = [row["original"] for row in explained(path, *option)["edits"] if row["made"]]
    repaired = json.loads(process.run("fix", path, *option, "--output-format", "json").stdout)
    assert edits == [row["original"] for row in repaired]
    assert "eastern" in edits
    if encoding == "latin-1":
        process.fails(process.run("explain", path), "not valid UTF-8", "--encoding")


def test_quotes_are_repaired_where_fix_does_it() -> None:
    text = SPUN + "\n“He mentioned troops in jap Europe have been prepared,” the minister mentioned.\n"
    kept, opened = (
        explained("-", text=text)["edits"],
        explained("-", "--quotes", "repair", text=text)["edits"],
    )
    assert len(opened) > len(kept)


def test_a_broken_dictionary_is_an_error(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("pack: [", encoding="utf-8")
    for what in ("-", "word"):
        done = run(what, "--dictionary", own, text="x")
        assert (done.returncode, "Traceback" in done.stderr, "own.yaml" in done.stderr) == (2, False, True)
