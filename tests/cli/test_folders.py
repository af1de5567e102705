"""Whole folders: what is taken, what is written, what is said, and what can go wrong."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.process import CLEAN, SPUN, fails, run
from tests.files.samples import document, encoded

import despin

FIXED = despin.fix_text(SPUN)
PARAGRAPHS = SPUN.strip().split("\n\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with articles of every kind."""
    (tmp_path / ".git").mkdir()
    for name, kind in (
        ("a.txt", "text"),
        ("deep/er/b.md", "markdown"),
        ("deep/c.html", "html"),
        ("d.jsonl", "jsonl"),
        ("e.csv", "csv"),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document(kind, [" ".join(PARAGRAPHS)]), encoding="utf-8")
    (tmp_path / "clean.txt").write_text(CLEAN)
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\0")
    (tmp_path / "numbers.csv").write_text("a,b\n1,2\n")
    return tmp_path


SPUN_FILES = ["a.txt", "d.jsonl", "deep/c.html", "deep/er/b.md", "e.csv"]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def test_check_tells_and_writes_nothing(folder: Path) -> None:
    before = contents(folder)
    done = run("check", ".", cwd=folder)
    assert (done.returncode, done.stdout) == (1, b"")
    lines = done.stderr.decode().splitlines()
    assert [line.split(": ")[1] for line in lines[:-1]] == SPUN_FILES
    assert lines[-1].startswith("despin: 5 of 6 files would change, ")
    assert contents(folder) == before
    assert run("fix", "--check", ".", cwd=folder).stderr == done.stderr


def test_in_place_gives_what_the_patch_gives(folder: Path) -> None:
    patch = run("fix", "--diff", ".", cwd=folder)
    assert patch.returncode == 0
    assert run("fix", "--diff", "--check", ".", cwd=folder).returncode == 1
    assert run("check", "--output-format", "diff", ".", cwd=folder).stdout == patch.stdout
    before = contents(folder)
    done = run("fix", "-i", ".", cwd=folder)
    assert (done.returncode, done.stdout) == (0, b"")
    written = contents(folder)
    assert sorted(name for name in written if written[name] != before[name]) == SPUN_FILES
    assert run("check", ".", cwd=folder).returncode == 0
    for name, data in before.items():
        (folder / name).write_bytes(data)
    (folder / ".git").rmdir()
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "apply", "-"], cwd=folder, input=patch.stdout, check=True)
    assert contents(folder) == written


NAMES = ["a.txt", "deep/er/b.txt", "Żółć – été/c d.txt", 'quo"te.txt', "tab\there.txt"]


@pytest.mark.parametrize("newline", ["lf", "crlf", "cr", "mixed", "nel"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-bom", "latin-1"])
def test_git_takes_every_patch(tmp_path: Path, newline: str, encoding: str) -> None:
    option = ["--encoding", "latin-1"] if encoding == "latin-1" else []
    for number, name in enumerate(NAMES):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = f"é\n\n{SPUN}" if number % 2 else SPUN + "a\n" * 9 + "é"
        path.write_bytes(encoded(text, encoding, newline, final=number < 3))
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    before = contents(tmp_path)
    patch = run("fix", "--diff", *option, ".", cwd=tmp_path).stdout
    subprocess.run(["git", "apply", "--check", "-"], cwd=tmp_path, input=patch, check=True)
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch, check=True)
    patched = contents(tmp_path)
    assert all(patched[name] != before[name] for name in NAMES)
    for name, data in before.items():
        (tmp_path / name).write_bytes(data)
    assert run("fix", "-i", *option, ".", cwd=tmp_path).returncode == 0
    assert contents(tmp_path) == patched


def test_a_patch_cannot_carry_utf_16(folder: Path) -> None:
    (folder / "wide.txt").write_bytes(encoded(SPUN, "utf-16-le", "crlf", final=True))
    done = run("fix", "--diff", ".", cwd=folder)
    assert done.returncode == 2
    assert b"wide.txt: a patch cannot carry UTF-16" in done.stderr
    assert b"a/e.csv" in done.stdout
    assert run("fix", "-i", "wide.txt", cwd=folder).returncode == 0
    expected = encoded(FIXED, "utf-16-le", "crlf", final=True)
    assert (folder / "wide.txt").read_bytes() == expected


def test_the_order_is_the_same_whatever_the_jobs(tmp_path: Path) -> None:
    for number in range(60):
        text = SPUN * 12 if number % 3 == 0 else CLEAN * 30
        (tmp_path / f"{number * 37 % 60:02}.txt").write_text(text)
    found = {jobs: run("fix", "--diff", "-j", jobs, ".", cwd=tmp_path).stdout for jobs in ("1", "2", "3")}
    assert found["1"] == found["2"] == found["3"]
    names = [line for line in found["1"].decode().splitlines() if line.startswith("--- ")]
    assert len(names) == 20
    assert names == sorted(names)
    reports = [run("score", "-j", jobs, tmp_path).stdout for jobs in ("1", "2")]
    assert reports[0] == reports[1]
    assert reports[0].count(b"\n") >= 60


def test_paths_are_shown_as_given(folder: Path) -> None:
    def shown(*paths: str | Path, cwd: Path) -> list[str]:
        rows = json.loads(run("fix", "--check", "--output-format", "json", *paths, cwd=cwd).stdout)
        return list(dict.fromkeys(row["path"] for row in rows))

    assert shown("./deep", cwd=folder) == ["deep/c.html", "deep/er/b.md"]
    assert shown("../d.jsonl", cwd=folder / "deep") == ["../d.jsonl"]
    assert shown(folder / "a.txt", cwd=folder) == [f"{folder}/a.txt"]
    assert b"--- a/a.txt\n" in run("fix", "--diff", folder / "a.txt", cwd=folder).stdout


def test_one_bad_file_is_told_and_the_rest_is_done(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"caf\xe9 jap")
    (folder / "broken.jsonl").write_text('{"text": \n')
    done = run("fix", "-i", ".", "none.txt", cwd=folder)
    assert done.returncode == 2
    for message in ("bad.txt: not valid UTF-8", "broken.jsonl: line 1", "none.txt: no such file"):
        assert message in done.stderr.decode()
    assert (folder / "a.txt").read_text() != document("text", [" ".join(PARAGRAPHS)])
    assert (folder / "bad.txt").read_bytes() == b"caf\xe9 jap"
    assert b"picture" not in done.stderr
    assert b"numbers" not in done.stderr


def test_what_is_named_is_taken(folder: Path) -> None:
    (folder / "notes.log").write_text(SPUN)
    assert run("check", "notes.log", cwd=folder).returncode == 1
    fails(run("check", "picture.txt", cwd=folder), "picture.txt: looks like a binary file")
    fails(run("check", "numbers.csv", cwd=folder), "numbers.csv", "--field")
    table = b"a,b\n1,2\n"
    fails(
        run("fix", "--stdin-filename", "x.csv", cwd=folder, text=table), "x.csv: name the column", "--field"
    )
    fails(run("fix", "-", cwd=folder, text=b"\0"), "binary")
    (folder / ".despinignore").write_text("a.txt\n")
    assert run("check", "a.txt", cwd=folder).returncode == 1
    assert run("check", "--force-exclude", "a.txt", cwd=folder).returncode == 0
    stdin = ["fix", "--stdin-filename", "a.txt"]
    assert run(*stdin, cwd=folder, text=SPUN.encode()).stdout == FIXED.encode()
    assert run(*stdin, "--force-exclude", cwd=folder, text=SPUN.encode()).stdout == SPUN.encode()


def test_include_and_exclude(folder: Path) -> None:
    def told(*options: str) -> list[str]:
        lines = run("check", *options, ".", cwd=folder).stderr.decode().splitlines()
        return [line.split(": ")[1] for line in lines if ": would restore" in line]

    assert told("--include", "*.md", "--include", "*.csv") == ["deep/er/b.md", "e.csv"]
    assert told("--extend-exclude", "deep/", "--extend-exclude", "*.csv") == ["a.txt", "d.jsonl"]
    assert told("--exclude", "[a-d].*") == ["e.csv"]


def test_an_empty_folder_is_no_error(tmp_path: Path) -> None:
    done = run("check", tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"--include" in done.stderr


def test_formats_and_fields(folder: Path) -> None:
    row = json.dumps({"head": PARAGRAPHS[0], "lead": PARAGRAPHS[1]}).encode() + b"\n"
    done = run("fix", "--format", "jsonl", "--field", "lead", "--assume", "spun", text=row)
    fixed = json.loads(done.stdout)
    assert fixed["head"] == PARAGRAPHS[0]
    assert "where he said" in fixed["lead"]
    page = f"<p title='jap'>{SPUN}</p>".encode()
    fixed = run("fix", "--stdin-filename", "x/page.html", text=page).stdout
    assert b"title='jap'" in fixed
    assert b"in eastern Europe" in fixed
    assert run("fix", "--format", "text", "--field", "x", text=SPUN.encode()).stdout == FIXED.encode()


def test_encodings(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_bytes(SPUN.encode() + b"caf\xe9 \x93x\x94\r")
    fails(run("fix", "-i", article), "a.txt: not valid UTF-8", "--encoding cp1252")
    assert article.read_bytes() == SPUN.encode() + b"caf\xe9 \x93x\x94\r"
    assert run("fix", "-i", "--encoding", "windows-1252", article).returncode == 0
    assert article.read_bytes() == despin.fix_text(SPUN + "café “x”\r").encode("cp1252")
    fails(run("check", "--encoding", "klingon", article), "klingon", "cp1252")
    fails(run("check", "--encoding", "utf-7", article), "utf-7")


def test_exit_codes(folder: Path) -> None:
    def code(*args: str) -> int:
        return run(*args, cwd=folder).returncode

    assert code("check", ".") == 1
    assert code("check", "--exit-zero", ".") == 0
    assert code("check", "--exit-zero", ".", "none.txt") == 2
    assert code("fix", "--diff", ".") == 0
    assert code("fix", "--diff", "--exit-non-zero-on-fix", ".") == 1
    assert code("fix", "--check", "--exit-zero", ".") == 0
    assert code("fix", "-i", "--exit-non-zero-on-fix", ".") == 1
    assert code("fix", "-i", "--exit-non-zero-on-fix", ".") == 0


def test_quiet_and_verbose(folder: Path) -> None:
    done = run("check", "-q", ".", "none.txt", cwd=folder)
    assert done.stderr.count(b"\n") == 1
    assert b"none.txt" in done.stderr
    done = run("check", "-v", ".", cwd=folder)
    assert "a.txt:1:14: “mentioned” was “said” (" in done.stdout.decode()
    assert b"left out: picture.txt: looks like a binary file" in done.stderr
    assert b"left out: numbers.csv" in done.stderr
    assert run("fix", "--word-diff", "-q", "a.txt", cwd=folder).stderr == b""


def test_score_goes_over_folders(folder: Path) -> None:
    rows = json.loads(run("score", ".", "--output-format", "json", cwd=folder).stdout)
    assert {row["path"]: row["spun"] for row in rows} == {
        name: name != "clean.txt" for name in [*SPUN_FILES, "clean.txt"]
    }
    text = run("score", ".", cwd=folder).stdout.decode()
    assert "clean.txt: clean, probability" in text
    assert "e.csv: spun (dialect A" in text
    assert run("score", "none.txt", cwd=folder).returncode == 2


@pytest.mark.parametrize("output_format", ["jsonl", "github", "sarif", "m2"])
def test_every_report_tells_of_every_file(folder: Path, output_format: str) -> None:
    done = run("check", "--output-format", output_format, ".", cwd=folder, GITHUB_STEP_SUMMARY="")
    assert (done.returncode, done.stderr) == (1, b"")
    words = ["jap", "eastern"] if output_format == "m2" else SPUN_FILES[:1] + SPUN_FILES[-1:]
    assert all(word in done.stdout.decode() for word in words)


def test_json_of_several_files_and_stdin(folder: Path) -> None:
    done = run("check", "--output-format", "json", "-", "a.txt", "clean.txt", cwd=folder, text=SPUN.encode())
    assert done.returncode == 1
    rows = json.loads(done.stdout)
    assert {row["path"] for row in rows} == {"-", "a.txt"}
    assert json.loads(run("fix", "--output-format", "json", "clean.txt", cwd=folder).stdout) == []


@pytest.mark.parametrize(
    ("args", "messages"),
    [
        (["check", "none.txt"], ["none.txt: no such file"]),
        (["check", ".", "--exclude", "[a"], ["'[a' is no pattern"]),
        (["check", "a.txt", "--include", "!"], ["'!' is no pattern"]),
        (["check", "a.txt", "--config", "none.toml"], ["none.toml: cannot be read"]),
        (["check", "a.txt", "--dictionary", "none.yaml"], ["none.yaml: cannot be read"]),
        (["fix", "--diff", "--output-format", "json", "a.txt"], ["ask for one of"]),
        (["fix", "-i", "--output-format", "json", "a.txt"], ["-i writes"]),
        (["fix", "a.txt", "clean.txt"], ["need -i"]),
    ],
)
def test_an_error_is_one_line_that_says_what_to_do(
    folder: Path, args: list[str], messages: list[str]
) -> None:
    before = contents(folder)
    fails(run(*args, cwd=folder), *messages)
    assert contents(folder) == before


def test_a_file_that_cannot_be_written_is_told_and_the_rest_is_done(folder: Path) -> None:
    (folder / "hard.txt").hardlink_to(folder / "a.txt")
    done = run("fix", "-i", "a.txt", "e.csv", cwd=folder)
    assert done.returncode == 2
    assert b"a.txt: has other hard links" in done.stderr
    assert b"Traceback" not in done.stderr
    assert (folder / "a.txt").read_text() == document("text", [" ".join(PARAGRAPHS)])
    assert b"eastern" in (folder / "e.csv").read_bytes()


def test_a_size_limit_leaves_every_file_whole(folder: Path) -> None:
    long = folder / "long.txt"
    long.write_text(SPUN * 40)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    command = [sys.executable, "-m", "despin", "fix", "-i", "long.txt", "a.txt"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, preexec_fn=limit)
    assert done.returncode == 2
    assert b"long.txt: cannot be written (File too large); the file was left as it was" in done.stderr
    assert long.read_text() == SPUN * 40
    assert b"eastern" in (folder / "a.txt").read_bytes()


@pytest.mark.parametrize("command", [["fix", "--diff"], ["check", "-v"], ["score"], ["config"]])
def test_a_broken_pipe_is_quiet(folder: Path, command: list[str]) -> None:
    where = [] if command == ["config"] else ["."]
    read, write = os.pipe()
    os.close(read)
    process = subprocess.Popen(
        [sys.executable, "-m", "despin", *command, *where], cwd=folder, stdout=write, stderr=subprocess.PIPE
    )
    os.close(write)
    _, said = process.communicate()
    assert process.returncode == 0
    assert [line for line in said.decode().splitlines() if "would restore" not in line] == []


Many = dict[Path, tuple[str, str]]  # the old text of each file, and the new one


@pytest.fixture
def many(tmp_path: Path) -> Many:
    article = SPUN * 6
    fixed = despin.fix_text(article)
    assert fixed != article
    texts = {}
    for number in range(150):
        last = "Nobody was hurt.\n" * (number % 7)
        path = tmp_path / f"{number:03}.txt"
        path.write_text(article + last)
        texts[path] = article + last, fixed + last
    return texts


def whole(many: Many) -> int:
    """Assert that every file has its old or its new text; return how many have the new one."""
    new = 0
    for path, texts in many.items():
        assert path.read_text() in texts
        new += path.read_text() == texts[1]
    return new


@pytest.mark.parametrize("to_all", [True, False], ids=["terminal", "one process"])
def test_ctrl_c_leaves_every_file_whole_and_says_nothing(many: Many, tmp_path: Path, to_all: bool) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "despin", "fix", "-i", "-j2", "."], cwd=tmp_path, stderr=subprocess.PIPE,
        start_new_session=True,
        # Tests that a shell runs in the background are deaf to Ctrl-C, and so would be what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )  # fmt: skip
    assert process.stderr is not None
    assert b"restored" in process.stderr.readline()
    if to_all:
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert [line for line in said.decode().splitlines() if ": restored " not in line] == []
    assert 0 < whole(many) < len(many)
    assert not list(tmp_path.glob(".*"))


@pytest.mark.slow
def test_a_kill_leaves_every_file_whole(many: Many, tmp_path: Path) -> None:
    done = []
    for turn in range(30):
        process = subprocess.Popen(
            [sys.executable, "-m", "despin", "fix", "-q", "-i", "-j2", "."],
            cwd=tmp_path,
            start_new_session=True,
        )
        time.sleep(0.2 + 0.05 * turn)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        done.append(whole(many))
        for path, (old, _) in many.items():
            path.write_text(old)
    assert any(0 < count < len(many) for count in done)


def test_what_was_refused_is_not_counted(folder: Path) -> None:
    (folder / "other.txt").hardlink_to(folder / "a.txt")
    done = run("fix", "-i", "a.txt", "other.txt", "clean.txt", cwd=folder)
    assert done.returncode == 2
    assert b"0 of 3 files changed, 0 edits" in done.stderr


def test_a_patch_names_files_from_the_working_directory_or_from_the_root(folder: Path) -> None:
    outside = (folder / "a.txt").as_posix().encode()
    for name in ("../a.txt", folder / "a.txt"):
        assert run("fix", "--diff", name, cwd=folder / "deep").stdout.startswith(b"--- a" + outside)
    for name in ("deep/../a.txt", "./a.txt", folder / "a.txt"):
        assert run("fix", "--diff", name, cwd=folder).stdout.startswith(b"--- a/a.txt")


def test_an_empty_list_of_excludes_excludes_nothing(folder: Path) -> None:
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / "x.txt").write_text(SPUN)
    assert b"node_modules" not in run("check", ".", cwd=folder).stderr
    (folder / "despin.toml").write_text("exclude = []\n")
    assert b"node_modules/x.txt" in run("check", ".", cwd=folder).stderr


def test_lines_are_counted_alike_whatever_ends_them(tmp_path: Path) -> None:
    (tmp_path / "cr.txt").write_bytes(SPUN.replace("\n", "\r").encode())
    said = run("check", "-v", "cr.txt", cwd=tmp_path).stdout.decode()
    rows = json.loads(run("check", "--output-format", "json", "cr.txt", cwd=tmp_path).stdout)
    assert [line.split(": ")[0] for line in said.splitlines()] == [
        f"cr.txt:{row['line']}:{row['column']}" for row in rows
    ]
    score = json.loads(run("score", "--output-format", "json", "cr.txt", cwd=tmp_path).stdout)[0]
    lines = {int(told.split(":")[0].removeprefix("line ")) for told in score["evidence"]}
    assert len(lines) > 1
    assert lines <= {row["line"] for row in rows}


def test_a_name_that_is_no_utf_8_is_told_in_every_format(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text(SPUN)
    for output in ("json", "jsonl", "github", "sarif", "m2", "diff"):
        done = run("check", "--output-format", output, ".", cwd=tmp_path, GITHUB_STEP_SUMMARY="summary.md")
        assert (done.returncode, done.stderr) == (1, b""), output
    assert b"caf" in (tmp_path / "summary.md").read_bytes()
