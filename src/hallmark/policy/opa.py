"""One OPA with the rules of a family, which judges many inputs one after the other or two at a time.

It starts by itself in the background: what is to be judged can be read meanwhile. It is asked through a socket that
only this user can reach, and is gone with the process that started it.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from hallmark import ignition, process, tools
from hallmark.outcome import CannotJudge
from hallmark.policy.sources import Sources, find_ahead

# An answer that takes longer is none.
TIMEOUT_S = 60.0
# How many inputs are judged at a time.
LINES = max(1, min(4, os.cpu_count() or 1))
_POLL_S = 0.001


def how(sources: Sources) -> list[str]:
    """The words that start it, but for where it listens. Raises CannotJudge when it isn't there or was changed."""
    words = ("run", "--server", "--skip-version-check", "--log-level=error")
    return [str(tools.path("opa")), *words, *map(str, sources.files), f"parameters:{sources.parameters}"]


class Opa:
    """A running OPA. An answer that takes longer than `timeout_s`, or than that to start, is none."""

    def __init__(self, sources: Sources, timeout_s: float) -> None:
        """Start it; raises CannotJudge when there is none."""
        self._sources = sources
        self._timeout_s = timeout_s
        self._stack = contextlib.ExitStack()
        try:
            self.how = how(sources)
            lit = ignition.take(self.how)
            self.was_lit = lit is not None
            ignition.put_out()
            log = lit.log if lit else os.memfd_create("opa", os.MFD_CLOEXEC)
            self._log = self._stack.enter_context(os.fdopen(log, "rb"))
            self._folder = lit.folder if lit else ignition.new_folder()
            self._stack.callback(ignition.remove, self._folder)
            self._child: process.Child = self._stack.enter_context(self._running(lit, log))
        except BaseException:
            self._stack.close()
            raise
        self._began = time.monotonic()
        self._opening = threading.Lock()
        self._opened: queue.SimpleQueue[_Line] | None = None
        self._failure: CannotJudge | None = None

    def _running(
        self, lit: ignition.Lit | None, log: int
    ) -> contextlib.AbstractContextManager[process.Child]:
        if lit:
            return process.adopted(lit.pid)
        return process.running([*self.how, ignition.address(self._folder)], env=ignition.MEMORY, log=log)

    def is_with(self, sources: Sources, timeout_s: float) -> bool:
        """Whether it was started with these."""
        return (self._sources, self._timeout_s) == (sources, timeout_s)

    def stop(self) -> None:
        """Let it end, without waiting for that."""
        process.kill_group(self._child)

    def close(self) -> None:
        """End it, with everything that it left."""
        self._stack.close()

    def __enter__(self) -> Opa:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, asked: Sequence[str], objects: str) -> dict[str, Any]:
        """What the rules in these packages say of the objects, a JSON list. May be called by several threads.

        Raises CannotJudge when there is no whole answer.
        """
        lines = self._lines()
        body = f'{{"input": {{"rules": {json.dumps(list(asked))}, "objects": {objects}}}}}'.encode()
        path = f"/v1/data/hallmark/report/{self._sources.family}?strict-builtin-errors=true"
        line = lines.get()
        try:
            status, answer = line.ask("POST", path, body, self._timeout_s)
        except (OSError, EOFError, ValueError) as error:
            raise self._failed(error) from error
        finally:
            lines.put(line)
        return self._result(status, answer)

    def _failed(self, error: Exception) -> CannotJudge:
        """Why there is no answer, nor any other: the same for everybody who asks."""
        with self._opening:
            if self._failure is None:
                self._failure = self._too_slow() if isinstance(error, TimeoutError) else self._dead()
                process.kill_group(self._child)
            return self._failure

    def _result(self, status: int, answer: bytes) -> dict[str, Any]:
        from hallmark.policy import rules  # OPA starts before all of it is needed

        try:
            said = json.loads(answer)
            if status == 200:
                result = said["result"]
                if isinstance(result, dict):
                    return result
            cause = rules.described(said) if "errors" in said else said["message"]
        except (ValueError, LookupError, TypeError):
            cause = f"opa answered with {status} and nothing that could be read"
        raise rules.complaint("the rules could not be evaluated", cause, str(self._sources.home))

    def _lines(self) -> queue.SimpleQueue[_Line]:
        """The connections, made when OPA has read the rules. Then the socket's folder goes, so that nothing is left."""
        with self._opening:
            if self._failure is not None:
                raise self._failure
            if self._opened is None:
                try:
                    self._opened = self._open()
                except CannotJudge as error:
                    self._failure = error
                    raise
            return self._opened

    def _open(self) -> queue.SimpleQueue[_Line]:
        lines = [self._stack.enter_context(contextlib.closing(self._connect())) for _ in range(LINES)]
        try:
            # It takes connections a moment before it is done with the socket.
            lines[0].ask("GET", "/health", b"", self._timeout_s)
        except TimeoutError as error:
            raise self._too_slow() from error
        except (OSError, EOFError, ValueError) as error:
            raise self._dead() from error
        ignition.remove(self._folder)
        opened: queue.SimpleQueue[_Line] = queue.SimpleQueue()
        for line in lines:
            opened.put(line)
        return opened

    def _connect(self) -> _Line:
        while True:
            try:
                made = _Line(ignition.socket(self._folder))
            except OSError as error:
                if self._child.poll() is not None:
                    raise self._dead() from error
                made = None
            if time.monotonic() - self._began > self._timeout_s:
                if made is not None:
                    made.close()
                raise self._too_slow()
            if made is not None:
                return made
            time.sleep(_POLL_S)

    def _too_slow(self) -> CannotJudge:
        return CannotJudge(f"opa did not end within {self._timeout_s:g} s", where="opa run")

    def _dead(self) -> CannotJudge:
        """Why OPA no longer answers; one that still runs is killed, for it said something that is no answer."""
        from hallmark.policy import rules

        process.kill_group(self._child)
        code = self._child.wait()
        if code < 0:
            name = signal.Signals(-code).name
            return CannotJudge(f"opa was killed by signal {-code} ({name})", where="opa run")
        size = os.fstat(self._log.fileno()).st_size
        said = os.pread(self._log.fileno(), size, 0).decode(errors="replace")
        done = process.Completed(("opa",), code, "", said, 0.0)
        cause = rules.first_error(done)
        return rules.complaint("the rules could not be evaluated", cause, str(self._sources.home))


class _Line:
    """A connection on which one question after the other is asked, in as much HTTP as that takes."""

    def __init__(self, path: str) -> None:
        import socket  # OPA is started before it is there to be spoken to

        self._socket = socket.socket(socket.AF_UNIX)
        try:
            self._socket.connect(path)
        except BaseException:
            self._socket.close()
            raise
        self._stream: BinaryIO = self._socket.makefile("rb")

    def close(self) -> None:
        self._stream.close()
        self._socket.close()

    def ask(self, method: str, path: str, body: bytes, timeout_s: float) -> tuple[int, bytes]:
        """The status and the body of the answer. Raises OSError or ValueError when there is no whole one."""
        self._socket.settimeout(timeout_s)
        head = f"{method} {path} HTTP/1.1\r\nHost: opa\r\nContent-Length: {len(body)}\r\n\r\n"
        self._socket.sendall(head.encode())
        self._socket.sendall(body)
        status = int(self._text().split(" ")[1])
        headers: dict[str, str] = {}
        while line := self._text():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        if headers.get("transfer-encoding") != "chunked":
            return status, self._exactly(int(headers["content-length"]))
        parts = []
        while size := int(self._text(), 16):
            parts.append(self._exactly(size))
            self._text()
        self._text()
        return status, b"".join(parts)

    def _text(self) -> str:
        line = self._stream.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        return line.decode("ascii").rstrip("\r\n")

    def _exactly(self, size: int) -> bytes:
        found = self._stream.read(size)
        if len(found) < size:
            raise EOFError
        return found


_early: list[Opa] = []


@contextlib.contextmanager
def early(folder: Path | None, family: str) -> Iterator[None]:
    """Start the OPA that `of` will be asked for, while what asks for it is imported. What is wrong is said there."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(CannotJudge):
            one = stack.enter_context(Opa(find_ahead(folder, family), TIMEOUT_S))
            _early.append(one)
            if folder is None and not one.was_lit:
                ignition.note(family, one.how)
        stack.callback(_early.clear)
        yield


@contextlib.contextmanager
def of(sources: Sources, timeout_s: float) -> Iterator[Opa]:
    """An OPA with these rules for one block: the one that was started early, if it is the same, else a new one."""
    if _early and _early[-1].is_with(sources, timeout_s):
        one = _early.pop()
        yield one
        one.stop()
    else:
        with Opa(sources, timeout_s) as one:
            yield one
