"""``python -m ceyin``: the same as the ``ceyin`` command."""

from ceyin.ui.cli import main

if __name__ == "__main__":
    main()
