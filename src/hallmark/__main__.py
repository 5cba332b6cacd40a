"""`python -m hallmark`: what the launcher runs."""

import sys

try:
    from hallmark.cli import main

    main()
except KeyboardInterrupt:  # before the command line was even read, or while it was ending
    sys.exit(130)
