"""Move a stage to a release, forward or back, and take the move back when the stage does not become healthy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from hallmark.cluster import Environment, Provider
from hallmark.config import Project
from hallmark.evidence import Problem, Store
from hallmark.layers import Target, e2e, judge
from hallmark.outcome import CannotJudge, ExitCode, HallmarkError, Outcome, Refused, Verdict
from hallmark.promotion import deploy
from hallmark.promotion.board import Board
from hallmark.promotion.history import (
    FAILED,
    SERVING,
    STARTED,
    TAKEN_BACK,
    Entry,
    History,
    current,
    is_cut_off,
)
from hallmark.promotion.release import Release
from hallmark.records import now

SERVICE_PORT = 80
WORKLOADS = {"Deployment", "HorizontalPodAutoscaler"}


def smoke_layer(stage: str) -> str:
    """The name under which the smoke features of a stage leave their evidence."""
    return f"smoke-{stage}"


def required_layers(project: Project, stage: str) -> list[str]:
    """What must be proven before a stage moves: every layer, and the smoke features of every stage before it."""
    names = project.settings.stage_names()
    return [*project.settings.promotion.layers, *(smoke_layer(name) for name in names[: names.index(stage)])]


Objects = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Mover:
    """What moving a stage needs: the checkout, the environment that holds the stages, and a board to report to."""

    project: Project
    provider: Provider
    environment: Environment
    board: Board

    @property
    def cluster(self) -> deploy.Cluster:
        return deploy.Cluster(self.environment.kubeconfig)

    @property
    def store(self) -> Store:
        return Store(self.project.output / "evidence")

    def history(self, stage: str) -> History:
        return History(self.cluster, stage)

    def promote(self, stage: str, release: Release, *, at: datetime | None = None) -> None:
        """Check the evidence, then move the stage. Raises Refused naming every layer that is not proven."""
        problems = self.unproven(stage, release, at=at)
        if problems:
            raise Refused(
                f"refused before {stage}: " + "; ".join(str(problem) for problem in problems),
                where=str(self.store.place(release.subject)),
                next_step="./hallmark promote proves this commit again, every layer of it",
            )
        self._move("promote", stage, release)

    def unproven(self, stage: str, release: Release, *, at: datetime | None = None) -> list[Problem]:
        """Everything that keeps `release` from `stage`."""
        layers = required_layers(self.project, stage)
        limit_s = self.project.settings.promotion.evidence_max_age_s
        return self.store.check(release.subject, layers, max_age_s=limit_s, now=at or now())[1]

    def roll_back(self, stage: str, to: str | None) -> Release:
        """Move a stage back to the release before the one it serves, or to the release `to` of its history.

        The release's own manifests are applied. Raises Refused when there is nothing to go back to.
        """
        history = self.history(stage)
        entries = history.entries()
        serving = current(entries)
        name = to or _before(entries, serving)
        if name is None:
            raise Refused(
                f"{stage} has no earlier release to go back to", next_step=f"./hallmark history {stage}"
            )
        if not any(entry.release == name and entry.event == SERVING for entry in entries):
            raise Refused(f"{name} never served in {stage}", next_step=f"./hallmark history {stage}")
        release = history.release(name)
        self._move("rollback", stage, release)
        return release

    def target(self, stage: str, namespace: str, release: Release, manifests: Path, url: str) -> Target:
        """What the layers `infra` and `e2e` need to know of a deployed release."""
        return Target(
            environment=self.environment.name,
            provider=self.environment.provider,
            kubeconfig=self.environment.kubeconfig,
            namespace=namespace,
            stage=stage,
            service=self.project.settings.service.name,
            service_url=url,
            image=release.image,
            commit=release.commit,
            registry_push=self.environment.registry_push,
            registry_pull=self.environment.registry_pull,
            manifests=manifests,
        )

    def roll_out(self, row: str, namespace: str, objects: Objects, previous: Objects) -> None:
        """Apply a rendered set and wait until the service serves it. Raises Refused with the cause."""
        self.board.detail(row, "applying the manifests")
        deploy.apply(self.cluster, objects)
        deploy.watch(
            self.cluster,
            namespace,
            self.project.settings.service.name,
            timeout_s=self.project.settings.promotion.health_timeout_s,
            report=lambda text: self.board.detail(row, text),
        )
        deploy.prune(self.cluster, objects, previous)

    def _move(self, action: str, stage: str, release: Release) -> None:
        history, objects = self.history(stage), release.objects(stage)
        self._record_new_namespaces(objects)
        deploy.validate(self.cluster, objects)
        before = current(history.entries())
        earlier = history.release(before.release) if before else None
        history.keep(release)
        history.append(action, STARTED, release)
        self.board.start(stage, f"{action} to {release.name}")
        try:
            self.roll_out(stage, stage, objects, earlier.objects(stage) if earlier else [])
            verdict = self._smoke(stage, release)
            if verdict.outcome is not Outcome.PASS:
                worst = verdict.broken[0]
                raise Refused(
                    f"the smoke features fail in {stage}: {worst.name}: {worst.message}", where=worst.where
                )
        except (HallmarkError, KeyboardInterrupt) as error:
            reason = error.what if isinstance(error, HallmarkError) else "interrupted"
            history.append(action, FAILED, release, reason)
            self._take_back(stage, release, earlier)
            self.board.end(stage, "fail", f"taken back: {reason}")
            raise
        history.append(action, SERVING, release)
        self.board.end(stage, "pass", f"serves {release.digest[:19]}")

    def _record_new_namespaces(self, objects: Objects) -> None:
        """Write down the namespaces that this move is about to make, for `down`; one that is there is not ours."""
        for item in objects:
            if item["kind"] == "Namespace" and not self.cluster.exists(item):
                self.provider.record_namespace(self.environment.name, item["metadata"]["name"])

    def _take_back(self, stage: str, bad: Release, earlier: Release | None) -> None:
        """Undo a move: the earlier release's own manifests again, or no workload at all when there was none."""
        self.board.detail(stage, "taking it back")
        history = self.history(stage)
        if earlier is None:
            deploy.delete(self.cluster, [item for item in bad.objects(stage) if item["kind"] in WORKLOADS])
            history.append("take-back", TAKEN_BACK, bad, "nothing served here before")
            return
        history.append("take-back", STARTED, earlier)
        try:
            self.roll_out(stage, stage, earlier.objects(stage), bad.objects(stage))
        except HallmarkError as error:
            history.append("take-back", FAILED, earlier, error.what)
            raise CannotJudge(
                f"{stage} could not be taken back to {earlier.name}: {error.what}",
                where=error.where,
                next_step=f"./hallmark status, then ./hallmark rollback {stage}",
            ) from error
        history.append("take-back", SERVING, earlier)

    def _smoke(self, stage: str, release: Release) -> Verdict:
        self.board.detail(stage, "smoke features")
        layer = smoke_layer(stage)
        output = self.project.output
        manifests = output / layer / "manifests.yaml"
        manifests.parent.mkdir(parents=True, exist_ok=True)
        manifests.write_text(release.manifests[stage], encoding="utf-8")
        service = self.project.settings.service.name
        with self.provider.service(self.environment, stage, service, SERVICE_PORT) as url:
            target = self.target(stage, stage, release, manifests, url)
            verdict = judge(
                layer, output, lambda: e2e.run(self.project.root, output / layer, target, only="smoke")
            )
        self.store.write(verdict, release.subject, manifests=release.sha256())
        return verdict


@dataclass(frozen=True)
class StageStatus:
    """What a stage is at this moment; `state` is one of the words of docs/cli.md."""

    name: str
    digest: str | None
    commit: str | None
    release: str | None
    state: str
    since: str | None
    evidence: dict[str, Any]


def status(mover: Mover, stage: str) -> StageStatus:
    """Compare what the history says with what the cluster runs, and judge the evidence again."""
    name = mover.project.settings.service.name
    try:
        entries = mover.history(stage).entries()
        live = deploy.live_digest(mover.cluster, stage, name)
        healthy = deploy.is_healthy(mover.cluster, stage, name)
    except HallmarkError as error:
        return StageStatus(
            stage, None, None, None, "unknown", None, {"outcome": "unknown", "problems": [error.what]}
        )
    entry = current(entries)
    if entry is None:
        return StageStatus(
            stage,
            live,
            None,
            None,
            "unproven" if live else "empty",
            None,
            {"outcome": "unknown", "problems": []},
        )
    if is_cut_off(entries):
        state = "interrupted"
    elif live != entry.digest:
        state = "drifted"
    else:
        state = "serving" if healthy else "degraded"
    layers = required_layers(mover.project, stage)
    limit_s = mover.project.settings.promotion.evidence_max_age_s
    subject = mover.history(stage).release(entry.release).subject
    problems = mover.store.check(subject, layers, max_age_s=limit_s, now=now())[1]
    evidence = {
        "outcome": (Outcome.FAIL if problems else Outcome.PASS).value,
        "layers": layers,
        "problems": [str(problem) for problem in problems],
        "folder": str(mover.store.place(subject)),
    }
    return StageStatus(stage, entry.digest, entry.commit, entry.release, state, entry.at, evidence)


def exit_code(statuses: Sequence[StageStatus]) -> ExitCode:
    """0 when every stage serves what its history says; an empty stage is no failure."""
    states = {status.state for status in statuses}
    if states <= {"serving", "empty"}:
        return ExitCode.PASS
    return ExitCode.UNKNOWN if states & {"unknown", "interrupted", "absent"} else ExitCode.REFUSED


def _before(entries: Sequence[Entry], serving: Entry | None) -> str | None:
    """The release that served last before the one that serves now, looking past moves that were undone."""
    if serving is None:
        return None
    earlier = [entry.release for entry in entries if entry.event == SERVING and entry.number < serving.number]
    return next((name for name in reversed(earlier) if name != serving.release), None)
