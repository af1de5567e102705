"""Every command of the README, the docs and the examples is run, as a reader would run it.

A command is run as it stands, in a folder that holds what the pages name, and must exit with 0.
What cannot be run so has a line in ``RULES``: another exit code, or a smaller stand-in.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.cli.process import CLEAN, SPUN
from tests.pages import commands, inline
from tests.shell import ROOT, sh
from tools.shell.parser import commands as parsed

import despin

PAGES = sorted(
    {
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "examples").rglob("README.md"),
    }
)


class Rule(NamedTuple):
    """How a command is run that does not run as it stands."""

    code: int = 0
    #: What is run in its place.
    instead: str = ""
    #: Another test runs it, from here.
    elsewhere: str = ""


def _help(program: str, *options: str) -> Rule:
    """Return the rule to look only whether ``program`` has ``options``."""
    looked_for = " && ".join(f"grep -q -e '{option}' help" for option in options)
    return Rule(instead=f"{program} --help > help" + (f" && {looked_for}" if options else ""))


_VENV = "python -m venv --without-pip .venv"
RULES = {
    # .ci/run and tests/test_install.py install; here only what comes after it is run.
    "python3 -m venv .venv && .venv/bin/pip install -q . && "
    ".venv/bin/despin fix --word-diff seeds/000_a492ddeb8d8c52c2.txt": Rule(
        instead=f"{_VENV} && despin fix --word-diff seeds/000_a492ddeb8d8c52c2.txt"
    ),
    "python3 -m venv .venv && .venv/bin/pip install -q '.[test]' && "
    ".venv/bin/python -m pytest -q -n auto": Rule(elsewhere=".ci/run"),
    'curl -s "$URL" | despin fix | less': Rule(instead="cat article.txt | despin fix | cat"),
    "despin fix --check articles/": Rule(1),
    "despin check articles": Rule(1),
    "despin check articles/": Rule(1),
    "despin check --no-cache articles/": Rule(1),
    "despin check --output-format github articles": Rule(1),
    "despin check --isolated articles/": Rule(1),
    "despin check --include '*.txt' --extend-exclude archive/ articles/": Rule(1),
    "despin fix -i --exit-non-zero-on-fix articles": Rule(1),
    "despin learn spun/ originals/ --to candidates.yaml": Rule(
        instead="rm candidates.yaml && despin learn spun/ originals/ --to candidates.yaml"
    ),
    "pip install -e '.[tools]'": Rule(instead="grep -q '^tools = ' pyproject.toml"),
    # All packs are read by tests/lexicon/test_lint.py; they take seconds.
    "despin dict show mentioned": Rule(instead="despin dict show mentioned dictionaries/newswire.yaml"),
    "despin dict lint && despin dict stats": Rule(
        instead="despin dict lint dictionaries/life.yaml && despin dict stats dictionaries/life.yaml"
    ),
    # Measurements: over a small folder of one's own.
    **{
        f"despin evaluate benchmarks/data/{name} --baselines": Rule(
            instead="despin evaluate my-articles --baselines"
        )
        for name in ("seed", "dev", "test", "hands", "blind", "fresh")
    },
    "python benchmarks/calibration.py benchmarks/data/dev": Rule(
        instead="python benchmarks/calibration.py my-articles"
    ),
    "python benchmarks/calibration.py benchmarks/data/test --svg docs/reliability.svg": Rule(
        instead="python benchmarks/calibration.py my-articles --svg new.svg && test -s new.svg"
    ),
    "python benchmarks/speed.py --corpus CORPUS_DIR": _help("python benchmarks/speed.py", "--corpus"),
    "python benchmarks/scale.py CORPUS_DIR --words 93000 --attested": _help(
        "python benchmarks/scale.py", "--attested"
    ),
    "python benchmarks/coverage.py --corpus CORPUS_DIR": _help("python benchmarks/coverage.py", "--corpus"),
    **{
        f"python benchmarks/pieces.py {folders}{words}": _help("python benchmarks/pieces.py", "--words")
        for folders in (" ".join(f"benchmarks/data/{name}" for name in ("dev", "test", "hands", "blind")),)
        for words in ("", " --words 90")
    },
    "python benchmarks/speed.py": Rule(instead="python benchmarks/speed.py --runs 1"),
    # Too long for a test, or in need of a corpus: that the program is there and knows its options.
    "python -m benchmarks.quality": _help("python -m benchmarks.quality"),
    "python benchmarks/scale.py CORPUS_DIR --words 93000": _help("python benchmarks/scale.py", "--words"),
    "python benchmarks/coverage.py --articles benchmarks/data/dev --articles benchmarks/data/test "
    "--articles benchmarks/data/hands --pairs PAIRS.tsv --science TORTURED.tsv": _help(
        "python benchmarks/coverage.py", "--articles", "--pairs", "--science"
    ),
    "python benchmarks/learning.py benchmarks/data/hands benchmarks/data/dev benchmarks/data/test": _help(
        "python benchmarks/learning.py", "learn on"
    ),
    "python -m tools.measure_lexicon CORPUS_DIR REPORT.tsv --passes 12 --write": _help(
        "python -m tools.measure_lexicon", "--passes", "--write"
    ),
    "python -m tools.measure_lexicon CORPUS_DIR REPORT.tsv --passes 4 --as-shipped --draw fresh": _help(
        "python -m tools.measure_lexicon", "--as-shipped", "--draw"
    ),
    "python -m tools.list_pairs UNION_PAIRS.tsv.gz": _help("python -m tools.list_pairs", "pairs"),
    "python -m tools.count_hands benchmarks/data/train": _help("python -m tools.count_hands", "folder"),
    "python -m tools.fit_prior benchmarks/data/train benchmarks/data/dev benchmarks/data/hands "
    "benchmarks/data/blind": _help("python -m tools.fit_prior", "hands", "articles"),
    "python -m tools.train CORPUS_DIR": _help("python -m tools.train"),
    "python -m tools.train.hands benchmarks/data/train": _help("python -m tools.train.hands", "folder"),
}
#: Programs of ours that need what `pip install -e '.[test]'` leaves out.
_TOOLS = ("-m tools.train",)
#: A page that its own test follows from top to bottom.
_FOLLOWED = ROOT / "examples" / "newsroom" / "README.md"
CASES = [
    pytest.param(page, line, id=f"{page.relative_to(ROOT).as_posix()}: {line[:60]}")
    for page in PAGES
    if page != _FOLLOWED
    for line in dict.fromkeys(commands(page))
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds what the pages name."""
    original = despin.fix_text(SPUN)
    for name in ("articles", "spun", "originals", "my-articles", "docs"):
        (tmp_path / name).mkdir()
    for name, text in {
        "article.txt": SPUN,
        "articles/a.txt": SPUN,
        "articles/clean.md": CLEAN,
        "spun/a.spun.txt": SPUN,
        "originals/a.orig.txt": original,
        "my-articles/a.spun.txt": SPUN,
        "my-articles/a.orig.txt": original,
        "my-articles/clean-a.txt": CLEAN,
        "despin.toml": "jobs = 1\n",
        "candidates.yaml": _block(ROOT / "docs" / "dictionaries.md", "pack: mine"),
        "mine.yaml": _block(ROOT / "docs" / "dictionaries.md", "pack: mine"),
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("src", "dictionaries", "tools", "seeds", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    ignored = shutil.ignore_patterns("__pycache__", "test")  # the half that nobody reads
    shutil.copytree(ROOT / "benchmarks", tmp_path / "benchmarks", ignore=ignored)
    assert sh("git init -q", tmp_path).returncode == 0
    return tmp_path


def _block(page: Path, beginning: str) -> str:
    """Return the YAML block of a page that begins so."""
    blocks = re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    (found,) = [block for block in blocks if block.startswith(beginning)]
    return str(found)


@pytest.mark.parametrize(("page", "line"), CASES)
def test_a_command_of_a_page_runs(folder: Path, page: Path, line: str) -> None:
    rule = RULES.get(line, Rule())
    if rule.elsewhere:
        text = (ROOT / rule.elsewhere).read_text(encoding="utf-8")
        assert page.name in text  # it reads the page for its commands
        return
    if any(name in line for name in _TOOLS):
        pytest.importorskip("numba", reason="needs the extra: pip install -e '.[tools]'")
    done = sh(rule.instead or line, folder)
    assert done.returncode == rule.code, f"{done.stdout[-500:]}\n{done.stderr[-1000:]}"


def test_no_rule_is_left_over() -> None:
    shown = {line for page in PAGES for line in commands(page)}
    assert not set(RULES) - shown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_command_in_the_text_names_commands_and_options_that_there_are(page: Path) -> None:
    known = {command.names: command for command in parsed()}
    for code in inline(page):
        words = code.split()[1:]
        names = next(tuple(words[:length]) for length in (2, 1, 0) if tuple(words[:length]) in known)
        assert names or words[0].startswith("-"), code
        options = {name for option in known[names].options for name in option.names}
        given = {word.strip("[],").partition("=")[0] for word in words if word.strip("[").startswith("-")}
        assert given - {"-"} <= options, code


def test_commands_are_found_in_blocks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "```sh\n# only a remark\na b   # why\nc \\\n    d | e\npython -c \"\nprint('x') # y\"\n```\n"
        "```console\n$ f > g\nout\n```\n```python\nnot()\n```\nAnd `despin  x\n--y`, `despin`.\n",
        encoding="utf-8",
    )
    assert commands(page) == ["a b", "c d | e", "python -c \"\nprint('x') # y\"", "f > g"]
    assert inline(page) == ["despin x --y"]
