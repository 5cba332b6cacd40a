"""The one door to programs: deadlines hold, output is kept, and no child outlives its caller."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from hallmark import process
from hallmark.outcome import CannotJudge

SLEEPER = [
    sys.executable,
    "-c",
    "import subprocess, sys; print('up', flush=True); subprocess.run(['sleep', '60'])",
]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(condition: object, timeout_s: float = 10) -> None:
    ends = time.monotonic() + timeout_s
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < ends, "it did not come true"
        time.sleep(0.02)


def test_run_returns_what_the_program_said() -> None:
    """Both streams, the exit code, and input by standard input."""
    done = process.run(["sh", "-c", "cat; echo err >&2"], stdin="in", timeout_s=10)
    assert (done.stdout, done.stderr, done.returncode) == ("in", "err\n", 0)


def test_run_a_failing_program_names_the_command_and_its_last_words() -> None:
    """The error can be pasted into a shell."""
    with pytest.raises(process.CommandFailed) as failed:
        process.run(["sh", "-c", "echo broken >&2; exit 7"], timeout_s=10)
    assert "exited with 7" in failed.value.what
    assert "broken" in failed.value.what
    assert failed.value.where == "sh -c 'echo broken >&2; exit 7'"


def test_run_a_program_that_is_not_there_is_unknown() -> None:
    """A missing program is an error of its own, not a traceback."""
    with pytest.raises(CannotJudge, match="could not be started"):
        process.run(["/nonexistent/program"], timeout_s=10)
    with pytest.raises(CannotJudge, match="is not installed"):
        process.which("no-such-program-anywhere")


def test_run_past_its_deadline_is_killed_with_its_children(tmp_path: Path) -> None:
    """A program that hangs ends at the deadline, grandchildren too."""
    pid_file = tmp_path / "pid"
    began = time.monotonic()
    with pytest.raises(process.CommandFailed, match=r"did not end within 0\.5 s"):
        process.run(["sh", "-c", f"sleep 60 & echo $! > {pid_file}; wait"], timeout_s=0.5)
    assert time.monotonic() - began < 10
    pid = int(pid_file.read_text())
    wait_until(lambda: not is_alive(pid))


def test_run_past_its_deadline_with_unread_input_closes_everything() -> None:
    """More input than a pipe holds, never read: no stream stays open (a warning would be an error here)."""
    with pytest.raises(process.CommandFailed, match="did not end"):
        process.run(["sleep", "60"], timeout_s=0.3, stdin="x" * 10_000_000)
    gc.collect()


def test_run_with_a_log_appends_both_streams(tmp_path: Path) -> None:
    """The log is kept, and its tail is in the error."""
    log = tmp_path / "deep" / "log"
    process.run(["sh", "-c", "echo one; echo two >&2"], timeout_s=10, log=log)
    with pytest.raises(process.CommandFailed, match="three"):
        process.run(["sh", "-c", "echo three; exit 1"], timeout_s=10, log=log)
    assert log.read_text() == "one\ntwo\nthree\n"


def test_run_is_stopped_with_its_children_for_the_reason_given(tmp_path: Path) -> None:
    """A caller that has learnt enough ends the program; what the program wrote is told with the reason."""
    pid = tmp_path / "pid"
    asked: list[bool] = []

    def stop() -> str:
        asked.append(pid.exists() and bool(pid.read_text()))
        return "enough" if len(asked) > 1 and asked[-1] else ""

    script = (
        "import subprocess, sys; child = subprocess.Popen(['sleep', '60']); "
        "print('begun', flush=True); open(sys.argv[1], 'w').write(str(child.pid)); child.wait()"
    )
    with pytest.raises(process.CommandFailed, match="was stopped: enough") as caught:
        process.run([sys.executable, "-c", script, pid], timeout_s=60, stop=stop, stdin="unread")
    assert asked[-1]
    assert len(asked) > 1
    assert caught.value.output.strip() == "begun"
    wait_until(lambda: not is_alive(int(pid.read_text())))


def test_run_gives_way_when_told_to() -> None:
    """A nice program runs with a lower priority than its caller."""
    session = Path("/proc/self/autogroup")  # only where the kernel groups processes by session
    program = f"import os; print(os.nice(0)); os.path.exists('{session}') and print(open('{session}').read())"
    done = process.run([sys.executable, "-c", program], timeout_s=30, niceness=3)
    own, *group = done.stdout.split()
    assert int(own) == os.nice(0) + 3
    assert group[-2:] == (["nice", "3"] if session.exists() else [])


def test_interrupt_ends_what_other_threads_run() -> None:
    """The main thread can stop its workers' programs, and go on with its own afterwards."""
    errors: list[process.CommandFailed] = []

    def work() -> None:
        try:
            process.run(SLEEPER, timeout_s=60)
        except process.CommandFailed as error:
            errors.append(error)

    worker = threading.Thread(target=work)
    worker.start()
    time.sleep(0.3)
    process.interrupt()
    worker.join(timeout=10)
    assert not worker.is_alive()
    assert len(errors) == 1
    process.resume()
    assert process.run(["true"], timeout_s=10).ok


def test_run_dies_with_its_caller_even_by_sigkill(tmp_path: Path) -> None:
    """A launcher killed by SIGKILL takes the program that it was running along."""
    pid_file = tmp_path / "pid"
    code = (
        "from hallmark import process\n"
        f"process.run(['sh', '-c', 'echo $$ > {pid_file}; exec sleep 60'], timeout_s=60)\n"
    )
    caller = subprocess.Popen([sys.executable, "-c", code])
    wait_until(lambda: pid_file.exists() and pid_file.read_text().strip())
    pid = int(pid_file.read_text())
    assert is_alive(pid)
    caller.kill()
    caller.wait()
    wait_until(lambda: not is_alive(pid))


def test_follow_hands_on_each_line_as_it_comes() -> None:
    """The first line is there long before the program ends; its exit code is the caller's to judge."""
    came: list[tuple[str, float]] = []
    began = time.monotonic()
    done = process.follow(
        ["sh", "-c", "echo one; sleep 1; echo two; echo err >&2; exit 3"],
        lambda line: came.append((line, time.monotonic() - began)),
        timeout_s=30,
        stop_s=5,
    )
    assert [line for line, _ in came] == ["one\n", "two\n"]
    assert came[1][1] - came[0][1] > 0.5
    assert (done.returncode, done.stderr) == (3, "err\n")


def test_follow_hands_on_what_comes_after_the_program_has_ended() -> None:
    """No line is lost because the machine is slow to bring it."""
    came: list[str] = []
    process.follow(["sh", "-c", "(sleep 1; echo late) & echo early"], came.append, timeout_s=30, stop_s=5)
    assert came == ["early\n", "late\n"]


def test_follow_does_not_wait_for_ever_for_an_output_that_is_held_open(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What the program left behind is killed, and its own exit code counts."""
    monkeypatch.setattr(process, "DRAIN_S", 0.5)
    pid_file = tmp_path / "pid"
    leaving = f"sleep 60 & echo $! > {pid_file}; exit 3"
    done = process.follow(["sh", "-c", leaving], lambda _: None, timeout_s=50, stop_s=5)
    assert done.returncode == 3
    assert done.duration_s < 40
    wait_until(lambda: not is_alive(int(pid_file.read_text())))


# Writes down that it was asked to end, and ends; `echo` says that it listens.
POLITE = "trap 'echo asked >> $0; exit 0' INT; echo up; while :; do sleep 0.05; done"


def test_follow_past_its_deadline_asks_once_and_waits(tmp_path: Path) -> None:
    """The program ends by itself, and the error says why it had to."""
    asked = tmp_path / "asked"
    with pytest.raises(process.CommandFailed, match=r"did not end within 1 s\n"):
        process.follow(["sh", "-c", POLITE, str(asked)], lambda _: None, timeout_s=1, stop_s=30)
    assert asked.read_text() == "asked\n"


def test_follow_a_program_that_does_not_listen_kills_it_with_its_children(tmp_path: Path) -> None:
    """Asking is not all: the deadline after it holds."""
    pid_file = tmp_path / "pid"
    deaf = f"trap '' INT; sleep 60 & echo $! > {pid_file}; wait; wait"
    with pytest.raises(process.CommandFailed, match=r"nor within 0\.5 s after it was asked to"):
        process.follow(["sh", "-c", deaf], lambda _: None, timeout_s=0.5, stop_s=0.5)
    wait_until(lambda: not is_alive(int(pid_file.read_text())))


def test_follow_whose_listener_raises_asks_the_program_to_end(tmp_path: Path) -> None:
    """An interruption of the caller is handed on; its own error comes back."""

    def listen(_: str) -> None:
        raise KeyboardInterrupt

    asked = tmp_path / "asked"
    with pytest.raises(KeyboardInterrupt):
        process.follow(["sh", "-c", POLITE, str(asked)], listen, timeout_s=30, stop_s=30)
    assert asked.read_text() == "asked\n"


def test_follow_in_a_run_that_was_interrupted_asks_the_program_to_end(tmp_path: Path) -> None:
    """What kills other programs asks a followed one."""
    asked = tmp_path / "asked"
    try:
        with pytest.raises(process.CommandFailed, match="the run was interrupted"):
            process.follow(
                ["sh", "-c", POLITE, str(asked)], lambda _: process.interrupt(), timeout_s=30, stop_s=30
            )
    finally:
        process.resume()
    assert asked.read_text() == "asked\n"


def test_follow_whose_caller_is_killed_is_asked_to_end_by_the_kernel(tmp_path: Path) -> None:
    """Not even SIGKILL of the kit leaves such a program running, or half done."""
    asked, up = tmp_path / "asked", tmp_path / "up"
    code = (
        "import pathlib, sys; from hallmark import process; "
        f"process.follow(['sh', '-c', sys.argv[1], {str(asked)!r}], "
        f"lambda _: pathlib.Path({str(up)!r}).touch(), timeout_s=60, stop_s=60)"
    )
    caller = subprocess.Popen([sys.executable, "-c", code, POLITE])
    try:
        wait_until(up.exists, 30)
    finally:
        caller.kill()
        caller.wait()
    wait_until(asked.exists)
    assert asked.read_text() == "asked\n"


def test_follow_a_program_that_cannot_be_started_says_so() -> None:
    """As `run` does."""
    with pytest.raises(process.CommandFailed, match="could not be started"):
        process.follow(["/nonexistent/program"], lambda _: None, timeout_s=10, stop_s=1)
