"""Reads the files that a user points at, so that each is either read or named with the reason why not."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from hallmark.values import dataclass, field

NOT_TEXT = "not UTF-8 text"
STANDARD_INPUT = "-"


@dataclass(frozen=True)
class Text:
    """A file as it was read. `name` is the path as it was given, or as it was found below a folder that was."""

    name: str
    text: str


@dataclass
class Reader:
    """Reads each file once, by whatever way it is named; `refuse` is told what cannot be read, and why.

    A folder is read for the files that `is_one` takes, which are `what`; `enters` says which folders in it are looked
    into.
    """

    is_one: Callable[[Path], bool]
    what: str
    enters: Callable[[Path], bool]
    refuse: Callable[[str, str], None]
    _seen: set[str] = field(default_factory=set)

    def read(self, given: str) -> Iterator[Text]:
        """What stands under a path: a file, the files of a folder in order, or standard input for `-`."""
        for name in self.find(given):
            yield from self.text(name, given)

    def find(self, given: str) -> Iterator[str]:
        """The names of what `read` reads."""
        if not given:
            self.refuse(given, "an empty path")
        elif given != STANDARD_INPUT and is_seen_as(stat.S_ISDIR, given):
            yield from self._folder(given)
        elif self.is_new(given):
            yield given

    def text(self, name: str, given: str) -> Iterator[Text]:
        """The text of what was found under a path, or nothing when it is refused.

        A file that is named itself is read whatever it is called, and may be a pipe.
        """
        yield from self._text(name, only_regular=name != given)

    def is_new(self, given: str) -> bool:
        """Whether this file or folder was not asked for before."""
        return self._is_new(given if given == STANDARD_INPUT else os.path.realpath(given))

    def _is_new(self, whole: str) -> bool:
        known = whole in self._seen
        self._seen.add(whole)
        return not known

    def _folder(self, given: str) -> Iterator[str]:
        found = sorted(self._inside(given), key=lambda one: one[0].split("/"))
        if not found:
            self.refuse(given, f"no file here is {self.what}")
        for name, whole in found:
            if self._is_new(whole):
                yield name

    def _inside(self, given: str) -> Iterator[tuple[str, str]]:
        """Every file of a folder that is judged, with its real path; a folder that cannot be listed is refused."""
        real = {given: os.path.realpath(given)}
        entered = {real[given]}

        def is_entered(folder: str) -> bool:
            whole = real[folder] = os.path.realpath(folder)
            new = whole not in entered
            entered.add(whole)
            return new and self.enters(Path(folder))

        def refuse(error: OSError) -> None:
            self.refuse(str(error.filename), f"cannot be listed: {error.strerror}")

        join = os.path.join  # a Path would drop the ./ that the user gave
        for folder, folders, files in os.walk(given, onerror=refuse, followlinks=True):
            folders[:] = [one for one in sorted(folders) if is_entered(join(folder, one))]
            for one in files:
                name = join(folder, one)
                file = Path(name)
                if self.is_one(file):
                    yield name, os.path.realpath(name) if file.is_symlink() else join(real[folder], one)

    def _text(self, name: str, *, only_regular: bool) -> Iterator[Text]:
        from hallmark.documents import SIZE_LIMIT_BYTES  # slow to import, and most files are read elsewhere

        try:
            if name == STANDARD_INPUT:
                whole = _bounded(sys.stdin.buffer, SIZE_LIMIT_BYTES)
            else:
                file = Path(name)
                known = file.stat()
                if only_regular and not stat.S_ISREG(known.st_mode):
                    self.refuse(name, "no regular file")
                    return
                with file.open("rb") as stream:
                    whole = _bounded(stream, SIZE_LIMIT_BYTES, known.st_size)
        except OSError as error:
            self.refuse(name, f"cannot be read: {error.strerror}")
            return
        if len(whole) > SIZE_LIMIT_BYTES:
            self.refuse(name, f"larger than the limit of {SIZE_LIMIT_BYTES} bytes")
            return
        try:
            yield Text(name, whole.decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.refuse(name, NOT_TEXT)


def is_seen_as(kind: Callable[[int], bool], path: str | Path) -> bool:
    """Whether it is of this kind of file, as far as can be seen; what cannot be seen says so when it is read."""
    try:
        return kind(Path(path).stat().st_mode)
    except OSError:
        return False


def _bounded(stream: BinaryIO, most: int, size: int = 0) -> bytes:
    """No more than it takes to see that there is too much: a device has no end. `size` is what it is said to have."""
    limit = most + 1
    whole = stream.read(min(size + 1, limit))
    # Reading takes as much memory as is asked for, so the rest is only asked for where there is one.
    return whole + stream.read(limit - len(whole)) if len(whole) > size else whole
