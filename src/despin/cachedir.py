"""Where despin keeps what it can make again."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """Return the folder of despin in the user's cache; it need not exist.

    For a user without a home it is one that cannot be made: an ``OSError`` whoever tries.
    """
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return Path(base or Path.home() / ".cache") / "despin"
    except RuntimeError:
        return Path(os.devnull) / "despin"
