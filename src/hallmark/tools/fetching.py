"""Getting many tools at once: downloads and builds side by side, each tool awaited by itself.

Builds begin in the order of the list, never two of one Go module together: they would compile the same packages
twice. Of different modules two go on at a time even on two cores, for linking keeps only one of them busy.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from hallmark.outcome import CannotJudge, HallmarkError
from hallmark.tools import gobuild, release, store
from hallmark.tools.pins import GO, Pin, Pins
from hallmark.tools.progress import Progress, Silent, Tolerant

Source = Literal["auto", "release", "build"]
DOWNLOADS_AT_ONCE = 4
# What `build_s` in the list was measured on.
_MEASURED_CORES = 2


@dataclass
class _Task:
    """One tool on its way: `settled` is set when it is there or cannot be had."""

    pin: Pin
    settled: threading.Event = field(default_factory=threading.Event)
    path: Path | None = None
    error: Exception | None = None
    began: float = 0.0
    source: str = ""


class Fetching:
    """Tools under way in the background. Made by `tools.start`."""

    def __init__(self, listed: Pins, names: Sequence[str], source: Source, progress: Progress | None) -> None:
        self._listed = listed
        self._source = source
        self._progress = Tolerant(progress if progress is not None else Silent())
        self._stopped = threading.Event()
        self._settled = threading.Condition()
        self._tasks: dict[str, _Task] = {}
        self._waiting: list[Pin] = []
        self._building: set[str] = set()
        self._builders = 1
        self._queue_lock = threading.Lock()
        self._downloads: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._sources: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        for name in dict.fromkeys(names):
            self._tasks[name] = _Task(listed.pin(name))
        self._begin()

    def __enter__(self) -> Fetching:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def wait(self, name: str, timeout_s: float | None = None) -> Path:
        """Wait for one tool and return its path; raises what kept it from coming, CannotJudge after `timeout_s`."""
        task = self._tasks.get(name)
        if task is None:
            raise CannotJudge(f"{name} is not among the tools being fetched", where=", ".join(self._tasks))
        if not task.settled.wait(timeout_s):
            raise CannotJudge(
                f"{name} did not come within {timeout_s:g} s", next_step="./hallmark tools fetch"
            )
        return self._result(task)

    def wait_all(self) -> dict[str, Path]:
        """Wait for all; the first that cannot be had ends the wait and the rest of the work."""
        try:
            with self._settled:
                while not all(task.settled.is_set() for task in self._tasks.values()):
                    if any(task.error is not None for task in self._tasks.values()):
                        break
                    # A time limit keeps the main thread able to hear Ctrl-C.
                    self._settled.wait(1.0)
            failed = [task for task in self._tasks.values() if task.error is not None]
            if failed:
                self._result(failed[0])
            return {name: self._result(task) for name, task in self._tasks.items()}
        finally:
            self.close()

    def ready(self, name: str) -> bool:
        """Whether `wait(name)` would return at once."""
        return self._tasks[name].settled.is_set()

    def source_of(self, name: str) -> str:
        """How a tool came: `cache`, `release` or `build`; empty while it has not."""
        return self._tasks[name].source

    def close(self) -> None:
        """Stop what still runs and wait for it to end; what was downloaded and compiled so far is kept."""
        self._stopped.set()
        for thread in self._threads:
            thread.join(timeout=10)
        atexit.unregister(self.close)
        for task in self._tasks.values():
            if not task.settled.is_set():
                self._settle(task, error=CannotJudge(f"{task.pin.name} was not fetched: interrupted"))
        self._progress.close()

    def _begin(self) -> None:
        missing: list[_Task] = []
        for task in self._tasks.values():
            found = _intact(task.pin)
            if found is not None:
                task.path, task.source = found.path, "cache"
                task.settled.set()
            else:
                missing.append(task)
        if not missing:
            return
        self._progress.planned([task.pin.name for task in missing], self._estimate_s(missing))
        for task in missing:
            if self._source != "build" and task.pin.release is not None:
                self._downloads.put(task.pin.name)
            elif self._source == "release" and task.pin.name != GO:
                self._settle(
                    task, error=_no_release(task.pin, "the list names no release that can be checked")
                )
            else:
                self._queue_build(task.pin)
        atexit.register(self.close)
        cores = os.cpu_count() or 1
        self._builders = min(max(cores // 2, 2), 4) if cores > 1 else 1
        workers: list[tuple[str, Callable[[], None]]] = []
        downloaders = min(DOWNLOADS_AT_ONCE, self._downloads.qsize())
        workers += [(f"download-{n}", self._download_all) for n in range(downloaders)]
        workers += [(f"build-{n}", self._build_all) for n in range(self._builders)]
        workers.append(("sources", self._fetch_all_sources))
        for name, work in workers:
            # Daemons: a program that ends without close() is not held up, and its compilers die with it.
            thread = threading.Thread(target=work, name=f"tools-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _estimate_s(self, tasks: Sequence[_Task]) -> float:
        total = sum(self._build_estimate_s(task.pin) for task in tasks)
        if _intact(self._listed.toolchain) is None and all(task.pin.name != GO for task in tasks):
            total += self._build_estimate_s(self._listed.toolchain)
        return total

    def _build_estimate_s(self, pin: Pin) -> float:
        return pin.build_s * _MEASURED_CORES / (os.cpu_count() or 1)

    def _download_all(self) -> None:
        while not self._stopped.is_set():
            try:
                task = self._tasks[self._downloads.get_nowait()]
            except queue.Empty:
                return
            self._attempt(task, self._download)

    def _build_all(self) -> None:
        while not self._stopped.is_set() and not all(task.settled.is_set() for task in self._tasks.values()):
            pin = self._next_build()
            if pin is None:
                self._stopped.wait(0.2)
                continue
            try:
                self._attempt(self._tasks[pin.name], self._build)
            finally:
                with self._queue_lock:
                    self._building.discard(_origin(pin))

    def _next_build(self) -> Pin | None:
        """The first waiting tool whose module nobody builds from, now the caller's; None when there is none."""
        with self._queue_lock:
            free = [pin for pin in self._waiting if _origin(pin) not in self._building]
            if not free:
                return None
            chosen = min(free, key=lambda pin: pin.order)
            self._waiting.remove(chosen)
            self._building.add(_origin(chosen))
            return chosen

    def _queue_build(self, pin: Pin) -> None:
        with self._queue_lock:
            self._waiting.append(pin)
        if pin.module is not None:
            self._sources.put(pin.name)

    def _fetch_all_sources(self) -> None:
        """Fetch the sources of what waits to be built, so that the compiler never waits for the network."""
        while not self._stopped.is_set() and not all(task.settled.is_set() for task in self._tasks.values()):
            toolchain = _intact(self._listed.toolchain)
            try:
                # The first builder fetches the toolchain; until then there is nothing to fetch sources with.
                name = self._sources.get(timeout=0.2) if toolchain is not None else ""
            except queue.Empty:
                continue
            if toolchain is None:
                self._stopped.wait(0.2)
            elif not self._tasks[name].settled.is_set():
                with contextlib.suppress(store.Interrupted):
                    gobuild.fetch_sources(self._tasks[name].pin, toolchain.path, stop=self._stopped.is_set)

    def _attempt(self, task: _Task, work: Callable[[_Task], store.Installed | None]) -> None:
        """Run one step of one tool and settle it, unless the step handed it on."""
        name = task.pin.name
        task.began = time.monotonic()
        try:
            with _disk_faults(task.pin):
                installed = work(task)
        except store.Interrupted:
            return
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for the tool
            why = (str(error) or type(error).__name__).splitlines()[0]
            self._progress.finished(name, f"failed: {why}", time.monotonic() - task.began)
            self._settle(task, error=error)
            return
        if installed is not None:
            self._progress.finished(name, installed.source, time.monotonic() - task.began)
            self._settle(task, path=installed.path, source=installed.source)

    def _download(self, task: _Task) -> store.Installed | None:
        pin = task.pin
        offers = [other.pin.release for other in self._tasks.values() if other.pin.release is not None]
        why = release.unreachable([offer.url for offer in offers])
        try:
            host = release.host_of(pin.release.url) if pin.release is not None else ""
            if host in why:
                raise release.Unavailable(f"{host} cannot be reached: {why[host]}")
            with self._locked(pin):
                found = _intact(pin)
                if found is not None:
                    return found
                self._progress.started(pin.name, "download", None)
                with store.staging(pin) as place:
                    origin = release.fetch(
                        pin,
                        place / pin.name,
                        stop=self._stopped.is_set,
                        report=lambda done, eta_s: self._progress.advanced(pin.name, "download", done, eta_s),
                    )
                    return store.publish(pin, place, entry=pin.name, source="release", origin=origin)
        except release.Unavailable as error:
            if self._source == "release":
                raise _no_release(pin, str(error)) from error
            self._queue_build(pin)
            return None

    def _build(self, task: _Task) -> store.Installed | None:
        pin = task.pin
        chain = self._toolchain()
        if pin.name == GO:
            return chain
        with self._locked(pin):
            found = _intact(pin)
            if found is not None:
                return found
            # The processors are shared among as many builds as there are modules left, up to the builders.
            with self._queue_lock:
                beside = len({_origin(other) for other in self._waiting} | self._building)
            estimate_s = self._build_estimate_s(pin) * min(self._builders, beside)
            self._progress.started(pin.name, "build", estimate_s)

            def tick(elapsed_s: float) -> None:
                # No compiler says how far it is; the estimate never promises that it is done.
                left_s = estimate_s - elapsed_s
                done = min(elapsed_s / estimate_s, 0.99)
                self._progress.advanced(pin.name, "build", done, left_s if left_s > 0 else None)

            with store.staging(pin) as place:
                into = place / pin.name
                origin = gobuild.build(pin, chain.path, into, stop=self._stopped.is_set, tick=tick)
                return store.publish(pin, place, entry=pin.name, source="build", origin=origin)

    def _toolchain(self) -> store.Installed:
        """The Go toolchain; the first builder fetches it, the others wait for its lock."""
        pin = self._listed.toolchain
        found = _intact(pin)
        if found is not None:
            return found
        self._progress.started(GO, "download", self._build_estimate_s(pin))
        began = time.monotonic()
        installed = gobuild.install_toolchain(self._listed, stop=self._stopped.is_set)
        if GO not in self._tasks:
            self._progress.finished(GO, installed.source, time.monotonic() - began)
        return installed

    @contextlib.contextmanager
    def _locked(self, pin: Pin) -> Iterator[None]:
        def waiting() -> None:
            self._progress.started(pin.name, "wait", None)

        with store.locked(pin.name, stop=self._stopped.is_set, waiting=waiting):
            yield

    def _settle(
        self, task: _Task, *, path: Path | None = None, source: str = "", error: Exception | None = None
    ) -> None:
        with self._settled:
            task.path, task.source, task.error = path, source, error
            task.settled.set()
            self._settled.notify_all()
        if all(other.settled.is_set() for other in self._tasks.values()):
            self._progress.close()

    def _result(self, task: _Task) -> Path:
        if task.error is not None:
            raise task.error
        if task.path is None:
            raise CannotJudge(f"{task.pin.name} is not there yet")
        return task.path


def _origin(pin: Pin) -> str:
    """What only one build may read at a time."""
    return pin.module.name if pin.module is not None else pin.name


def _intact(pin: Pin) -> store.Installed | None:
    """The installed tool; a changed one counts as missing here, for it is fetched again."""
    try:
        return store.find(pin)
    except store.Changed:
        return None


def _no_release(pin: Pin, why: str) -> CannotJudge:
    return CannotJudge(
        f"{pin.name} {pin.version} cannot be downloaded: {why}",
        next_step=f"./hallmark tools fetch {pin.name} --source build",
    )


@contextlib.contextmanager
def _disk_faults(pin: Pin) -> Iterator[None]:
    """Say a failing disk in the words of the kit."""
    try:
        yield
    except HallmarkError:
        raise
    except OSError as error:
        raise CannotJudge(
            f"{pin.name} cannot be installed: {error.strerror or error}",
            where=str(error.filename or store.home(pin)),
            next_step="free some space (building everything takes about 11 GB) or set HALLMARK_CACHE to a larger disk",
        ) from error
