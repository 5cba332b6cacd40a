"""The load generator against a small server on loopback, and its counting on made-up samples."""

from __future__ import annotations

import asyncio
import math
import socket
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import pytest

from hallmark.load import (
    Failure,
    FailureKind,
    Gap,
    Load,
    Request,
    Response,
    Result,
    Sample,
    check_target,
    extract_json_field,
)
from hallmark.outcome import CannotJudge, Outcome, UsageError

Answerer = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


def answer(body: bytes, status: str = "200 OK") -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (
        status.encode(),
        len(body),
        body,
    )


@contextmanager
def served(answerer: Answerer) -> Iterator[str]:
    """A server in its own thread that hands each request's bytes to `answerer`; gives its URL."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    ready = threading.Event()
    stop: list[Callable[[], object]] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = [
                int(line[15:]) for line in head.lower().splitlines() if line.startswith(b"content-length:")
            ]
            body = await reader.readexactly(length[0]) if length else b""
            await answerer(head + body, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def serve() -> None:
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        stop.append(lambda: loop.call_soon_threadsafe(stopped.set))
        server = await asyncio.start_server(handle, sock=listener)
        ready.set()
        await stopped.wait()
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        stop[0]()
        thread.join()


def always(raw: bytes) -> Answerer:
    async def write(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()

    return write


def result_of(
    samples: list[Sample], *, duration_s: float = 1.0, rate_per_s: float = 1.0, sent: int | None = None
) -> Result:
    return Result(
        started="2026-01-01T00:00:00.000+00:00",
        duration_s=duration_s,
        rate_per_s=rate_per_s,
        sent=len(samples) if sent is None else sent,
        samples=tuple(samples),
        max_lag_s=0.0,
    )


def failure(due_s: float) -> Failure:
    return Failure(due_s, "2026-01-01T00:00:00.000+00:00", FailureKind.CONNECT, "refused")


def test_load_healthy_service_answers_everything_at_the_rate() -> None:
    """Every request is sent at its time, answered, and counted under the version that answered."""
    with served(always(answer(b'{"commit": "abc"}'))) as url:
        with Load(url, rate_per_s=100, extract=extract_json_field("commit")) as load:
            load.wait_for_answers(50)
        result = load.result()
    assert result.outcome is Outcome.PASS
    assert result.failed == ()
    assert result.sent == result.answered == result.by_answer["abc"]
    assert result.by_answer.keys() == {"abc"}
    assert abs(result.sent - 100 * result.duration_s) <= 1 + 100 * result.max_lag_s


def test_load_each_request_opens_a_connection() -> None:
    """No connection is kept: each request can meet another pod."""
    peers: list[object] = []

    async def note(_: bytes, writer: asyncio.StreamWriter) -> None:
        peers.append(writer.get_extra_info("peername"))
        writer.write(answer(b"{}"))

    with served(note) as url, Load(url, rate_per_s=100) as load:
        load.wait_for_answers(20)
    assert len(peers) == len(set(peers)) == load.result().sent


def test_load_sends_its_requests_in_turn_with_their_bodies() -> None:
    """Paths, methods and bodies arrive as given, one kind after the other."""
    seen: list[bytes] = []

    async def note(raw: bytes, writer: asyncio.StreamWriter) -> None:
        seen.append(raw.split(b" HTTP")[0] + b" " + raw.split(b"\r\n\r\n")[1])
        writer.write(answer(b"{}"))

    requests = (Request("/version"), Request("/v1/quotes", "POST", b'{"a": 1}'))
    with served(note) as url, Load(url, rate_per_s=50, requests=requests) as load:
        load.wait_for_answers(4)
    assert set(seen) == {b"GET /version ", b'POST /v1/quotes {"a": 1}'}
    assert abs(seen.count(b"GET /version ") - len(seen) / 2) <= 1


@pytest.mark.parametrize(
    ("raw", "kind", "status"),
    [
        (answer(b"no", "503 Service Unavailable"), FailureKind.STATUS, 503),
        (answer(b"", "302 Found"), FailureKind.STATUS, 302),
        (b"", FailureKind.CLOSED, None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", FailureKind.CLOSED, None),
        (b"not http at all\r\n\r\n" + b"x" * 200, FailureKind.PROTOCOL, None),
    ],
)
def test_load_bad_answer_is_a_failure_of_its_kind(raw: bytes, kind: FailureKind, status: int | None) -> None:
    """Anything but a whole 2xx answer is recorded as failed, with why, when and what was said."""
    with served(always(raw)) as url:
        with Load(url, rate_per_s=50) as load:
            load.wait_until(lambda result: len(result.failed) >= 3, timeout_s=10, what="failures")
        result = load.result()
    assert result.outcome is Outcome.FAIL
    assert result.answered == 0
    assert {(item.kind, item.status) for item in result.failed} == {(kind, status)}
    assert [item.due_s for item in result.failed] == sorted(item.due_s for item in result.failed)


def test_load_nothing_listens_every_request_fails_to_connect() -> None:
    """A port that refuses is a failure of every request, not an empty result."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with Load(f"http://127.0.0.1:{port}", rate_per_s=50) as load:
        load.wait_until(lambda result: len(result.failed) >= 3, timeout_s=10, what="failures")
    assert {item.kind for item in load.result().failed} == {FailureKind.CONNECT}


def test_load_silent_service_times_out_and_the_rate_goes_on() -> None:
    """Requests that hang do not hold back the next ones, and each fails at its own deadline."""

    async def hang(_: bytes, __: asyncio.StreamWriter) -> None:
        await asyncio.sleep(5)

    with served(hang) as url:
        with Load(url, rate_per_s=50, timeout_s=0.3) as load:
            load.wait_until(lambda result: len(result.failed) >= 10, timeout_s=10, what="failures")
            open_requests = load.result().sent - len(load.result().samples)
        result = load.result()
    assert open_requests >= 10
    assert {item.kind for item in result.failed} == {FailureKind.TIMEOUT}
    assert result.sent == len(result.failed)
    assert result.p50_s >= 0.3


def test_load_stalled_service_shows_the_wait_of_every_request_it_kept() -> None:
    """A stall of one second is in the latency of all requests due meanwhile, not only of one."""
    began: list[float] = []

    async def stall_first_second(_: bytes, writer: asyncio.StreamWriter) -> None:
        began.append(time.monotonic())
        await asyncio.sleep(max(0.0, began[0] + 1.0 - time.monotonic()))
        writer.write(answer(b"{}"))

    with served(stall_first_second) as url:
        with Load(url, rate_per_s=50) as load:
            load.wait_for_answers(60)
        result = load.result()
    waited = [sample for sample in result.samples if sample.latency_s > 0.5]
    assert result.outcome is Outcome.PASS
    assert len(waited) >= 20
    assert result.p99_s >= 0.9
    assert [gap for gap in result.gaps(0.9) if gap.start_s == 0.0]


def test_load_its_own_limit_cuts_it_off_as_unknown() -> None:
    """A load that ended before its user did has not seen everything, so it is no pass."""
    with served(always(answer(b"{}"))) as url:
        with Load(url, rate_per_s=50, max_duration_s=0.1) as load:
            load._thread.join()
        result = load.result()
    assert (result.sent, result.cut_off, result.outcome) == (5, True, Outcome.UNKNOWN)


def test_load_waiting_for_answers_that_never_come_names_what_was_awaited() -> None:
    """A wait that ends without what it waited for says what that was and what came instead."""
    with (
        served(always(answer(b"", "500 Oops"))) as url,
        Load(url, rate_per_s=50) as load,
        pytest.raises(
            CannotJudge, match=r"5 more good answers: not seen within 0.3 s\n.*0 answered"
        ) as caught,
    ):
        load.wait_for_answers(5, timeout_s=0.3)
    assert "answered 500" in str(caught.value)


def test_load_stopped_sends_nothing_more() -> None:
    """After `stop` the result is final, and stopping again changes nothing."""
    with served(always(answer(b"{}"))) as url, Load(url, rate_per_s=50) as load:
        load.wait_for_answers(5)
        first = load.stop()
        assert load.stop() == first
    assert load.result() == first
    assert first.outcome is Outcome.PASS


def test_load_stopped_while_late_still_sends_what_was_due() -> None:
    """A busy machine that delays the sender takes nothing away from what was promised until the stop."""

    held: list[Response] = []

    def hog(response: Response) -> str:
        if not held:
            held.append(response)
            time.sleep(0.3)  # keeps the sender's thread from its work
        return "late"

    with served(always(answer(b"{}"))) as url, Load(url, rate_per_s=100, extract=hog, timeout_s=30) as load:
        load.wait_for_answers(1)
        result = load.stop()
    # One more may have left between the stop and the sender's noticing it.
    assert result.sent - math.ceil(result.duration_s * 100) in (0, 1)
    assert result.max_lag_s >= 0.2
    assert result.outcome is Outcome.PASS


def test_load_broken_extract_is_an_error_not_a_pass() -> None:
    """An `extract` that raises ends the load, and then the block, with an error."""

    def broken(_: Response) -> str:
        raise LookupError("no such header")

    with (
        served(always(answer(b"{}"))) as url,
        pytest.raises(CannotJudge, match="no such header"),
        Load(url, rate_per_s=50, extract=broken) as load,
    ):
        load._thread.join()


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1:80",
        "http://169.254.169.254/",
        "http://example.org",
        "http://localhost.example.org",
        "http://0.0.0.0:80",
        "http://[::]:80",
        "http://[::ffff:10.0.0.1]:80",
        "http://2130706433:80",
        "http://127.0.0.1.example.org",
        "http://user@127.0.0.1:80",
        "https://127.0.0.1",
        "ftp://127.0.0.1",
        "127.0.0.1:80",
        "http://127.0.0.1:99999",
        "",
    ],
)
def test_check_target_outside_loopback_is_refused(url: str) -> None:
    """Only a plain http address on loopback may be loaded."""
    with pytest.raises(UsageError, match="cannot be loaded"):
        check_target(url)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://127.0.0.1:8080", ("127.0.0.1", 8080, "127.0.0.1:8080")),
        ("http://127.9.9.9:1/prefix", ("127.9.9.9", 1, "127.9.9.9:1")),
        ("http://[::1]:80", ("::1", 80, "[::1]:80")),
        ("http://localhost:81", ("127.0.0.1", 81, "localhost:81")),
    ],
)
def test_check_target_on_loopback_is_taken(url: str, target: tuple[str, int, str]) -> None:
    """The whole of 127.0.0.0/8, ::1 and the name localhost may be loaded."""
    assert check_target(url) == target


@pytest.mark.parametrize(
    ("rate_per_s", "max_duration_s", "timeout_s"),
    [(0, 1, 1), (-1, 1, 1), (501, 1, 1), (1, 0, 1), (1, 601, 1), (1, 1, 0), (1, 1, 61)],
)
def test_load_out_of_bounds_is_refused(rate_per_s: float, max_duration_s: float, timeout_s: float) -> None:
    """Rate, duration and deadline have fixed upper bounds."""
    with pytest.raises(UsageError, match="out of bounds"):
        Load("http://127.0.0.1:1", rate_per_s=rate_per_s, max_duration_s=max_duration_s, timeout_s=timeout_s)


def test_load_without_requests_is_refused() -> None:
    """Nothing to send is a wrong use, not an empty pass."""
    with pytest.raises(UsageError, match="without requests"):
        Load("http://127.0.0.1:1", rate_per_s=1, requests=())


def test_result_of_nothing_sent_is_unknown() -> None:
    """A load that sent nothing has proved nothing."""
    assert result_of([]).outcome is Outcome.UNKNOWN


def test_result_of_too_little_sent_is_unknown() -> None:
    """A sender that could not hold its rate has not made the load that was asked for."""
    samples = [Sample(n / 10, 0.01) for n in range(8)]
    assert result_of(samples, rate_per_s=10).outcome is Outcome.UNKNOWN
    assert result_of([*samples, Sample(0.8, 0.01)], rate_per_s=10).outcome is Outcome.PASS


def test_result_one_failure_among_many_fails() -> None:
    """One failed request is enough."""
    samples = [Sample(n / 100, 0.01) for n in range(99)] + [Sample(0.99, 0.01, None, failure(0.99))]
    assert result_of(samples, rate_per_s=100).outcome is Outcome.FAIL


def test_result_latency_is_by_nearest_rank_over_all_requests() -> None:
    """p50 and p99 are latencies that really occurred; failed requests are in."""
    samples = [Sample(0, n / 100) for n in range(1, 100)] + [Sample(0, 9.0, None, failure(0))]
    result = result_of(samples)
    assert (result.p50_s, result.p99_s, result.latency_s(1)) == (0.50, 0.99, 9.0)


def test_result_gaps_count_only_good_answers_and_include_both_ends() -> None:
    """A time with only failed answers is a gap; so is the wait for the first and after the last."""
    samples = [Sample(1.0, 0.5), Sample(2.0, 0.1, None, failure(2.0)), Sample(3.5, 0.25)]
    assert result_of(samples, duration_s=5.0).gaps(1.5) == (Gap(0.0, 1.5), Gap(1.5, 2.25))
    assert result_of(samples, duration_s=5.25).gaps(1.5)[-1] == Gap(3.75, 1.5)


def test_result_failed_after_leaves_out_what_was_due_before() -> None:
    """Recovery is judged by the requests due after a moment."""
    samples = [Sample(n, 0.1, None, failure(n)) for n in (1.0, 2.0, 3.0)]
    assert [item.due_s for item in result_of(samples).failed_after(2.0)] == [3.0]


def test_result_by_answer_leaves_out_failures_and_unnamed() -> None:
    """Only good answers that named a version are counted by version."""
    samples = [
        Sample(0, 0.1, "a"),
        Sample(0, 0.1, "a"),
        Sample(0, 0.1, "b"),
        Sample(0, 0.1),
        Sample(0, 1, "c", failure(0)),
    ]
    assert result_of(samples).by_answer == Counter({"a": 2, "b": 1})


@pytest.mark.parametrize(
    ("body", "value"),
    [(b'{"commit": "abc"}', "abc"), (b'{"commit": 1}', "1"), (b"{}", None), (b"[1]", None), (b"x", None)],
)
def test_extract_json_field_reads_only_objects(body: bytes, value: str | None) -> None:
    """A body that is no JSON object names no version."""
    assert extract_json_field("commit")(Response(200, {}, body)) == value
