"""Repair an article from a program, and print what was done and how surely.

usage: python examples/newsletter.py article.txt
"""

import sys
from pathlib import Path

import despin


def main() -> None:
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    score = despin.spin_score(text)
    fixed, edits, suggestions = despin.fix_and_explain(text)
    print(f"spun: {'yes' if score.spun else 'no'} ({score.probability:.0%})")
    for edit in edits:
        print(f"{edit.start:6}  {edit.spun} -> {edit.original}  ({edit.confidence:.0%})")
    print(f"{len(suggestions)} more to look at by hand")
    assert despin.revert_edits(fixed, edits) == text


if __name__ == "__main__":
    main()
