from __future__ import annotations

import gzip
from pathlib import Path

from tools.list_pairs import listed, read


def test_a_pair_is_listed_in_either_order_and_any_form(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv.gz"
    rows = ["a\tb\tsources\tx\ty", "furious\tlivid\t17\t1\t2", "push\tpress\t1\t1\t2", "press\tpush\t6\t1\t2"]
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    thesauri = read(path)
    assert listed(thesauri, "livid", "furious") == 2
    assert listed(thesauri, "pressed", "pushed") == 3
    assert listed(thesauri, "livid", "calm") == 0
    assert listed(thesauri, "press on", "push") is None
