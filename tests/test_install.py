"""However it is installed, despin finds its dictionaries and its models."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROBE = """
import despin, despin.lexicon, despin.lexicon.shipped as packs, sys
from pathlib import Path
folder = packs.dictionaries_folder()
assert Path(despin.__file__).is_relative_to(sys.argv[1]), despin.__file__
assert folder.is_relative_to(sys.argv[1]), folder
assert len(packs.pack_files(folder)) > 3
assert despin.lexicon.default_lexicon().readings("mentioned")
if sys.argv[2] == "built":
    compiled = Path(despin.__file__).with_name("data") / "lexicon.bin"
    lexicon, files = despin.lexicon.Lexicon(compiled), packs.pack_files(folder)
    assert lexicon.content == packs.fingerprint(files)
    assert packs.is_as_installed(files, compiled, lexicon.sizes)
    assert despin.lexicon.default_lexicon().path == compiled
print(despin.fix_text("He mentioned Wednesday that forces left jap Europe.", assume="spun"))
"""
REPAIRED = "He said Wednesday that forces left eastern Europe."


def probe(home: Path, kind: str, path: Path | None) -> str:
    environment = {**os.environ, "XDG_CACHE_HOME": str(home.parent / "cache")}
    environment.pop("PYTHONPATH", None)
    if path:
        environment["PYTHONPATH"] = str(path)
    command = [sys.executable, "-c", PROBE, str(home), kind]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, cwd=home.parent
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def pip_install(what: Path, target: Path) -> None:
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation"]
    command += ["--disable-pip-version-check", "--target", str(target), str(what)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built sdist, and of the wheel built from it."""
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build"]
    subprocess.run([*build, "-t", "sdist", "-d", str(out)], cwd=ROOT, check=True, capture_output=True)
    (sdist,) = out.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(out, filter="data")
    (source,) = (path for path in out.iterdir() if path.is_dir())
    subprocess.run([*build, "-t", "wheel", "-d", str(out)], cwd=source, check=True, capture_output=True)
    return out


@pytest.mark.parametrize("suffix", [".whl", ".tar.gz"])
def test_what_is_built_is_whole(built: Path, tmp_path: Path, suffix: str) -> None:
    (archive,) = built.glob(f"*{suffix}")
    home = tmp_path / "site"
    pip_install(archive, home)
    assert probe(home, "built", home) == REPAIRED
    for name in ("man/man1/despin.1", "bash-completion/completions/despin", "zsh/site-functions/_despin"):
        assert (home / "share" / name).is_file()


def test_an_installed_checkout_is_whole(tmp_path: Path) -> None:
    home = tmp_path / "site"
    pip_install(ROOT, home)
    assert probe(home, "built", home) == REPAIRED


def test_an_editable_install_reads_the_checkout(tmp_path: Path) -> None:
    home = tmp_path / "site"
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation"]
    command += ["--disable-pip-version-check", "--target", str(home), "-e", str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (pointer,) = home.glob("*.pth")
    assert probe(ROOT, "editable", Path(pointer.read_text().strip())) == REPAIRED
