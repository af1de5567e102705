"""The summary of a workflow step, where GitHub asks for one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from despin.cli.streams import say

if TYPE_CHECKING:
    from despin.report import Report


def write_step_summary(reports: Iterable[Report]) -> None:
    """Append the Markdown summary of ``reports`` to the file that ``GITHUB_STEP_SUMMARY`` names, if any.

    A file that cannot be written is told of on stderr; the run does not fail for it.
    """
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        return
    from despin.report.github import SUMMARY_BYTES, step_summary

    path = Path(name)
    try:
        taken = path.stat().st_size if path.exists() else 0
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(step_summary(reports, SUMMARY_BYTES - taken))
    except OSError as error:
        say(f"{name}: the step summary cannot be written ({error.strerror})")
