"""``python -m despin``."""

from despin.cli import main

if __name__ == "__main__":
    main()
