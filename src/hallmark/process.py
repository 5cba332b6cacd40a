"""The one door to other programs: argument lists, a deadline, captured output, and no child left behind.

No shell is ever used. A program that runs past its deadline, or whose caller is interrupted, is killed with
its whole process group; a program whose caller is killed (even by SIGKILL) is killed by the kernel. One that is
followed is asked to end first (SIGINT), because it would leave things half done.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TypeAlias

from hallmark.outcome import CannotJudge
from hallmark.values import dataclass

TAIL_LINES = 15
STOP_POLL_S = 0.3
# How long the output of a program that has ended is read on: it may be behind, or held open by something it started.
DRAIN_S = 10.0

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None, use_errno=True)
_running: set[Child] = set()
_running_lock = threading.Lock()
_interrupted = threading.Event()


@dataclass(frozen=True)
class Completed:
    """A program that ended. `stdout` and `stderr` are text; both are empty when they went to a log file."""

    argv: tuple[str, ...]
    returncode: int
    stdout: str
    stderr: str
    duration_s: float

    @property
    def ok(self) -> bool:
        return self.returncode == 0


class Adopted:
    """A child process that `subprocess` did not start, as far as it must be like one that it did."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._code: int | None = None
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        """Its exit code, negative for the signal that killed it; None while it runs."""
        return self._reaped(os.WNOHANG)

    def wait(self) -> int:
        code = self._reaped(0)
        assert code is not None  # noqa: S101 - it was waited for
        return code

    def _reaped(self, how: int) -> int | None:
        with self._lock:
            if self._code is None:
                pid, status = os.waitpid(self.pid, how)
                self._code = os.waitstatus_to_exitcode(status) if pid else None
            return self._code


Child: TypeAlias = "subprocess.Popen[bytes] | Adopted"


class CommandFailed(CannotJudge):
    """A program could not be started, ran past its deadline, or exited with an unexpected code."""

    def __init__(self, argv: Sequence[str], reason: str, output: str = "", *, next_step: str = "") -> None:
        import shlex

        tail = "\n".join(f"    {line}" for line in output.strip().splitlines()[-TAIL_LINES:])
        what = f"{Path(argv[0]).name} {reason}" + (f"\n{tail}" if tail else "")
        super().__init__(what, where=shlex.join(argv), next_step=next_step)
        self.argv = tuple(argv)
        self.output = output


def which(program: str, search_path: str | None = None) -> Path:
    """The full path of `program`; raises CannotJudge naming the PATH searched."""
    import shutil  # with all that it can unpack, it is imported only where a program is looked for

    found = shutil.which(program, path=search_path)
    if found is None:
        searched = search_path or os.environ.get("PATH", "")
        raise CannotJudge(
            f"{program} is not installed", where=f"PATH={searched}", next_step="./hallmark doctor"
        )
    return Path(found)


def run(
    argv: Sequence[str | os.PathLike[str]],
    *,
    timeout_s: float,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
    log: Path | None = None,
    check: bool = True,
    niceness: int = 0,
    stop: Callable[[], str] | None = None,
) -> Completed:
    """Run a program to its end.

    `env` is added to the current environment. With `log`, both output streams are appended to that file instead
    of being returned. With `check`, any exit code but 0 raises CommandFailed. A program past `timeout_s` is killed
    with its group and raises CommandFailed, whatever `check` says; so is one that `stop`, asked now and then,
    gives a reason to end. `niceness` above 0 makes a program give way to others.
    """
    words = [os.fspath(word) for word in argv]
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        sink: int | IO[bytes] = subprocess.PIPE
        if log is not None:
            log.parent.mkdir(parents=True, exist_ok=True)
            sink = stack.enter_context(log.open("ab"))
        try:
            child = subprocess.Popen(
                words,
                cwd=cwd,
                env={**os.environ, **env} if env is not None else None,
                stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT if log is not None else subprocess.PIPE,
                start_new_session=True,
                preexec_fn=_prepare(os.getpid(), niceness),
            )
        except OSError as error:
            raise CommandFailed(words, f"could not be started: {error.strerror}") from error
        stack.enter_context(_registered(child))
        try:
            data = stdin.encode() if stdin is not None else None
            reason = ""
            while not reason:
                left_s = timeout_s - (time.monotonic() - began)
                try:
                    out, err = child.communicate(data, timeout=min(left_s, STOP_POLL_S) if stop else left_s)
                    break
                except subprocess.TimeoutExpired:
                    data = None  # it is on its way
                    if time.monotonic() - began >= timeout_s:
                        reason = f"did not end within {timeout_s:g} s"
                    elif stop is not None and (said := stop()):
                        reason = f"was stopped: {said}"
            else:
                kill_group(child)
                out, err = child.communicate()
                text = _tail_of(log) if log is not None else _text(out) + _text(err)
                raise CommandFailed(words, reason, text)
        except BaseException:
            kill_group(child)
            child.wait()
            raise
    if _interrupted.is_set():
        raise CommandFailed(words, "was stopped: the run was interrupted")
    done = Completed(tuple(words), child.returncode, _text(out), _text(err), time.monotonic() - began)
    if check and not done.ok:
        text = _tail_of(log) if log is not None else done.stderr or done.stdout
        raise CommandFailed(words, f"exited with {done.returncode}", text)
    return done


def follow(
    argv: Sequence[str | os.PathLike[str]],
    line: Callable[[str], object],
    *,
    timeout_s: float,
    stop_s: float,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Completed:
    """Run a program to its end and hand each line of its standard output to `line` as it comes.

    Past `timeout_s`, after an interruption or when `line` raises, the program is sent SIGINT once; it is killed with
    its group when it has not ended `stop_s` later. CommandFailed then says which. When the caller is killed the kernel
    sends the SIGINT. The result has whatever exit code the program gave itself, and no `stdout`.
    """
    import tempfile  # it brings shutil along

    words = [os.fspath(word) for word in argv]
    began = time.monotonic()
    reason, ends, gone = "", began + timeout_s, 0.0
    with contextlib.ExitStack() as stack:
        errors = stack.enter_context(tempfile.TemporaryFile())
        try:
            child = subprocess.Popen(
                words,
                cwd=cwd,
                env={**os.environ, **env} if env is not None else None,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
                preexec_fn=_prepare(os.getpid(), 0, at_death=signal.SIGINT),
            )
        except OSError as error:
            raise CommandFailed(words, f"could not be started: {error.strerror}") from error
        try:
            lines = _lines_of(child)
            while (text := _next(lines)) is not None:
                if text:
                    line(text)
                elif child.poll() is not None:
                    gone = gone or time.monotonic()
                    if time.monotonic() - gone >= DRAIN_S:
                        break
                if not reason and (_interrupted.is_set() or time.monotonic() >= ends):
                    stopped = "was stopped: the run was interrupted"
                    reason = stopped if _interrupted.is_set() else f"did not end within {timeout_s:g} s"
                    child.send_signal(signal.SIGINT)
                    ends = time.monotonic() + stop_s
                elif reason and time.monotonic() >= ends:
                    reason += f", nor within {stop_s:g} s after it was asked to"
                    break
            else:
                child.wait(stop_s)
        except BaseException:
            child.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(stop_s)
            raise
        finally:
            kill_group(child)
            child.wait()
        errors.seek(0)
        said = _text(errors.read())
    if reason:
        raise CommandFailed(words, reason, said)
    return Completed(tuple(words), child.returncode, "", said, time.monotonic() - began)


def _lines_of(child: subprocess.Popen[bytes]) -> queue.SimpleQueue[str | None]:
    """What a child writes, line by line, read whether or not anybody asks for it; None at its end."""
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def read() -> None:
        assert child.stdout is not None  # noqa: S101 - it was asked for
        with child.stdout as stream:
            for raw in stream:
                lines.put(_text(raw))
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    return lines


def _next(lines: queue.SimpleQueue[str | None]) -> str | None:
    try:
        return lines.get(timeout=STOP_POLL_S)
    except queue.Empty:
        return ""


@contextlib.contextmanager
def running(
    argv: Sequence[str | os.PathLike[str]], *, env: Mapping[str, str] | None = None, log: int
) -> Iterator[subprocess.Popen[bytes]]:
    """A program in the background that reads nothing and writes both output streams to the open file `log`.

    It is killed with its whole group at the end of the block, and by the kernel when the calling thread ends before.
    `env` is added to the current environment.
    """
    with _background(argv, env, subprocess.DEVNULL, log, log) as child:
        yield child


@contextlib.contextmanager
def conversing(argv: Sequence[str | os.PathLike[str]]) -> Iterator[subprocess.Popen[bytes]]:
    """A program in the background that is spoken to through pipes; it ends as one that is `running` does."""
    with _background(argv, None, subprocess.PIPE, subprocess.PIPE, subprocess.DEVNULL) as child:
        yield child


@contextlib.contextmanager
def _background(
    argv: Sequence[str | os.PathLike[str]],
    env: Mapping[str, str] | None,
    stdin: int,
    stdout: int,
    stderr: int,
) -> Iterator[subprocess.Popen[bytes]]:
    words = [os.fspath(word) for word in argv]
    try:
        child = subprocess.Popen(
            words,
            env={**os.environ, **env} if env is not None else None,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
            preexec_fn=_prepare(os.getpid(), 0),
        )
    except OSError as error:
        raise CommandFailed(words, f"could not be started: {error.strerror}") from error
    with _killed_at_the_end(child):
        yield child


@contextlib.contextmanager
def adopted(pid: int) -> Iterator[Adopted]:
    """A child of this process that was started elsewhere in a group of its own, from now on like one of `running`."""
    child = Adopted(pid)
    with _killed_at_the_end(child):
        yield child


@contextlib.contextmanager
def _killed_at_the_end(child: Child) -> Iterator[None]:
    with _registered(child):
        try:
            yield
        finally:
            kill_group(child)
            child.wait()


def interrupt() -> None:
    """Kill every program that any thread is running through `run`, and let no new one finish; one that is followed is
    asked to end by the thread that follows it.

    For the main thread of a command that was interrupted: worker threads then end with CommandFailed.
    """
    _interrupted.set()
    with _running_lock:
        for child in _running:
            kill_group(child)


def resume() -> None:
    """Let programs run again after `interrupt`, once the threads that were stopped have ended: for cleaning up."""
    _interrupted.clear()


@contextlib.contextmanager
def _registered(child: Child) -> Iterator[None]:
    with _running_lock:
        _running.add(child)
        if _interrupted.is_set():
            kill_group(child)
    try:
        yield
    finally:
        with _running_lock:
            _running.discard(child)
        for stream in (child.stdin, child.stdout, child.stderr):
            # A killed child may leave its input unread; closing it then fails, and closes it all the same.
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()


def _prepare(parent: int, niceness: int, *, at_death: int = signal.SIGKILL) -> Callable[[], None]:
    """What a child runs before it becomes the program: the kernel signals it when the calling thread is gone."""

    def ask_kernel() -> None:
        if niceness:
            os.nice(niceness)
            # Where the kernel groups processes by session, the session's own niceness is what counts (sched(7)).
            with contextlib.suppress(OSError):
                Path("/proc/self/autogroup").write_text(str(niceness))
        _libc.prctl(_PR_SET_PDEATHSIG, at_death)
        if os.getppid() != parent:  # the parent died before the kernel was asked
            os._exit(1)

    return ask_kernel


def kill_group(child: Child) -> None:
    """Kill a child started by this module with everything it started in its own session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode(errors="replace")


def _tail_of(log: Path, size_bytes: int = 8192) -> str:
    with log.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - size_bytes))
        return _text(file.read())
