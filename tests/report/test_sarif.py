from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker

from despin.edits import Edit, apply_edits
from despin.report import Report
from despin.report.sarif import sarif_log

SCHEMA = json.loads((Path(__file__).parents[1] / "data/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
OFFICIAL = Draft7Validator(SCHEMA, format_checker=FormatChecker())


def run_of(reports: Iterable[Report]) -> dict[str, Any]:
    log = json.loads(sarif_log(reports))
    OFFICIAL.validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def results_of(*reports: Report) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = run_of(reports)["results"]
    return results


def prints_of(report: Report) -> list[str]:
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results_of(report)]


def mentions(text: str) -> Report:
    starts = [at for at in range(len(text)) if text.startswith("mentioned", at)]
    edits = [Edit(at, at + 9, "mentioned", "said", "a:mention/verb", 0.9) for at in starts]
    return Report("a.txt", text, edits, [])


def test_the_official_schema_takes_it_and_refuses_what_is_none(report: Report) -> None:
    log = json.loads(sarif_log([report, report]))
    OFFICIAL.validate(log)
    log["runs"][0]["results"][0]["level"] = "bad"
    assert not OFFICIAL.is_valid(log)


def test_no_result_is_a_valid_log() -> None:
    assert run_of([])["results"] == run_of([Report("a.txt", "x", [], [])])["results"] == []


def test_edits_are_warnings_and_suggestions_notes_by_place(report: Report) -> None:
    results = results_of(report)
    assert [result["level"] for result in results] == ["warning", "note", *["warning"] * 4]
    assert results[0]["rank"] == 97


def test_rules_are_the_entries_each_once(report: Report) -> None:
    run = run_of([report, report])
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert sorted(rules) == sorted({edit.entry for edit in [*report.edits, *report.suggestions]})
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])


def test_the_region_says_the_same_by_line_and_by_offset(report: Report) -> None:
    run = run_of([report])
    assert run["columnKind"] == "unicodeCodePoints"
    lines = report.text.replace("\r\n", "\n").split("\n")
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        spun = region["snippet"]["text"]
        assert report.text[region["charOffset"] :][: region["charLength"]] == spun
        first = lines[region["startLine"] - 1][region["startColumn"] - 1 :]
        if region["startLine"] == region["endLine"]:
            assert first[: region["endColumn"] - region["startColumn"]] == spun
        else:
            assert f"{first}\n{lines[region['endLine'] - 1][: region['endColumn'] - 1]}" == spun


def test_the_fixes_of_all_warnings_make_the_repaired_text(report: Report) -> None:
    fixed = report.text
    for result in reversed([result for result in results_of(report) if result["level"] == "warning"]):
        (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
        start = replacement["deletedRegion"]["charOffset"]
        end = start + replacement["deletedRegion"]["charLength"]
        fixed = fixed[:start] + replacement["insertedContent"]["text"] + fixed[end:]
    assert fixed == apply_edits(report.text, report.edits)


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("news/a b,ü%.txt", {"uri": "news/a%20b%2C%C3%BC%25.txt", "uriBaseId": "SRCROOT"}),
        ("./a.txt", {"uri": "a.txt", "uriBaseId": "SRCROOT"}),
        ("a:b.txt", {"uri": "a%3Ab.txt", "uriBaseId": "SRCROOT"}),  # no scheme
        ("/tmp/a b.txt", {"uri": "file:///tmp/a%20b.txt"}),
        ("C:/a b.txt", {"uri": "file:///C:/a%20b.txt"}),
    ],
)
def test_paths_become_uris(path: str, location: dict[str, str]) -> None:
    report = mentions("He mentioned it.")
    run = run_of([Report(path, report.text, report.edits, [])])
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == location
    assert "SRCROOT" in run["originalUriBaseIds"]


def test_braces_and_brackets_of_the_copy_are_no_markup_of_a_message() -> None:
    edit = Edit(0, 8, "{that a}", "[that] a", "rule:leaked-braces", 0.9)
    (result,) = results_of(Report("a.txt", "{that a} x", [edit], []))
    assert "“{{that a}}” probably read “\\[that\\] a”" in result["message"]["text"]
    assert (
        result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == "[that] a"
    )


STORY = "One.\n\nOn Monday the mayor mentioned the flood to a crowd.\nAnd he mentioned rain.\n"


@pytest.mark.parametrize(
    "moved",
    [
        "A new first line.\n\nAnd another.\n" + STORY,
        STORY.replace("mayor ", "mayor\n"),  # wrapped anew
        STORY.replace("\n", "\r\n"),
        STORY.replace("One.", "Two."),
    ],
)
def test_fingerprints_survive_moved_lines(moved: str) -> None:
    assert prints_of(mentions(moved)) == prints_of(mentions(STORY))


def test_fingerprints_tell_pairs_words_around_and_occurrences_apart() -> None:
    prints = prints_of(mentions(STORY))
    assert len(set(prints)) == 2
    assert set(prints).isdisjoint(prints_of(mentions(STORY.replace("flood", "fire")))[:1])
    twice = prints_of(mentions("He mentioned so. " * 9))
    assert len(set(twice)) == 9
    inner = [print_.split(":")[0] for print_ in twice[2:7]]
    assert len(set(inner)) == 1  # the words around are the same: the counter alone tells them apart
    assert [print_.split(":")[1] for print_ in twice[2:7]] == sorted(p.split(":")[1] for p in twice[2:7])


@given(st.text(min_size=1), st.text(), st.text(), st.text(min_size=1))
def test_any_text_gives_a_valid_log(spun: str, before: str, original: str, path: str) -> None:
    edit = Edit(len(before), len(before) + len(spun), spun, original, "user:x/phrase", 0.5, (original,))
    assert len(results_of(Report(path.replace("\\", "/"), before + spun, [edit], [edit]))) == 2
