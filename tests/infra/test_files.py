"""The container's files: what can be written, what is owned by whom, what should not be there at all."""

from __future__ import annotations

import pytest
from testinfra.host import Host

# The kernel's own file systems say nothing about the image.
IMAGE_ONLY = r"\( -path /proc -o -path /sys -o -path /dev \) -prune -o"
APPLICATION = "/srv"


def find(host: Host, expression: str, start: str = "/") -> list[str]:
    """The paths that `find` prints; folders that may not be entered are no error."""
    return sorted(
        host.run(f"find {start} {IMAGE_ONLY} {expression} -print 2>/dev/null").stdout.split("\n")[:-1]
    )


def test_find_sees_the_image(host: Host) -> None:
    """The searches below look at something: they see the service's own files."""
    assert f"{APPLICATION}/app/quotes/main.py" in find(host, "-type f", APPLICATION)
    assert len(find(host, "-type f")) > 1000


def test_root_file_system_is_read_only(host: Host) -> None:
    """The kernel has it mounted so, whoever asks."""
    roots = [line.split() for line in host.check_output("cat /proc/mounts").splitlines()]
    options = [fields[3].split(",") for fields in roots if fields[1] == "/"]
    assert len(options) == 1
    assert "ro" in options[0]


def test_nothing_but_tmp_can_be_written(host: Host) -> None:
    """The service's user can write to /tmp and to nothing else."""
    assert [path for path in find(host, "! -type l -writable") if not path.startswith("/tmp/")] == ["/tmp"]


def test_tmp_really_can_be_written(host: Host) -> None:
    """What must be writable is."""
    assert host.run("touch /tmp/probe && rm /tmp/probe").rc == 0


def test_application_belongs_to_root_and_only_root_writes(host: Host) -> None:
    """Even without the read-only mount the service could not change its own code."""
    assert find(host, r"\( ! -user 0 -o ! -group 0 -o -perm /022 \) ! -type l", APPLICATION) == []


def test_application_can_be_read(host: Host) -> None:
    """Every file is readable by the service's user."""
    assert find(host, "! -readable", APPLICATION) == []


def test_no_program_changes_its_user(host: Host) -> None:
    """No file carries setuid or setgid."""
    assert find(host, "-type f -perm /6000") == []


@pytest.mark.parametrize(
    "folder",
    [
        "/var/cache/apt",
        "/var/lib/apt/lists",
        "/var/cache/debconf",
        "/root/.cache",
        "/tmp/pip*",
        "/var/log/apt",
    ],
)
def test_no_leftovers_of_package_managers(host: Host, folder: str) -> None:
    """Caches, lists and logs of installations are no part of the image."""
    assert host.run(f"find {folder} -type f 2>/dev/null").stdout == ""


@pytest.mark.parametrize("path", ["/var/run/secrets/kubernetes.io", "/run/secrets"])
def test_no_credential_is_mounted(host: Host, path: str) -> None:
    """No service-account token, and none of the build's secrets."""
    assert not host.file(path).exists


def test_no_build_tool_is_left(host: Host) -> None:
    """Neither compilers nor an installer of Python packages come along."""
    for program in ("gcc", "cc", "make", "pip", "pip3", "git"):
        assert not host.exists(program), program
