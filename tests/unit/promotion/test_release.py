"""A release names its content, survives being packed, and cannot be changed unseen."""

from __future__ import annotations

import base64
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallmark.outcome import CannotJudge, UsageError
from hallmark.promotion.release import Release, Shelf

IMAGE = "registry.example/quotes@sha256:" + "a" * 64
RELEASE = Release(IMAGE, "c" * 40, {"staging": "kind: A\n", "production": "kind: B\n---\nkind: C\n"})


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=4), st.text())
def test_pack_any_release_unpacks_to_itself(manifests: dict[str, str], commit: str) -> None:
    """Nothing is lost on the way into a ConfigMap and back."""
    release = Release(IMAGE, commit, manifests)
    assert Release.unpack(release.pack(), name=release.name) == release


def test_name_depends_on_every_part() -> None:
    """Another commit, image or manifest is another release."""
    others = [
        Release(IMAGE, "d" * 40, RELEASE.manifests),
        Release(IMAGE.replace("a" * 64, "b" * 64), RELEASE.commit, RELEASE.manifests),
        Release(IMAGE, RELEASE.commit, {**RELEASE.manifests, "staging": "kind: D\n"}),
    ]
    assert len({RELEASE.name, *(other.name for other in others)}) == 4


def test_unpack_a_changed_release_is_refused() -> None:
    """Somebody who edits the stored manifests is found out by the name."""
    forged = Release(IMAGE, RELEASE.commit, {"staging": "kind: Evil\n"})
    with pytest.raises(CannotJudge, match="was changed after it was made"):
        Release.unpack(forged.pack(), name=RELEASE.name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "%%%",
        base64.b64encode(b"no gzip").decode(),
        base64.b64encode(gzip.compress(b"{}")).decode(),
        base64.b64encode(gzip.compress(b'"' + b"x" * 5_000_000 + b'"')).decode(),
        RELEASE.pack()[:-20],
    ],
    ids=["empty", "no base64", "no gzip", "no release", "a bomb", "cut"],
)
def test_unpack_broken_content_is_unknown(text: str) -> None:
    """What cannot be read is no release."""
    with pytest.raises(CannotJudge):
        Release.unpack(text, name=RELEASE.name)


def test_objects_are_those_of_the_stage() -> None:
    """Every document of the stage's manifests, in order."""
    assert RELEASE.objects("production") == [{"kind": "B"}, {"kind": "C"}]


def test_find_takes_the_newest_of_a_digest(tmp_path: Path) -> None:
    """The same image released again with other manifests is found in its newest form."""
    shelf = Shelf(tmp_path)
    newer = Release(IMAGE, "d" * 40, RELEASE.manifests)
    for release in (RELEASE, newer):
        file = shelf.put(release)
    file.touch()
    assert shelf.find(RELEASE.digest) == newer


def test_find_an_unknown_digest_is_wrong_usage(tmp_path: Path) -> None:
    """A digest that nobody released is named, with what to do."""
    with pytest.raises(UsageError, match="no release of sha256:b"):
        Shelf(tmp_path).find("sha256:" + "b" * 64)


def test_find_an_edited_release_is_refused(tmp_path: Path) -> None:
    """A release file that no longer is what its folder says is not promoted."""
    file = Shelf(tmp_path).put(RELEASE)
    file.write_text(file.read_text().replace("kind: A", "kind: X"))
    with pytest.raises(CannotJudge, match="was changed"):
        Shelf(tmp_path).find(RELEASE.digest)
