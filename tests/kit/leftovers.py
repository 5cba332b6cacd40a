"""What an environment could leave on this machine, as a set of lines that two moments can be compared by."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from hallmark import folders, process
from hallmark.cluster import cgroups

# Packet counters of a rule change by themselves.
COUNTERS = re.compile(r"\[\d+:\d+\]|packets \d+ bytes \d+")
MARK = b"HALLMARK_ENVIRONMENT="
SEARCH_PATH = "/usr/sbin:/sbin:/usr/bin:/bin"


@dataclass(frozen=True)
class Snapshot:
    """The machine at one moment; one line for each link, mount, rule, control group, process and file."""

    lines: frozenset[str]

    def difference(self, before: Snapshot) -> list[str]:
        """What is there now and was not, and what was there and is gone, the latter marked so."""
        gone = {f"gone: {line}" for line in before.lines - self.lines}
        return sorted((self.lines - before.lines) | gone)


def snapshot() -> Snapshot:
    """Look at everything that an environment makes or could change."""
    return Snapshot(frozenset([*_links(), *_mounts(), *_rules(), *_groups(), *_processes(), *_files()]))


def _links() -> list[str]:
    return [f"link {path.name}" for path in Path("/sys/class/net").iterdir()]


def _mounts() -> list[str]:
    lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    return [f"mount {line.split(' ', 4)[4]}" for line in lines]


def _rules() -> list[str]:
    found = []
    for argv in (["nft", "list", "ruleset"], ["iptables-save"]):
        program = shutil.which(argv[0], path=SEARCH_PATH)
        if program is None:
            continue
        text = process.run([program, *argv[1:]], timeout_s=30, check=False).stdout
        rules = (line for line in text.splitlines() if line and not line.startswith("#"))
        found += [f"{argv[0]} {COUNTERS.sub('', line)}" for line in rules]
    return found


def _groups() -> list[str]:
    patterns = ("hallmark-*", "*/hallmark-*")
    return [f"cgroup {path}" for pattern in patterns for path in cgroups.ROOT.glob(pattern)]


def _processes() -> list[str]:
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            marked = MARK in (folder / "environ").read_bytes()
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:  # it ended meanwhile
            continue
        if marked and words:
            found.append(f"process {folder.name}: {words[:200]}")
    return found


def _files() -> list[str]:
    environments = folders.state_home() / "environments"
    return [f"file {path}" for path in environments.rglob("*")] if environments.is_dir() else []
