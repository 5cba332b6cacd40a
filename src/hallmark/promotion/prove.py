"""Prove a commit: build its image once, render its manifests once, and put both through every layer.

What does not need the cluster runs while tools are fetched and the environment starts, the Terraform half of `infra`
too; the rest of `infra` and `e2e` run on an ephemeral namespace, and only as long as no other layer has failed. The
tests of the rules go on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from hallmark import image, manifests, process, source, tools
from hallmark.cluster import Environment, Provider
from hallmark.cluster.addresses import REGISTRY
from hallmark.config import Project
from hallmark.evidence import Store
from hallmark.image import BuiltImage
from hallmark.layers import Target, e2e, infra, judge, lint, policy, stacks, unit
from hallmark.layers import image as image_layer
from hallmark.manifests import Rendered
from hallmark.outcome import CannotJudge, Check, HallmarkError, Outcome, Refused, Verdict
from hallmark.promotion import deploy, ephemeral
from hallmark.promotion.board import Board
from hallmark.promotion.release import Release, Shelf
from hallmark.promotion.stages import SERVICE_PORT, Mover
from hallmark.terraform import binary
from hallmark.tools import system
from hallmark.tools.fetching import Fetching
from hallmark.tools.progress import Lines

# The external tools that a layer waits for; everything else goes on being fetched while it runs.
LAYER_TOOLS = {
    "lint": ["opa", "actionlint"],
    "unit": ["opa", "kubectl", "dockerfile-ast", "manifest-reader"],
    "policy": ["opa", "dockerfile-ast"],
}
RENDERING_TOOLS = ["kubectl"]
ON_THE_CLUSTER = ("infra", "e2e")

Checks = Callable[[], list[Check]]


@dataclass
class Proof:
    """What proving left: a verdict for each layer that was judged, and the release if it came that far.

    A layer that was `asked` for and not judged keeps the whole from passing.
    """

    asked: tuple[str, ...] = ()
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    release: Release | None = None
    mover: Mover | None = None

    @property
    def outcome(self) -> Outcome:
        missing = [Outcome.UNKNOWN for layer in self.asked if layer not in self.verdicts]
        return Outcome.of([*(verdict.outcome for verdict in self.verdicts.values()), *missing])


@dataclass
class Prover:
    """One run of layers over a checkout.

    `up` starts or finds the environment, in the main thread so that Ctrl-C reaches it; None for a run that
    needs no cluster. Layers that are not asked for are not run and leave no evidence.
    """

    project: Project
    layers: Sequence[str]
    board: Board
    provider: Provider
    up: Callable[[], Environment] | None
    allow_install: bool = True
    only_lint: Sequence[str] = ()
    proof: Proof = field(init=False)

    def __post_init__(self) -> None:
        self.proof = Proof(asked=tuple(self.layers))

    def run(self) -> Proof:
        """Run the layers and return what they found. Raises what kept a layer from being judged at all."""
        self.board.expect(*self.layers)
        commit = source.read(self.project.root).commit
        if self._needs_image():
            users = ["image", *self._tools()]
            system.ensure(self.allow_install, users, say=lambda text: self.board.detail("system", text))
        with _workers() as pool, self._fetching() as fetching:
            early = self._start_early(pool, fetching)
            about_rules = self._start_on_rules(pool, fetching)
            about_stacks = self._start_on_stacks(pool, fetching)
            building = pool.submit(self._build) if self._needs_image() else None
            environment = self._start_environment(fetching)
            if building is not None:
                checks = self._judge_release(building, commit, environment, fetching)
                if checks is not None:
                    early.append(pool.submit(self._judge, "policy", lambda: [*checks, *about_rules.result()]))
            if environment is not None and self._may_deploy():
                self._judge_deployed(environment, early, about_stacks)
            _settle(early)
            if about_rules.running():  # a layer that was refused already doesn't need it
                process.interrupt()
        self._keep_evidence()
        return self.proof

    def _needs_image(self) -> bool:
        return self.up is not None or any(layer in self.layers for layer in ("image", "policy"))

    def _tools(self) -> list[str]:
        of_layers = {name for layer in self.layers for name in self._tools_of(layer)}
        if self.up is not None:
            cluster = tools.names()
            return [*cluster, *sorted(of_layers - set(cluster))]
        return sorted({*(RENDERING_TOOLS if self._needs_image() else ()), *of_layers})

    def _tools_of(self, layer: str) -> list[str]:
        if layer == "infra":
            return stacks.needed_tools(self.project)
        return [*LAYER_TOOLS.get(layer, []), *(binary.needed_tools() if layer == "unit" else ())]

    @contextmanager
    def _fetching(self) -> Iterator[Fetching]:
        lines = Lines(lambda text: self.board.detail("tools", text.removeprefix("tools: ")))
        fetching = tools.start(self._tools(), progress=lines)
        try:
            yield fetching
        finally:
            fetching.close()

    def _start_early(self, pool: ThreadPoolExecutor, fetching: Fetching) -> list[Future[Verdict]]:
        root, output = self.project.root, self.project.output
        layers: dict[str, Checks] = {
            "lint": lambda: lint.run(self.project, only=list(self.only_lint) or None),
            "unit": lambda: unit.run(root, output / "unit"),
        }
        return [
            pool.submit(self._judge, layer, _after(fetching, self._tools_of(layer), checks))
            for layer, checks in layers.items()
            if layer in self.layers
        ]

    def _start_on_rules(self, pool: ThreadPoolExecutor, fetching: Fetching) -> Future[list[Check]]:
        """What the layer `policy` says of the rules themselves; nothing when it is not asked for."""
        if "policy" not in self.layers:
            return Future()
        return pool.submit(_after(fetching, LAYER_TOOLS["policy"], lambda: policy.run_on_rules(self.project)))

    def _start_on_stacks(self, pool: ThreadPoolExecutor, fetching: Fetching) -> Future[list[Check] | None]:
        """What the layer `infra` says without a cluster; None when that decides the layer, which is then judged."""
        if "infra" not in self.layers:
            return Future()

        output = self.project.output / "infra" / "terraform"
        part = _after(fetching, self._tools_of("infra"), lambda: stacks.run(self.project, output))
        return pool.submit(self._undecided, "infra", part)

    def _build(self) -> BuiltImage:
        self.board.start("image", "building")
        return image.build(self.project, report=lambda text: self.board.detail("image", text))

    def _start_environment(self, fetching: Fetching) -> Environment | None:
        if self.up is None:
            return None
        self.board.start("environment", "waiting for tools")
        for name in tools.names():
            fetching.wait(name)
        environment = self.up()
        if not environment.registry_push:
            raise CannotJudge(
                f"nobody said which registry the cluster of {environment.name} pulls from",
                where="HALLMARK_REGISTRY is not set",
                next_step="HALLMARK_REGISTRY=HOST:PORT, or PUSH=PULL where the cluster has another name for it",
            )
        self.board.end("environment", "pass", environment.name)
        self.proof.mover = Mover(self.project, self.provider, environment, self.board)
        return environment

    def _judge_release(
        self,
        building: Future[BuiltImage],
        commit: str,
        environment: Environment | None,
        fetching: Fetching,
    ) -> list[Check] | None:
        """Judge the image, then what is rendered with it; the checks of the layer `policy` if they leave it open."""
        if "image" in self.layers:
            self._judge("image", lambda: image_layer.run(building.result()))
            if building.exception() is not None:
                return None  # judged already; without an image there is nothing to render
        built = building.result()
        registry = (environment.registry_pull if environment else "") or REGISTRY
        name = f"{registry}/{self.project.settings.service.name}@{built.digest}"
        rendered: dict[str, Rendered] = {}

        def render_and_check() -> list[Check]:
            for tool in (*RENDERING_TOOLS, *(LAYER_TOOLS["policy"] if "policy" in self.layers else ())):
                fetching.wait(tool)
            for stage in self.project.settings.stage_names():
                rendered[stage] = manifests.render(self.project, stage, image=name, commit=commit)
            return policy.run(self.project, rendered) if "policy" in self.layers else []

        checks = (
            self._undecided("policy", render_and_check) if "policy" in self.layers else render_and_check()
        )
        if environment is not None:
            image.push(built, registry=environment.registry_push, name=self.project.settings.service.name)
        if len(rendered) == len(self.project.settings.stages):
            texts = {stage: item.text for stage, item in rendered.items()}
            self.proof.release = Release(name, commit, texts)
            Shelf(self.project.output / "releases").put(self.proof.release)
        return checks if "policy" in self.layers else None

    def _undecided(self, layer: str, part: Checks) -> list[Check] | None:
        """The checks of a part of a layer. None when they decide the layer, which is then judged."""
        self.board.start(layer)
        try:
            checks = part()
        except HallmarkError as error:
            self._judge(layer, _raiser(error))
            return None
        if checks and all(check.outcome is Outcome.PASS for check in checks):
            return checks
        self._judge(layer, lambda: checks)
        return None

    def _may_deploy(self) -> bool:
        """Whether what was judged so far leaves anything to be learnt from deploying it."""
        judged = self.proof.verdicts.values()
        wanted = any(layer in self.layers for layer in ON_THE_CLUSTER)
        return wanted and self.proof.release is not None and all(v.outcome is Outcome.PASS for v in judged)

    def _judge_deployed(
        self,
        environment: Environment,
        early: Sequence[Future[Verdict]],
        about_stacks: Future[list[Check] | None],
    ) -> None:
        mover, release = self.proof.mover, self.proof.release
        if mover is None or release is None:
            raise CannotJudge("there is no release to deploy")
        stage = self.project.settings.stages[0].name
        for gone in ephemeral.reap(mover.cluster):
            self.board.detail("environment", f"removed {gone}, left behind by a run that is over")
        namespace = ephemeral.new_name()
        self.provider.record_namespace(environment.name, namespace)
        with ephemeral.namespace(mover.cluster, namespace):
            rendered = manifests.render(
                self.project, stage, image=release.image, commit=release.commit, namespace=namespace
            )
            # A release that cannot be deployed fails the first layer that needs it; the others are not judged.
            first = next(layer for layer in ON_THE_CLUSTER if layer in self.layers)
            self.board.start(first, f"deploying to {namespace}")
            try:
                deploy.validate(mover.cluster, rendered.objects)
                mover.roll_out(first, namespace, rendered.objects, [])
            except Refused as refused:
                self._judge(first, _raiser(refused))
                return
            service = self.project.settings.service.name
            with self.provider.service(environment, namespace, service, SERVICE_PORT) as url:
                target = mover.target(stage, namespace, release, rendered.file, url)
                self._judge_target(target, early, about_stacks)

    def _judge_target(
        self, target: Target, early: Sequence[Future[Verdict]], about_stacks: Future[list[Check] | None]
    ) -> None:
        root, output = self.project.root, self.project.output
        if "infra" in self.layers and (said := about_stacks.result()) is not None:
            self._judge("infra", lambda: [*said, *infra.run(root, output / "infra", target)])
        # The features take the longest and mostly wait: they run beside what is left, and end with a lost cause.
        if "e2e" in self.layers and self._may_deploy() and not lost(early):
            self._judge("e2e", lambda: e2e.run(root, output / "e2e", target, stop=lambda: lost(early)))

    def _judge(self, layer: str, checks: Checks) -> Verdict:
        self.board.start(layer)
        verdict = judge(layer, self.project.output, checks)
        self.proof.verdicts[layer] = verdict
        broken = verdict.broken
        detail = f"{len(verdict.checks) - len(broken)} of {len(verdict.checks)} checks passed"
        if broken:
            detail = f"{detail}; {broken[0].name}: {broken[0].message}"
        self.board.end(layer, verdict.outcome.value, detail)
        return verdict

    def _keep_evidence(self) -> None:
        release = self.proof.release
        if release is None:
            return
        store = Store(self.project.output / "evidence")
        for verdict in self.proof.verdicts.values():
            store.write(verdict, release.subject, manifests=release.sha256())


def lost(early: Sequence[Future[Verdict]]) -> str:
    """Why nothing more is to be learnt: a layer that has ended without a pass; empty while there is none."""
    for future in early:
        if future.done():
            if future.exception() is not None:
                return "another layer could not be judged"
            if future.result().outcome is not Outcome.PASS:
                return f"layer {future.result().layer} did not pass"
    return ""


def _settle(early: Sequence[Future[Verdict]]) -> None:
    for future in early:
        future.result()


def _after(fetching: Fetching, names: Sequence[str], checks: Checks) -> Checks:
    def wait_then_check() -> list[Check]:
        for name in names:
            fetching.wait(name)
        return checks()

    return wait_then_check


def _raiser(error: HallmarkError) -> Checks:
    def raise_it() -> list[Check]:
        raise error

    return raise_it


@contextmanager
def _workers() -> Iterator[ThreadPoolExecutor]:
    """Threads whose programs are killed when the main thread leaves the block by an exception."""
    pool = ThreadPoolExecutor(max_workers=6, thread_name_prefix="layer")
    try:
        yield pool
    except BaseException:
        process.interrupt()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        process.resume()
