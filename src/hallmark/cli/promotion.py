"""promote, rollback, status, history, verify: the verbs about releases and stages."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from hallmark import source
from hallmark.cli.session import (
    EnvironmentName,
    Json,
    Kubeconfig,
    NoInstall,
    ProviderName,
    Session,
    open_session,
    print_json,
    say,
)
from hallmark.config import Project
from hallmark.evidence import Store, Subject
from hallmark.outcome import CannotJudge, ExitCode, HallmarkError, Outcome, Refused, UsageError
from hallmark.promotion.board import Board
from hallmark.promotion.prove import Proof, Prover
from hallmark.promotion.release import Shelf
from hallmark.promotion.stages import (
    SERVICE_PORT,
    Mover,
    StageStatus,
    exit_code,
    status,
)
from hallmark.records import now

To = Annotated[str, typer.Option("--to", help="The last stage to move; hallmark.toml's last one otherwise.")]
Digest = Annotated[
    str, typer.Option("--digest", help="Promote a release that was proven before, on its evidence alone.")
]


def promote(
    to: To = "",
    digest: Digest = "",
    env: EnvironmentName = "",
    provider: ProviderName = "",
    kubeconfig: Kubeconfig = None,
    no_install: NoInstall = False,
    json: Json = False,
) -> None:
    """Take the checkout through every layer and, proven, through every stage.

    Builds the image once, proves it in an ephemeral namespace, then moves staging and production one after the
    other. Before each move the evidence is read again: missing, failed, stale or foreign evidence is refused
    (exit 1). A stage that does not become healthy is taken back by itself. The environment keeps running;
    `./hallmark down` takes it away.
    """
    session = open_session(env, provider, kubeconfig)
    stages = _stages_up_to(session.project, to)
    if digest:
        Subject(digest, "")  # a wrong digest is wrong usage, whatever else is going on
    if (
        not digest
        and session.provider_name != "embedded"
        and not source.read(session.project.root).is_committed
    ):
        raise Refused(
            "the checkout has changes that are in no commit; only an embedded environment takes those",
            where=str(session.project.root),
            next_step="git commit, then promote again",
        )
    board = Board()
    with _one_at_a_time(session.project), board.shown(), _down_when_interrupted(session, board):
        proof = _proven_before(session, digest, board) if digest else _prove(session, board, no_install)
        moved = _move(proof, stages) if proof.release and (digest or proof.outcome is Outcome.PASS) else []
    _report(session, proof, moved, board, as_json=json)
    if proof.outcome is not Outcome.PASS and not digest:
        raise typer.Exit(ExitCode.of(proof.outcome))


def rollback(
    stage: Annotated[str, typer.Argument(help="The stage to move back.")],
    to: Annotated[str, typer.Option("--to", help="A release of this stage's history (r-…).")] = "",
    env: EnvironmentName = "",
    provider: ProviderName = "",
    kubeconfig: Kubeconfig = None,
    json: Json = False,
) -> None:
    """Move a stage back to the release it served before, with that release's own manifests."""
    session = open_session(env, provider, kubeconfig)
    _known_stage(session.project, stage)
    board = Board()
    mover = _mover(session, board)
    with _one_at_a_time(session.project), board.shown():
        release = mover.roll_back(stage, to or None)
    seconds = board.times().get(stage)
    if json:
        print_json({"stage": stage, "release": release.name, "digest": release.digest, "seconds": seconds})
    else:
        say(f"{stage} serves {release.name} again ({release.digest}), after {seconds} s")


def show_status(
    env: EnvironmentName = "", provider: ProviderName = "", kubeconfig: Kubeconfig = None, json: Json = False
) -> None:
    """Show what each stage serves, since when, and on which evidence; and the environments of this machine.

    A stage is serving, degraded, drifted (the cluster runs another digest than the history says), interrupted
    (a move was cut off), unproven (something runs that no promotion brought), empty, absent or unknown.
    """
    session = open_session(env, provider, kubeconfig)
    statuses = _statuses(session)
    environments = [asdict(item) for item in session.provider.list()]
    if json:
        print_json({"stages": [asdict(item) for item in statuses], "environments": environments})
    else:
        for stage in statuses:
            digest, commit = (stage.digest or "-")[:19], (stage.commit or "-")[:12]
            say(f"{stage.name:12} {stage.state:12} {digest:20} {commit:13} {stage.since or ''}")
            for problem in stage.evidence.get("problems", []):
                say(f"{'':12} {problem}")
        for item in environments:
            say(f"environment {item['name']}: {item['state']}")
        if not environments:
            say("no environment is running; ./hallmark promote starts one")
    raise typer.Exit(exit_code(statuses))


def history(
    stage: Annotated[str, typer.Argument(help="The stage whose history to show.")],
    env: EnvironmentName = "",
    provider: ProviderName = "",
    kubeconfig: Kubeconfig = None,
    json: Json = False,
) -> None:
    """Show every move of a stage, the oldest first."""
    session = open_session(env, provider, kubeconfig)
    _known_stage(session.project, stage)
    mover = _mover(session, Board())
    entries = mover.history(stage).entries()
    if json:
        print_json([asdict(entry) for entry in entries])
        return
    for entry in entries:
        came = f"{entry.action:9} {entry.event:10}" + (f" ({entry.reason})" if entry.reason else "")
        say(f"{entry.number:4} {entry.at} {entry.release} {entry.digest[:19]} {came}")


def verify(
    digest: Annotated[str, typer.Argument(help="An image digest: sha256: and 64 hex digits.")],
    commit: Annotated[
        str, typer.Option("--commit", help="The commit it was built from; the newest otherwise.")
    ] = "",
    json: Json = False,
) -> None:
    """Say whether this image digest is proven, layer by layer, from the evidence on disk.

    Exit 0 when every layer has a fresh pass for this digest and commit, 1 otherwise.
    """
    project = open_session().project
    store = Store(project.output / "evidence")
    Subject(digest, "")  # a wrong digest is a wrong argument, not a digest without evidence
    commits = [commit] if commit else store.commits(digest)
    subject = Subject(digest, commits[0] if commits else "no commit")
    layers = list(project.settings.promotion.layers)
    limit_s = project.settings.promotion.evidence_max_age_s
    statements, problems = store.check(subject, layers, max_age_s=limit_s, now=now())
    outcome = Outcome.FAIL if problems else Outcome.PASS
    if json:
        document = {
            "outcome": outcome.value,
            "digest": digest,
            "commit": subject.commit,
            "layers": {
                layer: (statements.get(layer) or {}).get("predicate", {}).get("outcome") for layer in layers
            },
            "problems": [asdict(problem) for problem in problems],
        }
        print_json(document)
    else:
        for layer in layers:
            bad = [problem for problem in problems if problem.layer == layer]
            say(f"{layer:8} {'; '.join(f'{item.kind}: {item.message}' for item in bad) or 'pass'}")
        say(f"{digest} at {subject.commit[:12]} is {'proven' if not problems else 'not proven'}")
    raise typer.Exit(ExitCode.of(outcome))


def _prove(session: Session, board: Board, no_install: bool) -> Proof:
    def up() -> Any:
        return session.up(lambda text: board.detail("environment", text))

    board.expect("environment")
    layers = session.project.settings.promotion.layers
    prover = Prover(session.project, layers, board, session.provider, up, allow_install=not no_install)
    return prover.run()


def _proven_before(session: Session, digest: str, board: Board) -> Proof:
    release = Shelf(session.project.output / "releases").find(digest)
    mover = _mover(session, board)
    return Proof(release=release, mover=mover)


def _mover(session: Session, board: Board) -> Mover:
    """For the environment that is running; raises UsageError when none is."""
    return Mover(session.project, session.provider, session.provider.find(session.environment), board)


def _move(proof: Proof, stages: Sequence[str]) -> list[str]:
    if proof.mover is None or proof.release is None:
        raise CannotJudge("there is no release to move")
    proof.mover.board.expect(*stages)
    for stage in stages:
        proof.mover.promote(stage, proof.release)
    return list(stages)


def _report(session: Session, proof: Proof, moved: Sequence[str], board: Board, *, as_json: bool) -> None:
    answer, url = _ask(session, proof, moved[-1]) if moved and proof.mover else (None, None)
    release = proof.release
    layers = {
        name: {"outcome": verdict.outcome.value, "seconds": round(verdict.duration_s, 1)}
        for name, verdict in proof.verdicts.items()
    }
    folder = str(Store(session.project.output / "evidence").place(release.subject)) if release else None
    outcome = Outcome.PASS if moved else proof.outcome
    if as_json:
        document = {
            "outcome": outcome.value,
            "digest": release.digest if release else None,
            "commit": release.commit if release else None,
            "release": release.name if release else None,
            "layers": layers,
            "stages": list(moved),
            "seconds": board.times(),
            "url": url,
            "answer": answer,
            "evidence": folder,
        }
        print_json(document)
        return
    if not moved:
        _say_refusal(proof)
        return
    say("times: " + ", ".join(f"{name} {seconds} s" for name, seconds in board.times().items()))
    say(f"evidence: {folder}")
    say(f"{moved[-1]} answers at {url}:")
    print(answer, flush=True)


def _say_refusal(proof: Proof) -> None:
    for name, verdict in proof.verdicts.items():
        for check in verdict.broken[:3]:
            say(f"refused at {name}: {check.name}")
            for line in check.message.splitlines()[:3]:
                say(f"    {line}")
            if check.where:
                say(f"    where: {check.where}")
    say("no stage was touched")


def _ask(session: Session, proof: Proof, stage: str) -> tuple[str, str]:
    """What the service in `stage` answers through the forwarded port."""
    if proof.mover is None:
        raise CannotJudge("there is no environment to ask")
    settings = session.project.settings.service
    with session.provider.service(proof.mover.environment, stage, settings.name, SERVICE_PORT) as url:
        try:
            reply = httpx.get(url.rstrip("/") + settings.smoke_path, timeout=10).raise_for_status()
        except httpx.HTTPError as error:
            raise CannotJudge(
                f"{stage} does not answer through the forwarded port: {error}", where=url
            ) from error
    return reply.text, url.rstrip("/") + settings.smoke_path


def _statuses(session: Session) -> list[StageStatus]:
    names = session.project.settings.stage_names()
    try:
        environment = session.provider.find(session.environment)
    except HallmarkError as error:
        missing = {"outcome": "unknown", "problems": [error.what]}
        return [StageStatus(name, None, None, None, "absent", None, missing) for name in names]
    mover = Mover(session.project, session.provider, environment, Board())
    return [status(mover, name) for name in names]


def _stages_up_to(project: Project, to: str) -> list[str]:
    names = project.settings.stage_names()
    if not to:
        return names
    _known_stage(project, to)
    return names[: names.index(to) + 1]


def _known_stage(project: Project, stage: str) -> None:
    names = project.settings.stage_names()
    if stage not in names:
        raise UsageError(f"{stage!r} is no stage", next_step=f"choose one of {', '.join(names)}")


@contextmanager
def _down_when_interrupted(session: Session, board: Board) -> Iterator[None]:
    """Ctrl-C takes an environment down that this run had started; one that ran before stays, with its stages."""
    ran_before = session.is_running()
    try:
        yield
    except KeyboardInterrupt:
        if not ran_before:
            session.provider.down(session.environment, report=lambda text: board.detail("environment", text))
        raise


@contextmanager
def _one_at_a_time(project: Project) -> Iterator[None]:
    """One promotion or rollback a checkout; the kernel lets go of the lock when the holder dies."""
    project.output.mkdir(parents=True, exist_ok=True)
    file = Path(project.output / "promotion.lock")
    with file.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise CannotJudge(
                f"another promotion of this checkout is under way (process {lock.read().strip() or 'unknown'})",
                where=str(file),
                next_step="wait for it to end",
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
