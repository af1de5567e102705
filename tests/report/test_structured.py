from __future__ import annotations

import json

from despin.report import Report
from despin.report.structured import json_array, json_lines

KEYS = ["path", "line", "column", "start", "end", "spun", "original", "entry", "confidence", "reasons"]


def test_json_is_the_edits_of_all_files_alone(report: Report) -> None:
    rows = json.loads(json_array([report, Report("b.txt", "", [], []), report]))
    assert [row["spun"] for row in rows] == [edit.spun for edit in report.edits] * 2
    assert {tuple(row) for row in rows} == {tuple(KEYS)}
    assert [(row["line"], row["column"]) for row in rows[:3]] == [(1, 4), (1, 40), (4, 7)]
    assert all(report.text[row["start"] : row["end"]] == row["spun"] for row in rows)


def test_jsonl_is_the_same_objects_one_a_line(report: Report) -> None:
    lines = json_lines([report, report]).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(json_array([report, report]))


def test_nothing_found_is_an_empty_array_and_no_line() -> None:
    nothing = [Report("b.txt", "text", [], [])]
    assert (json_array(nothing), json_lines(nothing)) == ("[]\n", "")
