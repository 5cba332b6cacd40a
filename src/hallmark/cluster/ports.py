"""Ports of this machine's loopback: taken before they are used, and led into an environment by its forwarder."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hallmark.outcome import CannotJudge


@contextmanager
def listener() -> Iterator[socket.socket]:
    """A socket that already listens: the port cannot be taken by anybody between choosing and using it."""
    with socket.socket() as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind(("127.0.0.1", 0))
            found.listen(512)
        except OSError as error:
            raise CannotJudge(
                f"no port is free on 127.0.0.1: {error.strerror}",
                where="net.ipv4.ip_local_port_range",
                next_step="end programs that listen there: ss -ltnp",
            ) from error
        yield found


def forward(folder: Path, target: str) -> int:
    """The loopback port that leads to `target` inside the environment's network, opened when there is none."""
    answer = _ask_forwarder(folder, target, None)
    if answer is None:
        with listener() as taken:
            answer = _ask_forwarder(folder, target, taken)
    if answer is None:
        raise CannotJudge("the forwarder does not open a port", where=str(folder / "forward.sock"))
    return answer


def _ask_forwarder(folder: Path, target: str, taken: socket.socket | None) -> int | None:
    message = json.dumps({"target": target}).encode()
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with socket.socket(socket.AF_UNIX) as peer:
            peer.settimeout(5)
            # Through the folder's descriptor: the path of a socket may have 107 bytes only.
            peer.connect(f"/proc/self/fd/{handle}/forward.sock")
            socket.send_fds(peer, [message], [taken.fileno()] if taken else [])
            port = json.loads(peer.recv(4096))["port"]
    except (OSError, ValueError) as error:
        raise CannotJudge(
            f"the forwarder does not answer: {error}", where=str(folder / "forward.sock")
        ) from error
    finally:
        os.close(handle)
    return int(port) if port else None
