"""The schemas against what the commands write, and against the examples of docs/output-formats.md."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from despin.report import Report, render

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "src" / "despin" / "data" / "schemas"
PAGE = (ROOT / "docs" / "output-formats.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json ([\w-]+)\n(.*?)```", PAGE, re.DOTALL)
SPUN = "He mentioned troops in jap Europe, the place he mentioned folks face a unfavorable outlook.\n"


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def output(*args: str) -> str:
    command = [sys.executable, "-m", "despin", *args]
    return subprocess.run(command, input=SPUN, capture_output=True, text=True, check=True).stdout


def test_every_schema_is_valid_named_after_its_file_and_shown_in_the_page() -> None:
    names = sorted(path.stem for path in SCHEMAS.glob("*.json"))
    assert [validator(name).schema["$id"] for name in names] == [
        f"urn:despin:schema:{name}" for name in names
    ]
    assert sorted([name for name, _ in EXAMPLES] + ["config-1"]) == names  # what is read, not written


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_the_examples_of_the_page_fit(name: str, example: str) -> None:
    assert not list(validator(name).iter_errors(json.loads(example)))


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_no_key_may_be_missing_or_new(name: str, example: str) -> None:
    value = json.loads(example)
    row = value[0] if isinstance(value, list) else value
    spoilt = [{**row, "new": 1}, *({k: v for k, v in row.items() if k != key} for key in row)]
    for other in spoilt:
        assert not validator(name).is_valid([other] if isinstance(value, list) else other)


def test_edits_fit(report: Report) -> None:
    rows = json.loads(render("json", [report]))
    assert rows
    validator("edits-1").validate(rows)
    lines = render("jsonl", [report]).splitlines()
    validator("edits-1").validate([json.loads(line) for line in lines])


def test_score_fits() -> None:
    (row,) = rows = json.loads(output("score", "--output-format", "json"))
    assert row["path"] == "-"
    validator("score-1").validate(rows)


def test_candidates_fit() -> None:
    rows = [json.loads(line) for line in output("candidates", "-").splitlines()]
    assert rows
    for row in rows:
        validator("candidates-1").validate(row)


def test_explanations_fit() -> None:
    found = json.loads(output("explain", "-", "--assume", "spun", "--output-format", "json"))
    assert found["edits"]
    validator("explain-1").validate(found)


def test_words_fit() -> None:
    found = json.loads(output("explain", "jap", "--output-format", "json"))
    assert found["stands_for"]
    validator("word-1").validate(found)


def test_the_other_examples_of_the_page_are_what_the_formats_write() -> None:
    from despin.edits import Edit

    text = "He mentioned it in jap Europe."
    edits = [
        Edit(3, 12, "mentioned", "said", "newswire:mention/verb", 0.97),
        Edit(19, 22, "jap", "eastern", "newswire:jap/adj", 0.99),
    ]
    shown = dict(re.findall(r"```text ([\w-]+)\n(.*?)```", PAGE, re.DOTALL))
    path = "news/kyiv.txt"
    assert shown["github"] == render("github", [Report(path, text, edits[:1], [])])
    assert f"{shown['m2']}\n" == render("m2", [Report(path, text, edits, [])])
