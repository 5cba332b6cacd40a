"""Rendering: what the kit adds to an overlay, and everything that it refuses to render."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallmark import config, documents, manifests, process, tools
from hallmark.outcome import CannotJudge, Refused, UsageError

ROOT = Path(__file__).resolve().parents[2]
DIGEST = "sha256:" + "ab" * 32
IMAGE = f"registry.hallmark.internal/quotes@{DIGEST}"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def project(tmp_path: Path) -> config.Project:
    """A copy of the manifests and settings, free to break."""
    shutil.copy(ROOT / "hallmark.toml", tmp_path)
    shutil.copytree(ROOT / "manifests", tmp_path / "manifests")
    return config.load(tmp_path)


def render(
    project: config.Project, stage: str = "staging", namespace: str | None = None
) -> manifests.Rendered:
    return manifests.render(project, stage, image=IMAGE, commit=COMMIT, namespace=namespace)


def only(rendered: manifests.Rendered, kind: str) -> dict[str, Any]:
    (found,) = [one for one in rendered.objects if one["kind"] == kind]
    return found


def test_render_deployment_carries_digest_and_commit(project: config.Project) -> None:
    """The pod template names the image by digest and says digest and commit in its annotations."""
    template = only(render(project), "Deployment")["spec"]["template"]
    assert template["metadata"]["annotations"] == {
        "hallmark.dev/image-digest": DIGEST,
        "hallmark.dev/commit": COMMIT,
    }
    assert [one["image"] for one in template["spec"]["containers"]] == [IMAGE]


def test_render_twice_gives_the_same_bytes(project: config.Project) -> None:
    """Rendering is repeatable, and its text is kept in a file."""
    first, second = render(project), render(project)
    assert (first.text, first.sha256) == (second.text, second.sha256)
    assert first.file.read_text() == first.text


def test_render_leaves_nothing_in_the_sources(project: config.Project) -> None:
    """The kit's own kustomization is written outside the manifests and removed again."""
    before = sorted(project.manifests.rglob("*"))
    render(project)
    assert sorted(project.manifests.rglob("*")) == before
    assert [one.name for one in project.output.iterdir()] == ["rendered"]


def test_render_namespace_moves_every_object(project: config.Project) -> None:
    """An ephemeral environment differs from staging in its namespace and in nothing else."""
    staging, moved = render(project), render(project, namespace="e2e-0a1b2c")
    assert only(moved, "Namespace")["metadata"]["name"] == "e2e-0a1b2c"
    assert {one["metadata"].get("namespace", "e2e-0a1b2c") for one in moved.objects} == {"e2e-0a1b2c"}
    assert moved.text.replace("e2e-0a1b2c", "staging") == staging.text
    assert moved.namespace == "e2e-0a1b2c"


def test_render_stages_differ_in_sizes_and_settings_only(project: config.Project) -> None:
    """What staging proves says something about production: the differing fields are a closed list."""
    staging, production = render(project), render(project, "production")
    differing: set[str] = set()
    for left, right in zip(staging.objects, production.objects, strict=True):
        differing |= {f"{left['kind']}.{path}" for path in differences(left, right)}
    assert {one for one in differing if not one.endswith("metadata.namespace")} == {
        "Namespace.metadata.name",
        "ConfigMap.data.QUOTES_ENVIRONMENT",
        "ConfigMap.metadata.name",
        "Deployment.spec.template.spec.containers.0.envFrom.0.configMapRef.name",
        "HorizontalPodAutoscaler.spec.maxReplicas",
        *(
            f"ResourceQuota.spec.hard.{name}"
            for name in (
                "pods",
                *("requests.cpu", "requests.memory", "requests.ephemeral-storage"),
                *("limits.cpu", "limits.memory", "limits.ephemeral-storage"),
            )
        ),
    }


def differences(left: object, right: object, path: str = "") -> list[str]:
    if isinstance(left, dict) and isinstance(right, dict):
        keys = sorted(set(left) | set(right))
        return [one for key in keys for one in differences(left.get(key), right.get(key), f"{path}.{key}")]
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        return [
            one
            for i, pair in enumerate(zip(left, right, strict=True))
            for one in differences(*pair, f"{path}.{i}")
        ]
    return [] if left == right else [path.lstrip(".")]


@pytest.mark.parametrize("stage", ["staging", "production"])
def test_render_quota_fits_a_rolling_update_at_full_size(project: config.Project, stage: str) -> None:
    """Every replica twice and four pods more fit into the quota, by number and by each resource."""
    rendered = render(project, stage)
    hard = only(rendered, "ResourceQuota")["spec"]["hard"]
    pods = 2 * only(rendered, "HorizontalPodAutoscaler")["spec"]["maxReplicas"] + 4
    assert int(hard["pods"]) == pods
    (container,) = only(rendered, "Deployment")["spec"]["template"]["spec"]["containers"]
    for side, resources in container["resources"].items():
        for name, amount in resources.items():
            assert quantity(hard[f"{side}.{name}"]) >= round(pods * quantity(amount), 6), (side, name)


def quantity(text: str) -> float:
    for suffix, factor in (("Gi", 2**30), ("Mi", 2**20), ("m", 0.001)):
        if text.endswith(suffix):
            return round(float(text.removesuffix(suffix)) * factor, 6)
    return float(text)


def test_render_time_to_leave_covers_sleep_drain_and_requests(project: config.Project) -> None:
    """A pod is not killed before it slept, drained and finished what is under way."""
    rendered = render(project)
    settings = only(rendered, "ConfigMap")["data"]
    spec = only(rendered, "Deployment")["spec"]["template"]["spec"]
    slept = spec["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"]
    needed = slept + int(settings["QUOTES_DRAIN_SECONDS"]) + int(settings["QUOTES_FINISH_SECONDS"])
    assert needed < spec["terminationGracePeriodSeconds"]


def test_render_objects_know_their_lines(project: config.Project) -> None:
    """An object and a value inside it are found on the line where they stand in the rendered text."""
    rendered = render(project)
    lines = rendered.text.splitlines()
    located = next(one for one in rendered.located if one.value["kind"] == "Deployment")
    assert lines[located.line - 1] == "apiVersion: apps/v1"
    at = located.line_of(["spec", "template", "spec", "containers", 0, "image"])
    assert lines[at - 1].strip() == f"image: {IMAGE}"


@pytest.mark.parametrize(
    "image",
    [
        "quotes",
        "quotes:1",
        "quotes@sha256:abc",
        "quotes@sha256:" + "A" * 64,
        "@sha256:" + "a" * 64,
        f"{IMAGE}0",
    ],
)
def test_render_image_not_pinned_is_refused(project: config.Project, image: str) -> None:
    """Only name@sha256: and 64 lower-case hexadecimal digits names an image."""
    with pytest.raises(UsageError, match="not pinned"):
        manifests.render(project, "staging", image=image, commit=COMMIT)


def test_render_unknown_stage_names_those_that_are_there(project: config.Project) -> None:
    """A stage without an overlay is a usage error that lists the overlays."""
    with pytest.raises(UsageError, match="no overlay 'prod'") as raised:
        render(project, "prod")
    assert raised.value.next_step == "one of: production, staging"


def test_render_overlay_without_objects_cannot_be_judged(project: config.Project) -> None:
    """Nothing rendered is not a success."""
    (project.manifests / "overlays/staging/kustomization.yaml").write_text(
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: staging\n"
    )
    with pytest.raises(CannotJudge, match=r"overlay staging"):
        render(project)


def test_render_second_container_unpinned_is_refused(project: config.Project) -> None:
    """An init container on a tag is refused, however well the service itself is pinned."""
    file = project.manifests / "base/deployment.yaml"
    text = file.read_text()
    file.write_text(
        text.replace(
            "      containers:\n",
            "      initContainers:\n        - {name: wait, image: 'busybox:1'}\n      containers:\n",
        )
    )
    with pytest.raises(Refused, match="'busybox:1', which is not pinned"):
        render(project)


def test_render_service_image_not_used_cannot_be_judged(project: config.Project) -> None:
    """If no container runs the image that was proved, nothing was proved."""
    file = project.manifests / "base/deployment.yaml"
    file.write_text(file.read_text().replace("image: quotes #", f"image: other@{DIGEST} #"))
    with pytest.raises(CannotJudge, match="no container of the overlay staging uses the service's image"):
        render(project)


@pytest.mark.parametrize(
    ("file", "old", "new", "cause", "line"),
    [
        ("base/service.yaml", "spec:\n", "spec: [\n", "invalid YAML", 9),
        (
            "base/service.yaml",
            "  type: ClusterIP\n",
            "  type: ClusterIP\n  type: NodePort\n",
            "duplicate key 'type'",
            9,
        ),
        ("overlays/staging/kustomization.yaml", "components:", "component:", 'unknown field "component"', 6),
        ("base/kustomization.yaml", "  - service.yaml", "  - servise.yaml", "no such file", None),
        ("components/availability/spread.yaml", "name: quotes", "name: quoets", "no resource matches", None),
        (
            "overlays/staging/kustomization.yaml",
            "  - ../../base",
            "  - ../../base\n  - ../../base",
            "already registered",
            None,
        ),
    ],
    ids=["broken-yaml", "duplicate-key", "unknown-field", "missing-file", "patch-without-target", "twice"],
)
def test_render_broken_sources_name_file_and_cause(
    project: config.Project, file: str, old: str, new: str, cause: str, line: int | None
) -> None:
    """A broken source is unknown, not green: the message has file and cause in three lines."""
    path = project.manifests / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(CannotJudge) as raised:
        render(project)
    assert cause in raised.value.what
    assert raised.value.where.startswith(str(project.manifests))
    if line is not None:
        assert raised.value.where == f"{path}:{line}"
    assert len(str(raised.value).splitlines()) <= 3


def test_documents_list_is_taken_apart_with_lines() -> None:
    """Items of a List are objects of their own, each on its own line."""
    text = (
        "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n"
        "- {apiVersion: v1, kind: Secret, metadata: {name: x}}\n"
    )
    found = list(documents.objects(text))
    assert [(one.value["kind"], one.line) for one in found] == [("Pod", 4), ("Secret", 6)]
    assert found[1].line_of(["metadata", "name"]) == 6


@pytest.mark.parametrize(
    ("text", "cause", "line"),
    [
        ("kind: Pod\n", "without apiVersion", 1),
        ("apiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: 7\n", "without kind", 4),
        ("- apiVersion: v1\n", "must be an object", 1),
        ("apiVersion: v1\nkind: Pod\nkind: Pod\n", "duplicate key 'kind'", 3),
        ("a: &a [*a]\n", "contains itself", 1),
        ("a: !!python/object/apply:os.system [ls]\n", "", 1),
        ("apiVersion: v1\nkind: Pod\nx: .nan\n", "JSON doesn't have", 3),
        ("[" * 200 + "]" * 200, "nested deeper", 1),
        ("a: 1\n---\nb: " + "[" * 100_000, "nested deeper", 3),
        ("- " * 100_000, "nested deeper", 1),
        ("apiVersion: v1\nkind: List\n", "a List without items", 1),
        ("apiVersion: v1\nkind: List\nitems: {}\n", "a List without items", 1),
        ("apiVersion: v1\nkind: PodList\nitems: []\n", "a PodList without items", 1),
        ("apiVersion: v1\nkind: X\nitems: []\n", "a X with items, which kubectl takes for a list", 3),
        ("apiVersion: v1\nkind: X\nitems:\n- {a: b}\n", "a X with items", 3),
        ("apiVersion: v1\nkind: List\nitems:\n- ~\n", "must be an object, this is a null", 4),
        ("a: &a {b: 1}\nc: {b: 2, <<: *a}\n", "a merge after the key 'b'", 2),
        ("a: &a {b: 1}\nc:\n  <<: *a\n  <<: {b: 2}\n", "a merge after the key 'b'", 4),
        ("a: {1: x, 0x1: y}\n", "duplicate key '1'", 1),
        ("a: {~: x}\n", "a key that is null", 1),
        (
            "a: &a [" + "1," * 100 + "]\nb: &b [" + "*a," * 100 + "]\nc: [" + "*b," * 100 + "]\n",
            "expand to more",
            3,
        ),
    ],
)
def test_documents_malformed_names_cause_and_line(text: str, cause: str, line: int) -> None:
    """What is no stream of objects is an error with its line, never an empty result."""
    with pytest.raises(documents.Malformed) as raised:
        list(documents.objects(text))
    assert cause in raised.value.what
    assert raised.value.line == line


def test_documents_values_are_those_of_kubernetes() -> None:
    """Dates, times and on/off keys mean to us what they mean to the API server."""
    text = (
        "apiVersion: v1\nkind: X\na: 2024-01-01\nb: 22:22\nc: 1e3\nd: yes\non: 1\n5: x\n017: x\n<<: {e: ~}\n"
    )
    assert next(documents.objects(text)).value == {
        "apiVersion": "v1",
        "kind": "X",
        **{"a": "2024-01-01", "b": "22:22", "c": 1000.0, "d": True},
        **{"true": 1, "5": "x", "15": "x", "e": None},
    }


SPELLINGS = r"""
yes no on off Yes NO On true FALSE tRUE yEs ~ null NULL nULL 2001-01-01 2001-01-01T00:00:00Z 1:30 190:20:30 = 0x
0 00 017 -017 0b11 -0b11 0x1F 1_000 _1 +1 -1 +0 9223372036854775807 0.0 1.0 1. .5 1e3 1E3 1e+3 1e-3 1e 1e3.5 inf NaN
685_230.15 'true' '0' "\x74rue" "\u0070" {a,b} {'a':1} {'on':[off]} {n:1} {y:1} {'n':y}
y n Y N 08 0778 0_8 -08 +09 0o0 0o17 -0o7 0O7 0o8 0B11 0b12 0X1F 0xg 0o_7 -.5 +.5 -. .1e3 1.e3 1.0e3 0.0e0 1.5e-3 1_0e3
!!str!1 1e400 -1e400 1e 08e 1.2.3 0x1p4 0x.8 1,0 1d ._5 _.5
"""


def test_documents_values_are_those_that_kubectl_reads(tmp_path: Path) -> None:
    """Every way to write a value means to us what it means to kubectl."""
    written = SPELLINGS.split()
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\nvalues:\n"
    text += "".join(f"- {one.replace('!1', ' 1')}\n" for one in written)
    (tmp_path / "x.yaml").write_text(text)
    label = ["label", "--local", "--output=json", "--filename", str(tmp_path / "x.yaml"), "a=b"]
    theirs = json.loads(process.run([tools.path("kubectl"), *label], timeout_s=30).stdout)["values"]
    ours = next(documents.objects(text)).value["values"]
    differ = [one for one in zip(written, ours, theirs, strict=True) if one[1] != one[2]]
    assert differ == []


def _whole(
    read: Callable[[str], Iterator[documents.Located]], text: str
) -> tuple[list[documents.Located], str]:
    """All objects that a reader finds, and how it ends."""
    found: list[documents.Located] = []
    try:
        found.extend(read(text))
    except documents.Malformed as error:
        return found, str(error)
    return found, ""


_WORD = st.sampled_from([*SPELLINGS.split(), "a", "b", "<<", "&x c", "*x", "!!str 1", '"', ""])
_BLOCK = st.recursive(
    _WORD.map(lambda word: f" {word}\n"),
    lambda inner: st.one_of(
        st.lists(st.tuples(_WORD, inner), min_size=1, max_size=4).map(
            lambda pairs: "\n" + "".join(f"{key}:{_indented(value)}" for key, value in pairs)
        ),
        st.lists(inner, min_size=1, max_size=4).map(
            lambda items: "\n" + "".join(f"-{_indented(item)}" for item in items)
        ),
    ),
    max_leaves=12,
)


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ").removesuffix("  ")


@given(
    st.lists(
        st.tuples(st.sampled_from(["v1", "", "1"]), st.sampled_from(["Pod", "List", "~"]), _BLOCK), max_size=3
    )
)
def test_documents_read_in_one_pass_are_those_read_with_all_that_yaml_has(
    given_documents: list[tuple[str, str, str]],
) -> None:
    """The short way for plain streams finds the same objects, on the same lines, and refuses the same."""
    text = "---\n".join(
        f"apiVersion: {version}\nkind: {kind}\nitems:{_indented(block)}"
        for version, kind, block in given_documents
    )
    assert _whole(documents.objects, text) == _whole(documents._all_objects, text)


def test_documents_that_are_plain_are_read_in_one_pass() -> None:
    """What manifests are mostly written like needs only the short way."""
    text = "# a comment\n---\napiVersion: v1\nkind: Pod\nx: [a, {b: 1}, 'c', ~]\n---\n---\napiVersion: v1\nkind: X\n"
    found = list(documents._plain_objects(text))
    assert [(one.value["kind"], one.line) for one in found] == [("Pod", 3), ("X", 8)]
    assert found[0].line_of(["x", 1, "b"]) == 5
    assert found == list(documents._all_objects(text))
