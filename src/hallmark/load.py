"""Steady load on a service, and an honest count of what its users saw. Not a benchmark of how fast it can go.

Open loop: requests leave at a fixed rate whatever the answers do, and latency counts from the moment a request
was *meant* to leave, so a service that stalls cannot hide the requests that it kept waiting. Every request opens
its own connection: a kept connection would stay with the pod it first met, and neither balance over new pods
nor meet a pod that is going away (docs/testing.md). Only loopback is ever loaded, at a bounded rate, for a
bounded time.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import itertools
import json
import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import h11

from hallmark.outcome import CannotJudge, Outcome, UsageError

MAX_RATE_PER_S = 500.0
MAX_DURATION_S = 600.0
MAX_BODY_BYTES = 1 << 20
# Below this share of the requests that the rate promised, the load was not the load that was asked for.
MIN_SENT_SHARE = 0.9


@dataclass(frozen=True)
class Request:
    """One kind of request of the load."""

    path: str = "/"
    method: str = "GET"
    body: bytes = b""
    content_type: str = "application/json"


@dataclass(frozen=True)
class Response:
    """A whole answer. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json_field(self, name: str) -> str | None:
        """The value of one top-level field of a JSON object, as text; None when there is no such thing."""
        with contextlib.suppress(ValueError):
            document = json.loads(self.body)
            if isinstance(document, dict) and document.get(name) is not None:
                return str(document[name])
        return None


class FailureKind(StrEnum):
    """Why a request counts as failed."""

    CONNECT = "connect"  # no connection was made
    CLOSED = "closed"  # the connection ended before the whole answer was there
    TIMEOUT = "timeout"  # no whole answer within the request's deadline
    PROTOCOL = "protocol"  # what came back is not HTTP
    STATUS = "status"  # a whole answer, but not a 2xx one


@dataclass(frozen=True)
class Failure:
    """One failed request. `due_s` is when it was meant to leave, in seconds since the load began, `at` in UTC."""

    due_s: float
    at: str
    kind: FailureKind
    detail: str
    status: int | None = None

    def __str__(self) -> str:
        return f"{self.due_s:.2f} s: {self.kind}: {self.detail}"


@dataclass(frozen=True)
class Sample:
    """One request that has ended. `latency_s` counts from `due_s`, however it ended."""

    due_s: float
    latency_s: float
    answer: str | None = None
    failure: Failure | None = None


@dataclass(frozen=True)
class Gap:
    """A time without a single good answer, in seconds since the load began."""

    start_s: float
    length_s: float


@dataclass(frozen=True)
class Result:
    """What a load saw. Requests still open are in `sent` and in no other count."""

    started: str
    duration_s: float
    rate_per_s: float
    sent: int
    samples: tuple[Sample, ...]
    max_lag_s: float  # the most that the generator itself was late; part of every latency
    cut_off: bool = False  # the bound on its duration ended it, not its user

    @property
    def failed(self) -> tuple[Failure, ...]:
        """Every failed request, by the time it was meant to leave."""
        return tuple(
            sorted(
                (s.failure for s in self.samples if s.failure is not None), key=lambda failure: failure.due_s
            )
        )

    @property
    def answered(self) -> int:
        """How many requests got a whole 2xx answer."""
        return sum(sample.failure is None for sample in self.samples)

    @property
    def by_answer(self) -> Counter[str]:
        """How many good answers each version gave, by the word that `extract` read from the answer."""
        return Counter(s.answer for s in self.samples if s.answer is not None and s.failure is None)

    @property
    def outcome(self) -> Outcome:
        """Unknown when too little was sent to judge anything, else pass or fail by the failed requests."""
        promised = self.rate_per_s * self.duration_s
        ended = len(self.samples)
        if ended == 0 or self.cut_off or self.sent < math.floor(promised) * MIN_SENT_SHARE:
            return Outcome.UNKNOWN
        return Outcome.FAIL if self.failed else Outcome.PASS

    def latency_s(self, share: float) -> float:
        """The latency that `share` (0 to 1) of all ended requests stayed within; failed ones count as they waited."""
        if not 0 < share <= 1:
            raise ValueError(f"{share} is no share: more than 0, at most 1")
        ordered = sorted(sample.latency_s for sample in self.samples)
        return ordered[math.ceil(share * len(ordered)) - 1] if ordered else math.inf

    @property
    def p50_s(self) -> float:
        return self.latency_s(0.50)

    @property
    def p99_s(self) -> float:
        return self.latency_s(0.99)

    def gaps(self, at_least_s: float) -> tuple[Gap, ...]:
        """Every time of at least `at_least_s` in which no good answer arrived, the ends of the load included."""
        arrivals = sorted(s.due_s + s.latency_s for s in self.samples if s.failure is None)
        marks = [0.0, *arrivals, max(self.duration_s, arrivals[-1] if arrivals else 0.0)]
        pairs = itertools.pairwise(marks)
        return tuple(Gap(before, after - before) for before, after in pairs if after - before >= at_least_s)

    def failed_after(self, moment_s: float) -> tuple[Failure, ...]:
        """The failed requests that were meant to leave later than `moment_s` seconds after the load began."""
        return tuple(failure for failure in self.failed if failure.due_s > moment_s)

    def summary(self) -> str:
        """One line for people, then the first failures."""
        answers = ", ".join(f"{name} {count}" for name, count in self.by_answer.most_common())
        line = (
            f"{self.sent} requests sent at {self.rate_per_s:g}/s in {self.duration_s:.1f} s, {self.answered} answered"
            f"{f' ({answers})' if answers else ''}, {len(self.failed)} failed,"
            f" p50 {self.p50_s * 1000:.0f} ms, p99 {self.p99_s * 1000:.0f} ms, sender late by at most"
            f" {self.max_lag_s * 1000:.0f} ms{', cut off by its time limit' if self.cut_off else ''}"
        )
        return "\n".join([line, *(f"  {failure}" for failure in self.failed[:10])])


def extract_json_field(name: str) -> Callable[[Response], str | None]:
    """An `extract` that names the version by a field of the JSON answer, such as `commit` of /version."""
    return lambda response: response.json_field(name)


def check_target(url: str) -> tuple[str, int, str]:
    """Address, port and Host header of a plain http URL on loopback; raises UsageError for every other target."""
    try:
        parts = urlsplit(url)
        port = parts.port or 80
        # A name could lead anywhere tomorrow; only the one that means loopback everywhere is taken.
        address = ipaddress.ip_address("127.0.0.1" if parts.hostname == "localhost" else parts.hostname or "")
    except ValueError as error:
        raise UsageError(
            f"{url!r} cannot be loaded: {error}", next_step="give http://127.0.0.1:PORT"
        ) from error
    if parts.scheme != "http" or parts.username is not None or parts.query or parts.fragment:
        raise UsageError(
            f"{url!r} cannot be loaded: only plain http://ADDRESS:PORT",
            next_step="give http://127.0.0.1:PORT",
        )
    if not address.is_loopback:
        raise UsageError(
            f"{url!r} cannot be loaded: {address} is not a loopback address",
            next_step="reach the service through a forward on 127.0.0.1",
        )
    return str(address), port, parts.netloc


@dataclass
class _Progress:
    """What the sending thread has written so far; lists only ever grow."""

    samples: list[Sample] = field(default_factory=list)
    sent: int = 0
    max_lag_s: float = 0.0
    cut_off: bool = False
    ended_s: float | None = None
    error: BaseException | None = None


class Load:
    """A steady load in its own thread, from `with` to the end of the block.

    `requests` are sent in turn. `extract` names the version behind a good answer, or returns None. A request
    without a whole answer after `timeout_s` has failed. The load ends by itself after `max_duration_s`, and its
    result is then unknown: it did not cover what its user did.
    """

    def __init__(
        self,
        url: str,
        *,
        rate_per_s: float,
        requests: Sequence[Request] = (Request(),),
        extract: Callable[[Response], str | None] = lambda _: None,
        timeout_s: float = 5.0,
        max_duration_s: float = 120.0,
    ) -> None:
        self._address, self._port, self._host = check_target(url)
        if not 0 < rate_per_s <= MAX_RATE_PER_S:
            raise UsageError(
                f"a load of {rate_per_s:g} requests/s is out of bounds: at most {MAX_RATE_PER_S:g}"
            )
        if not 0 < max_duration_s <= MAX_DURATION_S:
            raise UsageError(f"a load of {max_duration_s:g} s is out of bounds: at most {MAX_DURATION_S:g}")
        if not 0 < timeout_s <= 60:
            raise UsageError(f"a deadline of {timeout_s:g} s is out of bounds: at most 60")
        if not requests:
            raise UsageError("a load without requests judges nothing")
        self._prefix = urlsplit(url).path.rstrip("/")
        self._requests = tuple(requests)
        self._rate_per_s = rate_per_s
        self._extract = extract
        self._timeout_s = timeout_s
        self._max_duration_s = max_duration_s
        self._progress = _Progress()
        self._changed = threading.Condition()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="load", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._until_s: float | None = None
        self._began_s = 0.0
        self._began = datetime.now(UTC)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.stop()
        except CannotJudge:
            if error is None:
                raise

    def stop(self) -> Result:
        """Send what is due by now and nothing more, wait for what is open, and return the whole result.

        Doing it twice is no error.
        """
        if self._until_s is None:
            self._until_s = self.elapsed_s
        if self._loop is not None and self._stop is not None:
            # The loop is closed already when the load has ended by itself.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(self._timeout_s + 10)
        if self._thread.is_alive():
            raise CannotJudge("the load did not end", where=self._host)
        return self.result()

    def result(self) -> Result:
        """What the load has seen until now, or all of it after the block. Raises CannotJudge if the sender broke."""
        progress = self._progress
        if progress.error is not None:
            raise CannotJudge(f"the load broke: {progress.error!r}", where=self._host) from progress.error
        ended_s = progress.ended_s
        return Result(
            started=self._began.isoformat(timespec="milliseconds"),
            duration_s=time.monotonic() - self._began_s if ended_s is None else ended_s,
            rate_per_s=self._rate_per_s,
            sent=progress.sent,
            samples=tuple(progress.samples),
            max_lag_s=progress.max_lag_s,
            cut_off=progress.cut_off,
        )

    @property
    def elapsed_s(self) -> float:
        """Seconds since the load began: the clock of `Failure.due_s`."""
        return time.monotonic() - self._began_s

    def wait_until(self, condition: Callable[[Result], bool], *, timeout_s: float, what: str) -> Result:
        """Wait for answers until `condition` holds; raises CannotJudge naming `what` after `timeout_s`."""
        limit_s = time.monotonic() + timeout_s
        while not condition(result := self.result()):
            if time.monotonic() > limit_s:
                raise CannotJudge(
                    f"{what}: not seen within {timeout_s:g} s\n    {result.summary()}", where=self._host
                )
            with self._changed:
                self._changed.wait(0.2)
        return result

    def wait_for_answers(self, count: int, *, timeout_s: float = 30.0) -> Result:
        """Wait until `count` more requests have been answered well than when this was called."""
        goal = self.result().answered + count
        return self.wait_until(
            lambda result: result.answered >= goal, timeout_s=timeout_s, what=f"{count} more good answers"
        )

    def _run(self) -> None:
        try:
            asyncio.run(self._send_all())
        except BaseException as error:  # noqa: BLE001 - handed to the thread that reads the result
            self._progress.error = error
        finally:
            self._ready.set()
            with self._changed:
                self._changed.notify_all()

    async def _send_all(self) -> None:
        progress = self._progress
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._began = datetime.now(UTC)
        self._began_s = time.monotonic()
        self._ready.set()
        open_requests: set[asyncio.Task[None]] = set()
        number = 0
        while True:
            due_s = number / self._rate_per_s
            if due_s >= self._max_duration_s:
                progress.cut_off = True
                break
            early_s = due_s - (time.monotonic() - self._began_s)
            if early_s > 0:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stop.wait(), early_s)
            elif number % 16 == 0:
                await asyncio.sleep(0)  # behind: still let answers and the stop through
            # A sender that is late still owes what was due before it was stopped.
            if self._stop.is_set() and not (self._until_s is not None and due_s < self._until_s):
                break
            progress.max_lag_s = max(progress.max_lag_s, time.monotonic() - self._began_s - due_s)
            request = self._requests[number % len(self._requests)]
            task = asyncio.create_task(self._send(request, due_s))
            open_requests.add(task)
            task.add_done_callback(open_requests.discard)
            progress.sent += 1
            number += 1
        now_s = time.monotonic() - self._began_s
        progress.ended_s = now_s if self._until_s is None else min(now_s, self._until_s)
        if open_requests:
            await asyncio.gather(*open_requests)

    async def _send(self, request: Request, due_s: float) -> None:
        answer: str | None = None
        failure: Failure | None = None
        try:
            async with asyncio.timeout(self._timeout_s):
                response = await self._exchange(request)
            if 200 <= response.status < 300:
                answer = self._extract(response)
            else:
                text = response.body[:120].decode(errors="replace")
                detail = f"{request.method} {request.path} answered {response.status} {text}"
                failure = self._failure(due_s, FailureKind.STATUS, detail, response.status)
        except _Unanswered as error:
            failure = self._failure(due_s, error.kind, f"{request.method} {request.path}: {error}")
        except TimeoutError:
            detail = f"{request.method} {request.path}: no whole answer within {self._timeout_s:g} s"
            failure = self._failure(due_s, FailureKind.TIMEOUT, detail)
        except Exception as error:  # noqa: BLE001 - whatever `extract` raises; handed to who reads the result
            self._progress.error = error
            if self._stop is not None:
                self._stop.set()
        latency_s = time.monotonic() - self._began_s - due_s
        self._progress.samples.append(Sample(due_s, latency_s, answer, failure))
        with self._changed:
            self._changed.notify_all()

    def _failure(self, due_s: float, kind: FailureKind, detail: str, status: int | None = None) -> Failure:
        at = self._began + timedelta(seconds=due_s)
        return Failure(due_s, at.isoformat(timespec="milliseconds"), kind, detail, status)

    async def _exchange(self, request: Request) -> Response:
        try:
            reader, writer = await asyncio.open_connection(self._address, self._port)
        except OSError as error:
            raise _Unanswered(FailureKind.CONNECT, error.strerror or str(error)) from error
        try:
            return await self._talk(reader, writer, request)
        except OSError as error:
            raise _Unanswered(FailureKind.CLOSED, error.strerror or str(error)) from error
        except h11.RemoteProtocolError as error:
            # h11 reports an early end as a protocol error too; to a user it is a broken connection.
            if reader.at_eof():
                raise _Unanswered(
                    FailureKind.CLOSED, "the connection ended before the whole answer"
                ) from error
            raise _Unanswered(FailureKind.PROTOCOL, str(error)) from error
        finally:
            writer.close()

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: Request
    ) -> Response:
        connection = h11.Connection(h11.CLIENT)
        headers = [("Host", self._host), ("Connection", "close"), ("User-Agent", "hallmark-load")]
        if request.body:
            headers += [("Content-Type", request.content_type), ("Content-Length", str(len(request.body)))]
        head = h11.Request(method=request.method, target=self._prefix + request.path, headers=headers)
        raw = connection.send(head) or b""
        if request.body:
            raw += connection.send(h11.Data(data=request.body)) or b""
        connection.send(h11.EndOfMessage())
        writer.write(raw)
        status, answer_headers, body = 0, {}, bytearray()
        while True:
            event = connection.next_event()
            if event is h11.NEED_DATA:
                connection.receive_data(await reader.read(65536))
            elif isinstance(event, h11.Response):
                status = event.status_code
                answer_headers = {
                    name.decode("latin-1"): value.decode("latin-1") for name, value in event.headers
                }
            elif isinstance(event, h11.Data):
                body += event.data
                if len(body) > MAX_BODY_BYTES:
                    raise _Unanswered(FailureKind.PROTOCOL, f"an answer of more than {MAX_BODY_BYTES} bytes")
            elif isinstance(event, h11.EndOfMessage):
                return Response(status, answer_headers, bytes(body))
            elif isinstance(event, h11.ConnectionClosed):
                raise _Unanswered(FailureKind.CLOSED, "the connection ended without an answer")


class _Unanswered(Exception):
    def __init__(self, kind: FailureKind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
