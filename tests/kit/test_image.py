"""The image on the real machine: root, a base made from packages or a public one, buildah, the package index."""

import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from hallmark import config, folders, image, process
from hallmark.image import BuiltImage
from hallmark.image.layout import Layout
from hallmark.outcome import Outcome, Refused

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[config.Project]:
    """A checkout of its own with this service in it, to be changed at will."""
    root = tmp_path / "checkout"
    names = process.run(["git", "-C", ROOT, "ls-files", "-z", "app"], timeout_s=30).stdout.split("\0")
    for name in filter(None, names):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    shutil.copy(ROOT / "hallmark.toml", root / "hallmark.toml")
    (root / ".gitignore").write_text("*.pyc\n")
    process.run(["git", "init", "--quiet", root], timeout_s=30)
    yield config.load(root)
    assert str(folders.cache_home()) not in Path("/proc/self/mounts").read_text(), "a build left a mount"
    assert not list((folders.cache_home() / "images").glob("work-*")), "a build left its scratch folder"


def contents(built: BuiltImage) -> dict[str, str]:
    """Every file of an image with its mode and digest, for a comparison that names what differs."""
    found = {}
    layout = Layout(built.layout)
    for layer in layout.blobs_of(built.digest)[:-1]:
        with tarfile.open(layout.blob(layer.digest)) as tar:
            for entry in tar:
                file = tar.extractfile(entry) if entry.isreg() else None
                content = sha256(file.read()).hexdigest() if file else entry.linkname
                found[entry.name] = f"{entry.mode:o} {entry.uid}:{entry.gid} {entry.mtime} {content}"
    return found


def test_build_twice_from_cold_gives_the_same_digest(project: config.Project) -> None:
    """The same source gives the same bytes without any cached step; otherwise the files that differ are named."""
    first, second = image.build(project, fresh=True), image.build(project, fresh=True)
    if first.digest != second.digest:
        one, other = contents(first), contents(second)
        differing = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
        pytest.fail(
            f"{first.digest} and {second.digest} differ in: {', '.join(differing) or 'config or order'}"
        )


def test_build_changed_and_changed_back_gives_the_first_digest_warm(project: config.Project) -> None:
    """A cached build is the same image as a cold one, and a change is seen."""
    cold = image.build(project, fresh=True)
    file = project.source / "quotes" / "main.py"
    text = file.read_text()
    file.write_text(f"{text}# changed\n")
    changed = image.build(project)
    file.write_text(text)
    again = image.build(project)
    assert changed.digest != cold.digest == again.digest


def test_build_stray_ignored_file_is_not_in_the_image(project: config.Project) -> None:
    """What git ignores never enters; what is new and not ignored does, as it will once it is committed."""
    (project.source / "quotes" / "left.pyc").write_bytes(b"x")
    (project.source / "quotes" / "new.py").write_text("")
    names = contents(image.build(project))
    assert "srv/app/quotes/new.py" in names
    assert "srv/app/quotes/left.pyc" not in names


def test_build_service_passes_its_own_checks(project: config.Project) -> None:
    """The image that is promoted is clean by every judgement, the lent certificates and settings included."""
    built = image.build(project)
    assert [check for check in image.checks(built) if check.outcome is not Outcome.PASS] == []
    assert not [name for name in contents(built) if name.startswith("run/secrets")]


def test_build_failing_dockerfile_is_refused_with_step_and_cause(project: config.Project) -> None:
    """The failing step, its cause and its line in three lines; the store is left clean (see the fixture)."""
    with (project.source / "Dockerfile").open("a") as file:
        file.write("USER 0\nRUN python3 -m no_such_module\n")
    with pytest.raises(Refused, match="No module named no_such_module") as caught:
        image.build(project)
    assert len(str(caught.value).splitlines()) == 3
    lines = (project.source / "Dockerfile").read_text().splitlines()
    assert caught.value.where == f"Dockerfile:{lines.index('RUN python3 -m no_such_module') + 1}"


def test_build_killed_leaves_nothing_mounted_and_the_next_one_works(project: config.Project) -> None:
    """kill -9 in the middle of a step: no mount, no process, no broken store."""
    code = "import sys; from pathlib import Path; from hallmark import config, image\n"
    code += (
        "image.build(config.load(Path(sys.argv[1])), report=lambda text: print(text, flush=True), fresh=True)"
    )
    words = [sys.executable, "-c", code, str(project.root)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.startswith("unpacking") or line.startswith("building"):
                break
        child.kill()
    assert image.build(project).digest.startswith("sha256:")
