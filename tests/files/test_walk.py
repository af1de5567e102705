from __future__ import annotations

import os
from pathlib import Path

import pytest

from despin.files.walk import PatternError, Selection, walk


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, with the test in it."""
    for name in (
        ".git/x.txt", ".hidden/x.txt", ".x.txt", "b.txt", "a.MD", "a/z.html", "a/y.htm", "a/deep/x.jsonl",
        "c.csv", "d.markdown", "script.py", "node_modules/x.txt", "drafts/x.txt", "drafts/keep.txt",
        "old.txt",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    monkeypatch.chdir(tmp_path)
    return tmp_path


ALL = ["a.MD", "a/deep/x.jsonl", "a/y.htm", "a/z.html", "b.txt", "c.csv", "d.markdown"]
REST = ["drafts/keep.txt", "drafts/x.txt", "old.txt"]


def names(*roots: str, **selection: tuple[str, ...] | bool) -> list[str]:
    return [path.as_posix() for path in walk(roots or (".",), Selection(**selection)).files]  # type: ignore[arg-type]


def test_a_walk_takes_articles_sorted_and_nothing_hidden(tree: Path) -> None:
    assert names() == sorted(ALL + REST)


def test_ignore_files_count_as_in_git(tree: Path) -> None:
    (tree / ".gitignore").write_text("drafts/*\n!drafts/keep.txt\n[unclosed\n!\n")
    (tree / ".despinignore").write_text("/old.txt\n# all of it\n*.jsonl\n")
    (tree / "a" / ".gitignore").write_text("!x.jsonl\n/y.htm\n")
    expected = sorted({*ALL, "drafts/keep.txt"} - {"a/y.htm"})
    assert names() == expected
    # From below, what lies above counts as well.
    assert names("a") == ["a/deep/x.jsonl", "a/z.html"]
    os.chdir(tree / "a")
    assert names() == ["deep/x.jsonl", "z.html"]
    assert names("..") == [f"../{name}" for name in expected]


def test_outside_a_repository_nothing_above_counts(tree: Path) -> None:
    (tree / ".git").rename(tree / "git")
    (tree / ".gitignore").write_text("*.html\n")
    assert "z.html" not in " ".join(names("."))
    assert names("a") == ["a/deep/x.jsonl", "a/y.htm", "a/z.html"]


def test_patterns_choose(tree: Path) -> None:
    assert names(include=("*.py", "/b.txt")) == ["b.txt", "script.py"]
    assert names(extend_exclude=("drafts/", "old.txt", "a/deep")) == sorted(set(ALL) - {"a/deep/x.jsonl"})
    assert "node_modules/x.txt" in names(exclude=("drafts",))
    assert names("a", extend_exclude=("a/deep/",)) == ["a/y.htm", "a/z.html"]
    assert names("a", extend_exclude=("/deep/",)) == ["a/y.htm", "a/z.html"]


def test_what_is_named_is_taken_unless_forced(tree: Path) -> None:
    (tree / ".despinignore").write_text("old.txt\n")
    named = ("script.py", "old.txt", "drafts/x.txt", ".hidden/x.txt", "none.txt")
    assert names(*named) == sorted(named)
    forced = names(*named, force_exclude=True, extend_exclude=("drafts",))
    assert forced == [".hidden/x.txt", "none.txt", "script.py"]
    assert walk(named, Selection()).named == set(map(Path, named))
    assert walk(["."], Selection()).named == set()


def test_links_lead_to_no_loop_and_no_file_twice(tree: Path) -> None:
    (tree / "a" / "loop").symlink_to(tree)
    (tree / "zz.txt").symlink_to(tree / "b.txt")
    (tree / "aaa.txt").symlink_to(tree / "b.txt")
    (tree / "aaa").symlink_to(tree / "drafts")
    (tree / "zzz").symlink_to(tree / "drafts")
    found = names()
    assert found == sorted(ALL + REST)
    assert names(".", "a", "b.txt", "./b.txt") == found


@pytest.mark.parametrize("pattern", ["[a", "!", "x[!]", "\\"])
@pytest.mark.parametrize("option", ["include", "exclude", "extend_exclude"])
@pytest.mark.parametrize("root", [".", "b.txt"])
def test_a_bad_pattern_is_named(tree: Path, pattern: str, option: str, root: str) -> None:
    with pytest.raises(PatternError, match="no pattern of files"):
        names(root, **{option: (pattern,)})


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look anywhere")
def test_a_closed_folder_is_told_of(tree: Path) -> None:
    (tree / "a").chmod(0)
    found = walk(["."], Selection())
    (tree / "a").chmod(0o700)
    assert "a/: cannot be looked into (Permission denied)" in found.problems[0]
    assert Path("b.txt") in found.files


def test_a_link_to_itself_leads_nowhere(tree: Path) -> None:
    (tree / "loop").symlink_to("loop")
    found = walk(["."], Selection())
    assert (found.problems, Path("b.txt") in found.files) == ([], True)


def test_a_name_too_long_for_a_file_is_left_to_the_reader(tree: Path) -> None:
    assert walk(["x" * 300], Selection()).files == [Path("x" * 300)]


def test_patterns_are_read_from_the_working_directory_too(tree: Path) -> None:
    (tree / "a" / "x.txt").write_text("", encoding="utf-8")
    assert names("a", include=("a/x.txt",)) == ["a/x.txt"]


def test_a_byte_order_mark_is_no_part_of_a_pattern(tree: Path) -> None:
    (tree / ".despinignore").write_text("b.txt\n", encoding="utf-8-sig")
    assert "b.txt" not in names(".")
