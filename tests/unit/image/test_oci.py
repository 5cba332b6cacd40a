"""One-layer image archives: same files, same bytes; every blob is what its digest says."""

import hashlib
import json
import os
import tarfile
from pathlib import Path

import pytest

from hallmark.image import oci
from hallmark.outcome import CannotJudge, UsageError


@pytest.fixture
def program(tmp_path: Path) -> Path:
    file = tmp_path / "program"
    file.write_bytes(b"\x7fELF" + bytes(range(256)) * 40)
    file.chmod(0o700)
    return file


def write(archive: Path, program: Path, **changes: object) -> str:
    arguments: dict[str, object] = {
        "reference": "registry.example.test/system/pause:1",
        "entrypoint": ["/bin/pause"],
        "user": "65535:65535",
        "files": {"/bin/pause": program},
    }
    return oci.write(archive, **{**arguments, **changes})  # type: ignore[arg-type]


def blobs(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}  # type: ignore[union-attr]


def test_write_twice_with_other_times_and_names_gives_the_same_bytes(tmp_path: Path, program: Path) -> None:
    """Nothing of the machine, the moment or the folder is in an archive."""
    first = write(tmp_path / "one.tar", program)
    copy = tmp_path / "elsewhere" / "copy"
    copy.parent.mkdir()
    copy.write_bytes(program.read_bytes())
    copy.chmod(0o755)
    os.utime(copy, (1, 1))
    assert write(tmp_path / "two.tar", copy) == first
    assert (tmp_path / "one.tar").read_bytes() == (tmp_path / "two.tar").read_bytes()


def test_write_any_files_names_every_blob_by_its_own_digest(tmp_path: Path, program: Path) -> None:
    """Index, manifest, config and layer hang together by digest and size."""
    digest = write(tmp_path / "image.tar", program)
    content = blobs(tmp_path / "image.tar")
    for name, data in content.items():
        if name.startswith("blobs/"):
            assert name == f"blobs/sha256/{hashlib.sha256(data).hexdigest()}"
    (described,) = json.loads(content["index.json"])["manifests"]
    assert described["digest"] == digest
    assert described["annotations"]["io.containerd.image.name"] == "registry.example.test/system/pause:1"
    manifest = json.loads(content[oci.blob_path(digest)])
    for blob in (manifest["config"], *manifest["layers"]):
        assert len(content[oci.blob_path(blob["digest"])]) == blob["size"]
    config = json.loads(content[oci.blob_path(manifest["config"]["digest"])])
    assert config["rootfs"]["diff_ids"] == [manifest["layers"][0]["digest"]]
    assert (config["config"]["User"], config["config"]["Entrypoint"]) == ("65535:65535", ["/bin/pause"])


def test_write_nested_files_puts_folders_first_and_keeps_the_executable_bit(
    tmp_path: Path, program: Path
) -> None:
    """A layer can be unpacked in order, belongs to root, and only programs are executable."""
    notes = tmp_path / "notes"
    notes.write_text("x")
    notes.chmod(0o600)
    digest = write(tmp_path / "image.tar", program, files={"/usr/bin/p": program, "/etc/p/notes": notes})
    content = blobs(tmp_path / "image.tar")
    (layer,) = json.loads(content[oci.blob_path(digest)])["layers"]
    (tmp_path / "layer.tar").write_bytes(content[oci.blob_path(layer["digest"])])
    with tarfile.open(tmp_path / "layer.tar") as tar:
        found = [(entry.name, oct(entry.mode), entry.uid, entry.mtime) for entry in tar]
    assert found == [
        ("etc", "0o755", 0, 0),
        ("etc/p", "0o755", 0, 0),
        ("usr", "0o755", 0, 0),
        ("usr/bin", "0o755", 0, 0),
        ("etc/p/notes", "0o644", 0, 0),
        ("usr/bin/p", "0o755", 0, 0),
    ]


def test_write_over_an_archive_fails_leaves_the_old_one_and_nothing_else(
    tmp_path: Path, program: Path
) -> None:
    """An archive is replaced whole or not at all."""
    archive = tmp_path / "image.tar"
    write(archive, program)
    before = archive.read_bytes()

    def break_off() -> None:
        with oci.replacing(archive) as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["image.tar", "program"]
    assert archive.read_bytes() == before


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reference": ""}, "reference"),
        ({"entrypoint": []}, "entrypoint"),
        ({"entrypoint": "/bin/pause"}, "entrypoint"),
        ({"user": "nobody"}, "numeric"),
        ({"user": "1:nogroup"}, "numeric"),
        ({"files": {}}, "at least one"),
        ({"files": {"bin/pause": Path("/x")}}, "absolute"),
        ({"files": {"/bin/../pause": Path("/x")}}, "absolute"),
    ],
)
def test_write_wrong_argument_is_refused_by_name(
    tmp_path: Path, program: Path, changes: dict[str, object], says: str
) -> None:
    """A wrong argument is a usage error that says which, and no archive appears."""
    with pytest.raises(UsageError, match=says):
        write(tmp_path / "image.tar", program, **changes)
    assert not (tmp_path / "image.tar").exists()


def test_write_missing_file_names_it(tmp_path: Path, program: Path) -> None:
    """A file that is not there is named, with the place where it was looked for."""
    with pytest.raises(CannotJudge) as caught:
        write(tmp_path / "image.tar", program, files={"/bin/gone": tmp_path / "gone"})
    assert caught.value.where == str(tmp_path / "gone")
