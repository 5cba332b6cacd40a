"""The parameters are whole and of the right form, or nothing is judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture import ROOT  # type: ignore[import-not-found]

from hallmark.outcome import CannotJudge
from hallmark.policy import parameters

OWN = ROOT / "policies/parameters.yaml"
GOOD = """\
image_registries: [a/]
required_labels: []
required_annotations: []
required_tags: [Owner]
supported_eks_versions: []
lasting_environments: [production]
cluster_administrators: []
expiring_image_tags: [ephemeral-]
allowed_kinds:
  - {apiVersion: example.org/v1, kind: Widget, reason: our own}
"""


def test_read_kits_own_and_a_good_file_give_what_they_say(tmp_path: Path) -> None:
    """Lists of text stay what they are, and an allowed kind keeps its reason."""
    file = tmp_path / "parameters.yaml"
    file.write_text(GOOD)
    assert parameters.read(file) == parameters.Parameters(
        image_registries=("a/",),
        required_labels=(),
        required_annotations=(),
        required_tags=("Owner",),
        supported_eks_versions=(),
        lasting_environments=("production",),
        cluster_administrators=(),
        expiring_image_tags=("ephemeral-",),
        allowed_kinds=(parameters.AllowedKind("example.org/v1", "Widget", "our own"),),
    )
    assert parameters.read(OWN).image_registries == ("registry.hallmark.internal/",)


@pytest.mark.parametrize(
    ("old", "new", "reason", "line"),
    [
        ("required_labels: []\n", "", "the file lacks required_labels", 1),
        ("required_labels", "required_label", "the file lacks required_labels", 1),
        ("required_labels", "more: []\nrequired_labels", "the file has the unknown more", 1),
        (GOOD, "[]", "the file must have the keys allowed_kinds, cluster_administrators", 1),
        ("[a/]", "a/", "image_registries must be a list of text", 1),
        ("[a/]", "[1]", "image_registries must be a list of text", 1),
        ("required_labels: []", "required_labels: [a, ~]", "required_labels must be a list of text", 2),
        (", reason: our own", "", "a kind of allowed_kinds lacks reason", 9),
        ("our own", "' '", "and a reason", 9),
        ("required_labels: []", "image_registries: []", "duplicate key 'image_registries'", 2),
        ("[a/]", "[", "invalid YAML", 3),
    ],
)
def test_read_wrong_form_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, reason: str, line: int
) -> None:
    """A key too many or too few, another type, or no YAML: which one and where."""
    file = tmp_path / "parameters.yaml"
    assert old in GOOD
    file.write_text(GOOD.replace(old, new))
    with pytest.raises(CannotJudge, match=reason) as caught:
        parameters.read(file)
    assert caught.value.where == f"{file}:{line}"


def test_read_absent_empty_or_binary_is_refused(tmp_path: Path) -> None:
    """What cannot be read at all is named."""
    file = tmp_path / "parameters.yaml"
    with pytest.raises(CannotJudge, match="No such file"):
        parameters.read(file)
    file.write_text("# nothing\n")
    with pytest.raises(CannotJudge, match="nothing in it"):
        parameters.read(file)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(CannotJudge, match="not UTF-8"):
        parameters.read(file)
