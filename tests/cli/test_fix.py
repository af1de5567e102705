"""``despin fix`` as a user meets it: a process, its streams and its exit code."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import despin

SPUN = (
    "The minister mentioned on Wednesday that troops in jap Europe have been prepared.\n\n"
    "He met the president in Kyiv, the place he mentioned folks have been killed within the preventing.\n"
)
CLEAN = "The minister said on Wednesday that troops were ready.\n"
SEED = Path(__file__).parents[2] / "seeds" / "000_a492ddeb8d8c52c2.txt"


def run(
    *args: str, text: str | bytes = b"", cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[bytes]:
    data = text.encode() if isinstance(text, str) else text
    environment = {**os.environ, **env}
    return subprocess.run(
        [sys.executable, "-m", "despin", *args],
        input=data,
        capture_output=True,
        cwd=cwd,
        env=environment,
        check=False,
    )


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(SPUN, encoding="utf-8")
    return path


FIXED = despin.fix_text(SPUN)


def test_the_sample_is_repaired() -> None:
    assert "eastern Europe" in FIXED
    assert "in Kyiv, where he said people were killed in the" in FIXED


@pytest.mark.parametrize("args", [["fix"], ["fix", "-"]])
def test_a_pipe_gets_the_text_alone(args: list[str]) -> None:
    done = run(*args, text=SPUN)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, FIXED, b"")


def test_a_file_into_a_pipe_gets_the_text_alone(article: Path) -> None:
    done = run("fix", str(article))
    assert (done.returncode, done.stdout.decode()) == (0, FIXED)
    assert article.read_text(encoding="utf-8") == SPUN


def test_bytes_outside_edits_stay() -> None:
    data = b"\xef\xbb\xbf" + SPUN.replace("\n", "\r\n").encode() + "  ’é\t\r\n ".encode()
    expected = b"\xef\xbb\xbf" + FIXED.replace("\n", "\r\n").encode() + "  ’é\t\r\n ".encode()
    assert run("fix", text=data).stdout == expected


def test_empty_input_gives_empty_output() -> None:
    done = run("fix", text="")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_word_diff_is_plain_in_a_pipe(article: Path) -> None:
    done = run("fix", "--word-diff", str(article))
    assert "in [-jap-]{+eastern+} Europe" in done.stdout.decode()
    assert b"\x1b" not in done.stdout
    assert b"edits" in done.stderr
    assert b"spin rate" in done.stderr


def test_word_diff_is_coloured_when_asked(article: Path) -> None:
    assert b"\x1b[" in run("fix", "--word-diff", "--color", "always", str(article)).stdout
    assert b"\x1b[" in run("fix", "--word-diff", str(article), FORCE_COLOR="1").stdout
    assert b"\x1b" not in run("fix", "--word-diff", "--color", "never", str(article), FORCE_COLOR="1").stdout


def test_a_terminal_sees_the_coloured_diff(article: Path) -> None:
    master, slave = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "FORCE_COLOR"}}
    process = subprocess.Popen(
        [sys.executable, "-m", "despin", "fix", str(article)],
        stdin=slave, stdout=slave, stderr=slave, env={**environment, "TERM": "xterm-256color"},
    )  # fmt: skip
    os.close(slave)
    seen = b""
    while True:
        try:
            piece = os.read(master, 4096)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    assert process.wait() == 0
    assert b"\x1b[" in seen
    assert b"eastern" in seen
    assert b"spin rate" in seen


def test_in_place_writes_and_exits_0(article: Path) -> None:
    done = run("fix", "-i", str(article))
    assert (done.returncode, done.stdout) == (0, b"")
    assert article.read_text(encoding="utf-8") == FIXED
    again = run("fix", "-i", str(article))
    assert (again.returncode, again.stderr) == (0, b"")


def test_check_says_1_and_writes_nothing(article: Path) -> None:
    done = run("fix", "--check", str(article))
    assert done.returncode == 1
    assert b"would restore" in done.stderr
    assert article.read_text(encoding="utf-8") == SPUN
    article.write_text(CLEAN, encoding="utf-8")
    assert run("fix", "--check", str(article)).returncode == 0


def test_diff_is_a_patch_for_git(article: Path) -> None:
    done = run("fix", "--diff", "article.txt", cwd=article.parent)
    assert done.returncode == 0
    subprocess.run(["git", "init", "-q"], cwd=article.parent, check=True)
    subprocess.run(["git", "apply", "-"], cwd=article.parent, input=done.stdout, check=True)
    assert article.read_text(encoding="utf-8") == FIXED


def test_diff_with_check_says_1(article: Path) -> None:
    done = run("fix", "--diff", "--check", str(article))
    assert done.returncode == 1
    assert done.stdout.startswith(b"--- a/")


def test_json_is_the_edit_list_alone(article: Path) -> None:
    done = run("fix", "--output-format", "json", str(article))
    rows = json.loads(done.stdout)
    assert done.returncode == 0
    place = {"path", "line", "column", "start", "end"}
    assert set(rows[0]) == place | {"spun", "original", "entry", "confidence", "reasons"}
    fixed = SPUN
    for row in reversed(rows):
        assert SPUN[row["start"] : row["end"]] == row["spun"]
        fixed = fixed[: row["start"]] + row["original"] + fixed[row["end"] :]
    assert fixed == FIXED


def test_min_confidence_is_a_floor(article: Path) -> None:
    rows = json.loads(run("fix", "--output-format", "json", "--min-confidence", "0.99", str(article)).stdout)
    assert all(row["confidence"] >= 0.99 for row in rows)
    assert len(rows) < len(json.loads(run("fix", "--output-format", "json", str(article)).stdout))


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["fix", "none.txt"], "no such file"),
        (["fix", "."], "need -i"),
        (["fix", "a.txt", "b.txt"], "need -i"),
        (["fix", "-i", "-"], "stdin cannot be written"),
        (["fix", "-i", ""], "one of the names is empty"),
        (["fix", "x" * 300], "File name too long"),
        (["fix", "--min-confidence", "nan", "a.txt"], "nan is no number"),
        (["fix", "-i", "--diff", "a.txt"], "-i writes"),
        (["fix", "--min-confidence", "2", "a.txt"], "min-confidence"),
        (["fix", "--dictionary", "none.txt", "a.txt"], "none.txt"),
    ],
)
def test_bad_usage_is_2_and_says_what_to_do(tmp_path: Path, args: list[str], message: str) -> None:
    done = run(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0", b"caf\xe9 jap Europe", b"\xff\xfe\x00\xd8\x00"])
def test_what_is_no_text_is_left_alone_and_the_others_done(article: Path, data: bytes) -> None:
    bad = article.with_name("bad.txt")
    bad.write_bytes(data)
    done = run("fix", "-i", str(bad), str(article))
    assert done.returncode == 2
    assert bad.read_bytes() == data
    assert article.read_text(encoding="utf-8") == FIXED
    assert b"Traceback" not in done.stderr


def test_a_folder_is_done_whole(article: Path) -> None:
    other = article.parent / "sub" / "clean.txt"
    other.parent.mkdir()
    other.write_text(CLEAN, encoding="utf-8")
    assert run("fix", "-i", str(article.parent)).returncode == 0
    assert article.read_text(encoding="utf-8") == FIXED
    assert other.read_text(encoding="utf-8") == CLEAN


def test_a_broken_pipe_is_quiet() -> None:
    command = f"{sys.executable} -m despin fix {SEED} --word-diff 2>&1 >&3 | cat; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", f"({command}) 3>&1 | true"], capture_output=True, check=False)
    assert b"Traceback" not in done.stdout + done.stderr
    assert b"BrokenPipe" not in done.stdout + done.stderr


def test_assume_clean_changes_nothing(article: Path) -> None:
    assert run("fix", "--assume", "clean", str(article)).stdout.decode() == SPUN


def test_quotes_repair_opens_speech() -> None:
    text = SPUN + "\nHe said: “Folks in jap Europe have been killed within the preventing.”\n"
    assert "“Folks in jap" in run("fix", text=text).stdout.decode()
    assert "“People in eastern Europe" in run("fix", "--quotes", "repair", text=text).stdout.decode()


def test_own_dictionary_goes_first(article: Path) -> None:
    own = article.with_name("own.txt")
    own.write_text("jap->western # ours\n!mentioned\n", encoding="utf-8")
    fixed = run("fix", "--dictionary", str(own), text=SPUN).stdout.decode()
    assert "western Europe" in fixed
    assert "mentioned" in fixed


def test_a_bad_dictionary_names_the_line(article: Path) -> None:
    own = article.with_name("own.txt")
    own.write_text("jap->western\nnonsense\n", encoding="utf-8")
    done = run("fix", "--dictionary", str(own), str(article))
    assert done.returncode == 2
    assert b"own.txt:2:" in done.stderr


def test_version_and_help() -> None:
    assert run("--version").stdout.decode().strip() == f"despin {despin.__version__}"
    assert b"Exit codes: 0" in run("fix", "--help").stdout


@pytest.mark.parametrize("redirection", [">/dev/full", ">&-", "<&-"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_streams_that_are_full_or_closed_are_an_error_of_one_line(redirection: str) -> None:
    command = f"echo jap Europe | {sys.executable} -m despin fix - {redirection}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)


def test_a_word_diff_with_check_says_1(article: Path) -> None:
    done = run("fix", "--check", "--word-diff", str(article))
    assert (done.returncode, b"{+" in done.stdout) == (1, True)
