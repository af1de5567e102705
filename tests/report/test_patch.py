from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.edits import Edit, apply_edits
from despin.report.patch import unified_diff


def replacing(text: str, *pairs: tuple[str, str]) -> list[Edit]:
    edits = []
    for old, new in pairs:
        start = text.index(old)
        edits.append(Edit(start, start + len(old), old, new, "e", 0.9))
    return sorted(edits, key=lambda edit: edit.start)


def applied(folder: Path, name: str, data: bytes, patch: bytes) -> bytes:
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    subprocess.run(["git", "apply", "--check", "-"], cwd=folder, input=patch, check=True)
    subprocess.run(["git", "apply", "-"], cwd=folder, input=patch, check=True)
    return target.read_bytes()


LINES = [f"line {n} of the text" for n in range(1, 31)]


@pytest.mark.parametrize(
    "name", ["a.txt", "deep/er/b.txt", "über – weit.txt", "with space.txt", 'quo"te.txt']
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_git_applies_the_patch(tmp_path: Path, name: str, newline: str, end: str) -> None:
    text = newline.join(LINES) + (newline if end else "")
    edits = replacing(
        text, ("line 1 ", "row 1 "), ("line 2 ", "Zeile zwei "), ("line 15", "ligne 15"), ("30", "XXX")
    )
    patch = unified_diff(name, text, edits)
    assert applied(tmp_path, name, text.encode(), patch.encode()) == apply_edits(text, edits).encode()


def test_an_edit_over_a_line_end_joins_the_lines(tmp_path: Path) -> None:
    text = "He was at the\nplace of talks.\nThe end.\n"
    edits = replacing(text, ("the\nplace", "home"))
    patch = unified_diff("a.txt", text, edits)
    assert (
        applied(tmp_path, "a.txt", text.encode(), patch.encode()) == b"He was at home of talks.\nThe end.\n"
    )


def test_no_edits_no_patch() -> None:
    assert unified_diff("a.txt", "text\n", []) == ""


@given(st.lists(st.sampled_from(["a b c", "", "mentioned it", "jap"]), min_size=1, max_size=40), st.data())
def test_hunks_count_their_lines(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    places = [n for n, line in enumerate(lines) if line]
    chosen = data.draw(st.lists(st.sampled_from(places), unique=True)) if places else []
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in sorted(chosen)]
    edits = [Edit(at, at + 1, text[at], "X", "e", 0.9) for at in starts]
    patch = unified_diff("a", text, edits)
    old = [line for line in patch.splitlines()[2:] if line[:1] in {" ", "-"}]
    new = [line for line in patch.splitlines()[2:] if line[:1] in {" ", "+"}]
    heads = [line.split()[1:3] for line in patch.splitlines() if line.startswith("@@")]
    count = [sum(int((head[side] + ",1").split(",")[1]) for head in heads) for side in (0, 1)]
    assert count == [len(old), len(new)]
