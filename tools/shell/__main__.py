"""``python -m tools.shell``: write the completions and the man page anew."""

from tools.shell import files

for path, text in files().items():
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(path)
