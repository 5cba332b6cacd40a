"""`python -m quotes`: read the settings, serve, exit."""

from __future__ import annotations

import logging
import os
import sys

from quotes.main import create_app
from quotes.observability import logs
from quotes.serving import serve
from quotes.settings import InvalidSettings, load


def main() -> int:
    """0 after a drain; 2 when the settings are wrong; 3 (uvicorn's) when the port cannot be had."""
    try:
        settings = load(os.environ)
    except InvalidSettings as error:
        logs.configure("info", sys.stderr)
        logging.getLogger("quotes").error("cannot start: %s", error)
        return 2
    logs.configure(settings.log_level)
    serve(create_app(settings), settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
