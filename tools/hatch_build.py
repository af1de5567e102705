"""Build hook: the wheel carries the lexicon compiled."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileLexicon(BuildHookInterface):  # type: ignore[misc]
    """Compiles ``dictionaries/`` into ``despin/data/lexicon.bin`` of a wheel.

    An editable install reads the checkout's dictionaries and keeps the compiled
    form in the user's cache, so there is nothing to do for it.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile and add the file to the wheel."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from despin.lexicon.compile import compile_packs
        from despin.lexicon.packs import read_packs
        from despin.lexicon.shipped import fingerprint, pack_files, sizes

        files = pack_files(root / "dictionaries")
        self._folder = tempfile.TemporaryDirectory()
        target = Path(self._folder.name) / "lexicon.bin"
        compile_packs(read_packs(files), target, fingerprint(files), sizes=sizes(files))
        build_data["force_include"][str(target)] = "despin/data/lexicon.bin"
