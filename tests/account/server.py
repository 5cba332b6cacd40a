"""The account's server, run as `python -m tests.account.server PORT_FILE`: it writes its port there when it answers.

EKS_ENDPOINT and EKS_AUTHORITY say where the API of every cluster is.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from tests import account
from tests.account import mended
from tests.account.eks import Eks
from werkzeug.serving import WSGIRequestHandler, make_server

# Who is asked, in the signature: AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, …
_SCOPE = re.compile(r"Credential=[^/]+/\d+/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request")
Start = Callable[[str, list[tuple[str, str]]], Any]


class Account:
    """Answers for EKS itself, and lets moto answer for every other service."""

    def __init__(self) -> None:
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._eks: dict[str, Eks] = {}

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        scope = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
        if scope is None or scope["service"] != "eks":
            answer: Iterable[bytes] = self._moto(environ, start)
            return answer
        eks = self._eks.setdefault(
            scope["region"],
            Eks(
                account.ID,
                scope["region"],
                endpoint=os.environ.get("EKS_ENDPOINT", ""),
                authority=os.environ.get("EKS_AUTHORITY", ""),
            ),
        )
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        status, error, document = eks.answer(environ["REQUEST_METHOD"], environ["REQUEST_URI"], body)
        headers = [("Content-Type", "application/json")] + [("x-amzn-ErrorType", error)] * bool(error)
        start(f"{status} {'OK' if status == 200 else error}", headers)
        return [json.dumps(document).encode()]


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *_: Any) -> None:
        """Not a line for every request."""


def main() -> None:
    (port_file,) = sys.argv[1:]
    mended.mend()
    server = make_server("127.0.0.1", 0, Account(), threaded=True, request_handler=_Quiet)
    partial = Path(f"{port_file}.partial")
    partial.write_text(str(server.port), encoding="utf-8")
    partial.replace(port_file)
    server.serve_forever()


if __name__ == "__main__":
    main()
