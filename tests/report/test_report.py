from __future__ import annotations

import pytest

from despin.report import FORMATS, Report, render


@pytest.mark.parametrize("output_format", FORMATS)
def test_every_format_tells_of_an_edit(output_format: str, report: Report) -> None:
    assert "eastern" in render(output_format, iter([report]))


def test_an_unknown_format_names_those_there_are(report: Report) -> None:
    with pytest.raises(ValueError, match="'xml'; known are json, jsonl, github, sarif, m2"):
        render("xml", [report])
