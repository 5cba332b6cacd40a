"""The main job on a real cluster: a proven commit arrives, everything else is refused and changes nothing.

The tests of this module run in their order, on one environment: the first promotes the commit under test through
every layer, the others try to get past the gate while production is under load.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hallmark import cluster
from hallmark.cluster import kube
from hallmark.load import Load, Request
from hallmark.records import format_time, now

from .conftest import Checkout

RATE_PER_S = 50
WATCH_AT_LEAST_S = 2.0
LAYERS = ("lint", "unit", "policy", "image", "infra", "e2e")
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def proven(checkout: Checkout) -> dict[str, Any]:
    """The commit under test, with the unit tests of the service and a few others, promoted through every layer; its
    stacks, which no fault here is about, stay behind.
    """
    checkout.without_stacks()
    checkout.keep_unit_tests("app", "test_outcome.py")
    done = checkout.promote("--json")
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return {**document, "head": checkout.head()}


@contextmanager
def production_is_not_disturbed(checkout: Checkout, digest: str) -> Iterator[None]:
    """Production answers every one of at least 50 requests a second, and always as `digest`."""
    provider = cluster.provider("embedded")
    environment = provider.find(checkout.environment)
    with provider.service(environment, "production", "quotes", 80) as url:
        with _load(url) as load:
            began = time.monotonic()
            yield
            # A refusal takes less than a second: what comes just after it is watched too.
            time.sleep(max(0.0, WATCH_AT_LEAST_S - (time.monotonic() - began)))
        result = load.result()
    assert not result.cut_off
    assert result.sent > RATE_PER_S
    assert result.failed == ()
    assert {sample.answer for sample in result.samples} == {digest}


def _load(url: str) -> Load:
    return Load(
        url,
        rate_per_s=RATE_PER_S,
        requests=[Request("/version")],
        extract=lambda response: response.json_field("image_digest"),
        timeout_s=10,
        max_duration_s=600,
    )


def test_promote_a_good_commit_serves_it_in_every_stage(checkout: Checkout, proven: dict[str, Any]) -> None:
    """Every layer passes, both stages serve the digest, the service says so itself, the evidence is there."""
    assert proven["outcome"] == "pass"
    assert {name: layer["outcome"] for name, layer in proven["layers"].items()} == dict.fromkeys(
        LAYERS, "pass"
    )
    assert proven["stages"] == ["staging", "production"]
    answer = json.loads(proven["answer"])
    assert (answer["image_digest"], answer["commit"]) == (proven["digest"], checkout.head())
    # An autoscaler may be adding a pod at this moment, which is a degraded stage until it is ready.
    ends, stages = time.monotonic() + 120, checkout.status()
    while {one["state"] for one in stages.values()} != {"serving"}:
        assert time.monotonic() < ends, stages
        time.sleep(1)
        stages = checkout.status()
    for name in ("staging", "production"):
        assert (stages[name]["digest"], stages[name]["commit"]) == (proven["digest"], checkout.head())
        assert stages[name]["evidence"]["outcome"] == "pass"
    assert checkout.run("verify", proven["digest"]).returncode == 0


def test_promote_leaves_no_ephemeral_namespace(checkout: Checkout, proven: dict[str, Any]) -> None:
    """The namespace in which the release was proven is gone or going."""
    assert proven["outcome"] == "pass"
    environment = cluster.provider("embedded").find(checkout.environment)
    namespaces = kube.request(environment.kubeconfig, "GET", "/api/v1/namespaces")
    assert namespaces.ok
    left = [
        item["metadata"]["name"]
        for item in namespaces.body["items"]
        if item["metadata"]["name"].startswith("e2e-") and item["status"]["phase"] == "Active"
    ]
    assert left == []


def _delete(file: Path) -> None:
    file.unlink()


def _fail(file: Path) -> None:
    _edit(file, outcome="fail", result="FAILED")


def _age(file: Path) -> None:
    _edit(file, started=format_time(now() - timedelta(hours=25)))


def _swap(file: Path) -> None:
    statement = json.loads(file.read_text())
    statement["subject"][0]["digest"]["sha256"] = "f" * 64
    file.write_text(json.dumps(statement))


def _edit(file: Path, **fields: str) -> None:
    statement = json.loads(file.read_text())
    statement["predicate"].update(fields)
    file.write_text(json.dumps(statement))


@pytest.mark.parametrize(
    ("spoil", "kind"), [(_delete, "missing"), (_fail, "failed"), (_age, "stale"), (_swap, "foreign")]
)
def test_promote_on_evidence_that_does_not_count_is_refused(
    checkout: Checkout, proven: dict[str, Any], spoil: Any, kind: str
) -> None:
    """A release is not promoted on evidence that is missing, failed, stale or foreign, and the refusal says which."""
    file = Path(proven["evidence"]) / "e2e.json"
    before = file.read_text()
    try:
        spoil(file)
        with production_is_not_disturbed(checkout, proven["digest"]):
            done = checkout.promote("--digest", proven["digest"])
        assert done.returncode == 1
        assert f"e2e: evidence {kind}" in done.stderr
        assert checkout.run("verify", proven["digest"]).returncode == 1
    finally:
        file.write_text(before)
    assert checkout.run("verify", proven["digest"]).returncode == 0


def test_promote_by_digest_moves_the_stages_on_evidence_alone(
    checkout: Checkout, proven: dict[str, Any]
) -> None:
    """With whole evidence nothing is built or judged again."""
    with production_is_not_disturbed(checkout, proven["digest"]):
        done = checkout.promote("--digest", proven["digest"], "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["layers"] == {}


@dataclass(frozen=True)
class Break:
    """What a commit breaks, how, and the layer that must refuse it; `judged` are the layers that are asked for."""

    layer: str
    path: str
    old: str
    new: str
    judged: tuple[str, ...] = LAYERS


BREAKS = {
    "a unit test": Break("unit", "tests/unit/test_outcome.py", "[0, 1, 2]", "[0, 1, 3]"),
    "a policy": Break(
        "policy",
        "manifests/base/deployment.yaml",
        "readOnlyRootFilesystem: true",
        "readOnlyRootFilesystem: false",
    ),
    "a scenario": Break("e2e", "features/contract.feature", "the tax is 4.75", "the tax is 4.76"),
    "an image that crashes": Break(
        "infra",
        "app/Dockerfile",
        'ENTRYPOINT ["python3", "-m", "quotes"]',
        'ENTRYPOINT ["python3", "-m", "nothing"]',
    ),
    "an image that never gets ready": Break(
        "infra", "manifests/base/deployment.yaml", "path: /readyz", "path: /never", ("infra",)
    ),
    "a Dockerfile that fails": Break("image", "app/Dockerfile", "\nRUN ", "\nRUN false && ", ("image",)),
    "broken YAML": Break("policy", "manifests/base/service.yaml", "spec:", "spec: [", ("policy",)),
    "an unknown field": Break(
        "infra", "manifests/base/deployment.yaml", "minReadySeconds: 2", "minReadySecond: 2", ("infra",)
    ),
}


@pytest.mark.parametrize("fault", list(BREAKS))
def test_promote_a_commit_that_breaks_something_is_refused_there(
    checkout: Checkout, proven: dict[str, Any], fault: str
) -> None:
    """Each fault is refused at its layer, with the cause in three lines, and production serves on undisturbed."""
    broken = BREAKS[fault]
    stages = _served(checkout)
    try:
        checkout.judge_only(broken.judged)
        checkout.edit(broken.path, broken.old, broken.new)
        with production_is_not_disturbed(checkout, proven["digest"]):
            done = checkout.promote()
        assert done.returncode in (1, 2), done.stderr
        told = done.stderr.splitlines()
        first = next((line for line in told if line.startswith("refused at ")), "nothing was refused")
        assert first.startswith(f"refused at {broken.layer}: "), done.stderr
        assert told[-1] == "no stage was touched"
        assert _served(checkout) == stages
    finally:
        checkout.back_to(proven["head"])


def _served(checkout: Checkout) -> dict[str, Any]:
    """What each stage serves; its evidence is judged by the checkout's own settings, which these tests change."""
    kept = ("state", "digest", "commit", "release", "since")
    return {name: {key: stage[key] for key in kept} for name, stage in checkout.status().items()}


def test_promote_what_breaks_only_in_production_is_taken_back(
    checkout: Checkout, proven: dict[str, Any]
) -> None:
    """A release that no earlier stage could find out is taken back by itself; no request fails meanwhile."""
    try:
        checkout.judge_only(("policy", "image"))
        checkout.edit(
            "manifests/overlays/production/kustomization.yaml", "QUOTES_CURRENCY=EUR", "QUOTES_CURRENCY=none"
        )
        with production_is_not_disturbed(checkout, proven["digest"]):
            done = checkout.promote()
        assert done.returncode == 1, done.stderr
        assert "production" in done.stderr
        stages = checkout.status()
        assert stages["staging"]["commit"] == checkout.head()
        assert (stages["production"]["state"], stages["production"]["digest"]) == (
            "serving",
            proven["digest"],
        )
        events = [
            entry["event"] for entry in checkout.json("history", "production", "--env", checkout.environment)
        ]
        assert events[-4:] == ["started", "failed", "started", "serving"]
    finally:
        checkout.back_to(proven["head"])


def test_rollback_brings_the_old_release_back(checkout: Checkout, proven: dict[str, Any]) -> None:
    """After a second release, going back makes production answer as the first one, without a failed request."""
    try:
        checkout.judge_only(("policy", "image"))
        checkout.edit("app/quotes/__init__.py", '"""', '"""Another release. ')
        done = checkout.promote("--json")
        assert done.returncode == 0, done.stderr
        second = json.loads(done.stdout)
        assert second["digest"] != proven["digest"]
        provider = cluster.provider("embedded")
        environment = provider.find(checkout.environment)
        with provider.service(environment, "production", "quotes", 80) as url:
            with _load(url) as load:
                back = checkout.json("rollback", "production", "--env", checkout.environment)
            result = load.result()
        assert back["digest"] == proven["digest"]
        assert result.failed == ()
        assert {sample.answer for sample in result.samples} == {proven["digest"], second["digest"]}
        assert checkout.status()["production"]["digest"] == proven["digest"]
        assert checkout.status()["staging"]["digest"] == second["digest"]
    finally:
        checkout.back_to(proven["head"])
