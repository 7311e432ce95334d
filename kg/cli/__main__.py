"""``python -m kg.cli``: the ``kg`` command where it is not on the path."""

import sys

from kg.cli import main

if __name__ == "__main__":  # workers import this file too
    sys.exit(main())
