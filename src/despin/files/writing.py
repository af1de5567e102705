"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

#: A file that must not be there yet, written byte for byte.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class UnwritableFile(Exception):
    """A file could not be written and was left as it was; the message says what to do next."""


def write_file(path: Path, data: bytes) -> None:
    """Replace the contents of ``path`` by ``data`` in one step.

    The bytes go to a new file beside it, are flushed to the disk, and take the
    old one's place by a rename: a full disk, a size limit or a kill leaves the
    old text or the new one, never a third. Symbolic links are followed, mode
    and owner kept. Raises ``UnwritableFile``; a file with other hard links is
    refused, since a rename would part it from them.
    """
    target = Path(os.path.realpath(path))
    try:
        status = target.stat()
        if status.st_nlink > 1:
            raise UnwritableFile(
                f"{path}: has other hard links, which an atomic write would part; "
                "write to a copy: despin fix - < FILE > COPY"
            )
        if not os.access(target, os.W_OK):
            raise PermissionError(13, "Permission denied")
        _replace(target, data, status)
    except OSError as error:
        raise UnwritableFile(
            f"{path}: cannot be written ({error.strerror or error}); the file was left as it was"
        ) from error


def _replace(target: Path, data: bytes, status: os.stat_result) -> None:
    # Named before it is made: a Ctrl-C in between would else leave it lying there.
    name = target.with_name(f".{os.urandom(8).hex()}.despin")
    try:
        with os.fdopen(os.open(name, _NEW, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copystat(target, name)
        os.utime(name)  # it is changed now: what is built from it is out of date
        if hasattr(os, "chown"):
            with contextlib.suppress(PermissionError):
                os.chown(name, status.st_uid, status.st_gid)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
