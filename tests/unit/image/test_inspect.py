"""The judgements on a built image, each shown to pass and to fail."""

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from hallmark.image import BuiltImage, checks
from hallmark.image.layout import Layout, adopt_docker_archive
from hallmark.outcome import CannotJudge, Outcome

GOOD: dict[str, Any] = {
    "User": "65532:65532",
    "Entrypoint": ["python3", "-m", "quotes"],
    "Env": ["PATH=/bin"],
}
PINNED = f"localhost/base@sha256:{'0' * 64}"


def build(
    folder: Path, config: dict[str, Any], files: dict[str, int], *, base: str = PINNED, mtime: int = 7
) -> BuiltImage:
    """An image of empty files with these modes, by way of an archive as `docker save` writes it."""
    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w") as tar:
        for name, mode in files.items():
            entry = tarfile.TarInfo(name)
            entry.mode, entry.mtime = mode, mtime
            tar.addfile(entry)
    raw = {"created": "now", "config": config, "rootfs": {"type": "layers", "diff_ids": ["x"]}}
    parts = {
        "manifest.json": json.dumps([{"Config": "c.json", "Layers": ["l.tar"]}]).encode(),
        "c.json": json.dumps(raw).encode(),
        "l.tar": layer.getvalue(),
    }
    folder.mkdir(exist_ok=True)
    with tarfile.open(folder / "saved.tar", "w") as tar:
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    layout = Layout(folder / "layout")
    digest = adopt_docker_archive(layout, folder / "saved.tar", folder, {})
    return BuiltImage(digest, layout.root, base, base.partition("@")[2], "docker", 0.0)


def failed(built: BuiltImage) -> list[str]:
    return [check.name for check in checks(built) if check.outcome is not Outcome.PASS]


def test_checks_good_image_passes_every_one(tmp_path: Path) -> None:
    """A plain non-root image passes all nine."""
    results = checks(build(tmp_path, GOOD, {"srv/app": 0o644}))
    assert [(check.name, check.outcome) for check in results] == [
        (name, Outcome.PASS)
        for name in (
            *("layers", "user", "entrypoint", "base", "setid", "world-writable", "caches", "secrets", "size"),
        )
    ]


@pytest.mark.parametrize(
    ("config", "files", "name"),
    [
        ({"User": "root"}, {}, "user"),
        ({"User": ""}, {}, "user"),
        ({"User": "0:65532"}, {}, "user"),
        ({"User": "quotes"}, {}, "user"),
        ({"Entrypoint": None}, {}, "entrypoint"),
        ({"Entrypoint": ["/bin/sh", "-c", "python3"]}, {}, "entrypoint"),
        ({"Env": ["DB_PASSWORD=x"]}, {}, "secrets"),
        ({}, {"usr/local/bin/become": 0o4755}, "setid"),
        ({}, {"srv/data": 0o666}, "world-writable"),
        ({}, {"root/.cache/pip/x": 0o644}, "caches"),
        ({}, {"var/cache/apt/archives/a.deb": 0o644}, "caches"),
        ({}, {"run/secrets/pip": 0o600}, "secrets"),
        ({}, {"srv/app/.env": 0o644}, "secrets"),
        ({}, {".git/config": 0o644}, "secrets"),
    ],
)
def test_checks_planted_fault_fails_its_own_check_alone(
    tmp_path: Path, config: dict[str, Any], files: dict[str, int], name: str
) -> None:
    """One fault, one red check, the one that is named after it."""
    assert failed(build(tmp_path, {**GOOD, **config}, files)) == [name]


def test_checks_base_on_a_tag_fails(tmp_path: Path) -> None:
    """A base that can move is no base."""
    assert failed(build(tmp_path, GOOD, {}, base="localhost/base:latest")) == ["base"]


def test_checks_damaged_image_cannot_be_judged(tmp_path: Path) -> None:
    """A manifest that is not what its digest says stops everything."""
    built = build(tmp_path, GOOD, {})
    Layout(built.layout).blob(built.digest).write_bytes(b"{}")
    with pytest.raises(CannotJudge, match="damaged"):
        checks(built)


def test_adopt_docker_archive_other_times_give_the_same_digest(tmp_path: Path) -> None:
    """The time at which an engine built is not in the digest."""
    one = build(tmp_path / "one", GOOD, {"srv/app": 0o644}, mtime=1)
    other = build(tmp_path / "other", GOOD, {"srv/app": 0o644}, mtime=2_000_000_000)
    assert one.digest == other.digest
