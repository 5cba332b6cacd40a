"""Who the service's process is and what the kernel lets it do."""

from __future__ import annotations

import pytest
from testinfra.host import Host

USER = "65532"
SERVICE_PORT = 8080
LISTEN, UNCONNECTED = "0A", "07"


def test_first_process_is_the_service_itself(host: Host) -> None:
    """No shell stands before the service: signals reach it."""
    words = host.check_output("tr '\\0' '\\n' </proc/1/cmdline").splitlines()
    assert words == ["python3", "-m", "quotes"]


def test_user_and_group_are_the_unprivileged_ones(status: dict[str, list[str]]) -> None:
    """Real, effective, saved and file-system ids are all the same unprivileged ones; no group of root's."""
    assert (status["Uid"], status["Gid"]) == ([USER] * 4, [USER] * 4)
    assert set(status["Groups"]) <= {USER}


def test_command_run_in_the_container_is_unprivileged_too(host: Host) -> None:
    """Who gets in by `exec` is nobody else."""
    assert host.check_output("id -u") == USER


@pytest.mark.parametrize("kind", ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"])
def test_process_holds_no_capability(status: dict[str, list[str]], kind: str) -> None:
    """No capability is held, and none can be gained: the bounding set is empty too."""
    assert int(status[kind][0], 16) == 0


def test_process_cannot_gain_privileges(status: dict[str, list[str]]) -> None:
    """A setuid program would not help."""
    assert status["NoNewPrivs"] == ["1"]


def test_system_calls_are_filtered(status: dict[str, list[str]]) -> None:
    """A seccomp filter is at work (mode 2)."""
    assert status["Seccomp"] == ["2"]


def test_only_the_service_port_is_open(host: Host) -> None:
    """The container listens on one TCP port and on no UDP port."""
    listening = {("tcp", SERVICE_PORT)}
    found = set()
    for protocol, state in (("tcp", LISTEN), ("tcp6", LISTEN), ("udp", UNCONNECTED), ("udp6", UNCONNECTED)):
        # A kernel without IPv6 has no such file.
        lines = host.check_output(f"cat /proc/net/{protocol} 2>/dev/null || true").splitlines()[1:]
        for fields in (line.split() for line in lines):
            if fields[3] == state:
                found.add((protocol.rstrip("6"), int(fields[1].rpartition(":")[2], 16)))
    assert found == listening


def test_memory_is_limited(host: Host) -> None:
    """The limit of the manifest is the kernel's: 192 MiB."""
    files = "/sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes"
    assert host.check_output(f"cat {files} 2>/dev/null || true").split() == [str(192 * 1024 * 1024)]


def test_python_is_new_enough(host: Host) -> None:
    """The interpreter is the one that the service is tested with, or newer."""
    version = host.check_output("python3 -c 'import sys; print(\"%d.%d\" % sys.version_info[:2])'")
    assert tuple(map(int, version.split("."))) >= (3, 11)


def test_environment_holds_no_secret(host: Host) -> None:
    """No variable is named like a secret."""
    names = [
        line.partition("=")[0] for line in host.check_output("tr '\\0' '\\n' </proc/1/environ").splitlines()
    ]
    assert "QUOTES_ENVIRONMENT" in names
    suspicious = ("TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL", "PRIVATE", "_KEY")
    assert [name for name in names if any(word in name.upper() for word in suspicious)] == []
