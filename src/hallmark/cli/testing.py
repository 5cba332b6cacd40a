"""test: run the layers without moving a stage."""

from __future__ import annotations

from typing import Annotated

import typer

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
from hallmark.config import LAYERS
from hallmark.layers import judge, lint, suite
from hallmark.outcome import ExitCode, Outcome, UsageError, Verdict
from hallmark.promotion.board import Board
from hallmark.promotion.prove import ON_THE_CLUSTER, Proof, Prover

# The kit's own tests on the real machine: what happens when things break. No layer of a release.
KIT = "kit"
KIT_TIMEOUT_S = 3600.0


def run_tests(
    layers: Annotated[
        list[str] | None, typer.Argument(help=f"Any of {', '.join((*LAYERS, KIT))}; all of them.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option(help="With lint: run these commands of it only.")] = None,
    keep: Annotated[
        bool, typer.Option(help="Leave an environment running that this command started.")
    ] = False,
    env: EnvironmentName = "",
    provider: ProviderName = "",
    kubeconfig: Kubeconfig = None,
    no_install: NoInstall = False,
    json: Json = False,
) -> None:
    """Run layers, all of them when none is named, and say what they found.

    lint, unit, policy and image need no cluster; infra and e2e run in an ephemeral namespace of the
    environment, which is started when it does not run (and taken down again unless --keep). `kit` are the
    kit's own tests of crashes, faults and refusals on this machine. Results: .hallmark/<layer>/.
    """
    wanted = list(dict.fromkeys(layers or [*LAYERS, KIT]))
    unknown = [name for name in wanted if name not in (*LAYERS, KIT)]
    if unknown:
        raise UsageError(
            f"{', '.join(unknown)}: no such layer", next_step=f"choose of {', '.join((*LAYERS, KIT))}"
        )
    if only and wanted != ["lint"]:
        raise UsageError(
            "--only goes with the layer lint alone", next_step="./hallmark test lint --only ruff"
        )
    lint.choose(only)
    session = open_session(env, provider, kubeconfig)
    board = Board()
    release_layers = [name for name in wanted if name != KIT]
    proof = Proof()
    if release_layers:
        with board.shown():
            proof = _prove(session, release_layers, board, only or [], keep=keep, no_install=no_install)
    if KIT in wanted:
        proof.verdicts[KIT] = _kit(session)
    _report(proof, as_json=json)
    raise typer.Exit(ExitCode.of(proof.outcome))


def _prove(
    session: Session, layers: list[str], board: Board, only: list[str], *, keep: bool, no_install: bool
) -> Proof:
    on_cluster = any(layer in ON_THE_CLUSTER for layer in layers)
    started = on_cluster and not session.is_running()

    def up() -> object:
        return session.up(lambda text: board.detail("environment", text))

    prover = Prover(
        session.project,
        layers,
        board,
        session.provider,
        up if on_cluster else None,  # type: ignore[arg-type]
        allow_install=not no_install,
        only_lint=only,
    )
    try:
        return prover.run()
    finally:
        if started and not keep:
            session.provider.down(session.environment, report=lambda text: board.detail("environment", text))


def _kit(session: Session) -> Verdict:
    root, output = session.project.root, session.project.output
    say("kit: running tests/kit, some minutes; progress in .hallmark/kit/pytest.log")
    return judge(KIT, output, lambda: suite.run(root, ["tests/kit"], output / KIT, timeout_s=KIT_TIMEOUT_S))


def _report(proof: Proof, *, as_json: bool) -> None:
    verdicts = proof.verdicts.values()
    counts = dict.fromkeys(Outcome, 0)
    for verdict in verdicts:
        for check in verdict.checks:
            counts[check.outcome] += 1
    if as_json:
        layers = {
            verdict.layer: {
                "outcome": verdict.outcome.value,
                "seconds": round(verdict.duration_s, 1),
                "checks": len(verdict.checks),
                "broken": [
                    {"name": c.name, "outcome": c.outcome.value, "message": c.message} for c in verdict.broken
                ],
            }
            for verdict in verdicts
        }
        print_json({"outcome": proof.outcome.value, "layers": layers})
        return
    for verdict in verdicts:
        for check in verdict.broken:
            say(f"{verdict.layer}: {check.outcome.value}: {check.name}")
            for line in check.message.splitlines()[:3]:
                say(f"    {line}")
            if check.where:
                say(f"    where: {check.where}")
    for verdict in verdicts:
        say(
            f"{verdict.layer:8} {verdict.outcome.value:8} {len(verdict.checks):5} checks {verdict.duration_s:8.1f} s"
        )
    failed = counts[Outcome.FAIL] + counts[Outcome.UNKNOWN]
    print(f"{counts[Outcome.PASS]} passed, {failed} failed", flush=True)
