from __future__ import annotations

from dataclasses import replace

from despin.edits import Edit
from despin.report import Report
from despin.report.github import MOST, step_summary, workflow_commands


def of(edits: list[Edit], suggestions: list[Edit] | None = None, path: str = "a.txt") -> Report:
    return Report(path, "mentioned " * 40, edits, suggestions or [])


def numbered(number: int, confidence: float = 0.9) -> Edit:
    return Edit(10 * number, 10 * number + 9, "mentioned", f"said{number}", "a:mention/verb", confidence)


def test_an_edit_is_a_warning_and_a_suggestion_a_notice(report: Report) -> None:
    lines = workflow_commands([report]).splitlines()
    assert lines[0] == (
        "::warning file=news/a b%2Cü.txt,line=1,col=4,endLine=1,endColumn=13,title=despin a%3Amention/verb"
        "::restore “said” for “mentioned” (confidence 0.97): “mentioned” is spun"
    )
    assert lines[5].startswith("::notice file=news/a b%2Cü.txt,line=1,col=31,")
    assert lines[6] == "despin: 5 edits and 1 suggestion in 1 file"


def test_an_edit_over_two_lines_has_no_columns(report: Report) -> None:
    (line,) = [line for line in workflow_commands([report]).splitlines() if "in the rain" in line]
    assert ",line=4,endLine=5,title=" in line
    assert "“within the%0Arain”" in line


def test_what_would_end_a_command_or_property_is_escaped() -> None:
    bad = Edit(0, 9, "mentioned", "100%\r\n::error::x", "a:b,c%\n/verb", 0.9)
    first, last = workflow_commands([of([bad], path="50%,a:b\n.txt")]).splitlines()
    assert "file=50%25%2Ca%3Ab%0A.txt,line" in first
    assert "title=despin a%3Ab%2Cc%25%0A/verb::restore “100%25%0D%0A::error::x” for" in first
    assert last.startswith("despin: 1 edit ")


def test_the_surest_ten_of_a_kind_are_shown_by_place() -> None:
    edits = [numbered(number, 0.6 + number / 100) for number in range(13)]
    shown = workflow_commands([of(edits[:7]), of(edits[7:], edits[:11], "b.txt")]).splitlines()
    warnings = [line for line in shown if line.startswith("::warning")]
    assert [line.split("“")[1].split("”")[0] for line in warnings] == [f"said{n}" for n in range(3, 13)]
    assert sum(line.startswith("::notice") for line in shown) == MOST
    assert shown[-1] == (
        "despin: 13 edits and 11 suggestions in 2 files (4 not shown: GitHub shows 10 of a kind)"
    )


def test_equally_sure_edits_are_taken_by_place() -> None:
    shown = workflow_commands([of([numbered(number) for number in range(12)])])
    assert "said9”" in shown
    assert "said10”" not in shown


def test_the_step_summary_is_a_table_by_place(report: Report) -> None:
    bad = replace(report.edits[2], original="a|b <i>*c*")
    lines = step_summary([Report(report.path, report.text, [bad, report.edits[0]], report.suggestions)])
    rows = [line for line in lines.splitlines() if line.startswith("| news")]
    assert rows[0] == "| news/a b,ü.txt:1 | mentioned | said | 0.97 |  |"
    assert rows[1] == "| news/a b,ü.txt:1 | folks | people | 0.40 | suggested |"
    assert rows[2] == "| news/a b,ü.txt:4 | {that a} | a\\|b &lt;i>\\*c\\* | 0.99 |  |"


def test_the_step_summary_keeps_within_its_bytes_and_says_so() -> None:
    report = of([numbered(number) for number in range(40)])
    whole, cut = step_summary([report]), step_summary([report], limit=800)
    assert whole.count("| a.txt:1 |") == 40
    assert len(cut.encode()) <= 800
    shown = cut.count("| a.txt:1 |")
    assert shown > 5
    assert f"{40 - shown} more are not shown." in cut


def test_nothing_found_is_a_line_without_a_table() -> None:
    assert workflow_commands([of([])]) == "despin: 0 edits and 0 suggestions in 1 file\n"
    assert "|" not in step_summary([of([])])
