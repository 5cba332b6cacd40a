"""The way from the host's loopback into an environment's network: no link, no address, no rule on the host.

Run by path with `python -I -S` as a component inside the environment's network namespace. A socket belongs to
the namespace it was made in, so the listening sockets are made on the host: the first ones are inherited, later
ones arrive over the control socket (a file in the state folder) together with their target.

    forward.py CONTROL FD=HOST:PORT...

Control messages are one JSON object: {"target": "HOST:PORT"} asks for, and with a listening socket attached
opens, a forward. The answer is {"port": N}, or {"port": null} when there is none yet.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import sys

CHUNK_BYTES = 65536


class Forwards:
    def __init__(self) -> None:
        self.ports: dict[str, int] = {}
        self.servers: list[asyncio.Server] = []

    async def open(self, listener: socket.socket, target: str) -> int:
        """Accept on `listener` from now on; the port already used for the same target wins."""
        if target in self.ports:
            listener.close()
            return self.ports[target]
        listener.setblocking(False)
        self.ports[target] = int(listener.getsockname()[1])
        self.servers.append(await asyncio.start_server(lambda r, w: relay(r, w, target), sock=listener))
        return self.ports[target]


async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, target: str) -> None:
    host, port = target.rsplit(":", 1)
    try:
        far_reader, far_writer = await asyncio.open_connection(host, int(port))
    except OSError:
        writer.transport.abort()
        return
    await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))
    for end in (writer, far_writer):
        end.close()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Copy one direction to its end and hand the end on; a broken connection breaks the other side too."""
    try:
        while data := await reader.read(CHUNK_BYTES):
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
    except OSError:
        writer.transport.abort()


def settle(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


async def answer(peer: socket.socket, forwards: Forwards) -> None:
    with peer:
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[None] = loop.create_future()
        loop.add_reader(peer, settle, ready)
        try:
            await asyncio.wait_for(ready, timeout=5)
        finally:
            loop.remove_reader(peer)
        data, fds, _, _ = socket.recv_fds(peer, 4096, 1)
        target = json.loads(data)["target"]
        port = forwards.ports.get(target)
        if fds:
            port = await forwards.open(socket.socket(fileno=fds[0]), target)
        peer.sendall(json.dumps({"port": port}).encode())


async def serve(control: str, inherited: list[str]) -> None:
    forwards = Forwards()
    for word in inherited:
        fd, target = word.split("=", 1)
        # A copy: the first process keeps the original, so that a restarted forwarder finds it again.
        await forwards.open(socket.socket(fileno=os.dup(int(fd))), target)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(control)  # noqa: PTH108 - pathlib is not worth its import time here
    folder = os.open(os.path.dirname(control), os.O_RDONLY | os.O_DIRECTORY)  # noqa: PTH120
    listener = socket.socket(socket.AF_UNIX)
    # Through the folder's descriptor: the path of a socket may have 107 bytes only, a state folder's may be longer.
    listener.bind(f"/proc/self/fd/{folder}/{os.path.basename(control)}")  # noqa: PTH119
    os.chmod(control, 0o600)  # noqa: PTH101
    listener.listen(16)
    listener.setblocking(False)
    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Task[None]] = set()
    while True:
        peer, _ = await loop.sock_accept(listener)
        peer.setblocking(False)
        task = asyncio.create_task(answer(peer, forwards))
        tasks.add(task)
        task.add_done_callback(tasks.discard)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2:]))
