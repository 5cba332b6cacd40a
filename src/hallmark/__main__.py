"""`python -m hallmark`: what the launcher runs."""

import signal
import sys
from types import FrameType

from hallmark import ignition


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


try:
    # What is started here is ended, whatever comes while the command line is imported.
    signal.signal(signal.SIGTERM, _interrupt)
    if sys.argv[1:2] == ["check"]:
        ignition.light(sys.argv[2:])
        ignition.keep_bytecode()
    from hallmark.cli import main

    main()
except KeyboardInterrupt:  # before the command line was even read, or while it was ending
    sys.exit(130)
finally:
    ignition.put_out()
