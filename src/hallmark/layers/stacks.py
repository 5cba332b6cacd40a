"""The half of the layer `infra` that needs no cluster: the Terraform stacks, judged without an account.

Format, validity, tflint, terraform's own tests of every root and module, plans of every root with each of its sets of
variables (`tests/*.tfvars.json`), the assertions in tests/infra/terraform on these plans, and the rules over plans.
Every plan is made once; whoever asks for it reads its JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from hallmark import policy, process, tools
from hallmark.config import Project
from hallmark.layers import lint, suite
from hallmark.layers import policy as policy_layer
from hallmark.layers.finding import Finding
from hallmark.outcome import CannotJudge, Check, HallmarkError, Outcome, Refused, UsageError
from hallmark.records import write_atomically
from hallmark.terraform import Stack, binary, offline
from hallmark.terraform.stack import LOCK_FILE, MODULES

ASSERTIONS = "tests/infra/terraform"
ASSERTIONS_S = 600.0
PLANS_VARIABLE = "HALLMARK_PLANS"
SETS = "*.tfvars.json"
TFLINT_CONFIG = ".tflint.hcl"
_OUTCOMES = {"pass": Outcome.PASS, "fail": Outcome.FAIL}
_UNFORMATTED = 3  # exit code of terraform fmt -check
_ISSUES = 2  # exit code of tflint

Judge = Callable[[], list[Check]]


def needed_tools(project: Project) -> list[str]:
    """The pinned tools that the stacks need here; none where the checkout has no stacks."""
    if not project.settings.terraform.stacks:
        return []
    return [*binary.needed_tools(), "tflint"]


def run(project: Project, output: Path) -> list[Check]:
    """Judge every stack that hallmark.toml names. Working copies and plans go to `output`.

    Where it names none, the one check says whether there is any Terraform that it should name.
    """
    roots = [project.root / name for name in project.settings.terraform.stacks]
    if not roots:
        return _unnamed(project)
    return Run(project, roots, output).judge()


def plan(project: Project, output: Path) -> Path:
    """Make every plan of every stack, for whoever asks without the layer; returns the folder of their JSON.

    Raises what kept one from being made.
    """
    run = Run(project, [project.root / name for name in project.settings.terraform.stacks], output)
    for root in run.roots:
        stack = run.prepare(root)
        for file in run.sets(root):
            run.make_plan(stack, file)
    return run.plans


# Where Terraform is an example of what rules find, and is nobody's to apply.
_EXAMPLES = ("policies/", "tests/")


def _unnamed(project: Project) -> list[Check]:
    files = [
        file
        for file in lint.list_files(project.root)
        if file.endswith(".tf") and not file.startswith(_EXAMPLES)
    ]
    if not files:
        return [Check("stacks", Outcome.PASS, "there is no Terraform in the checkout")]
    message = "there is Terraform in the checkout, and [terraform] in hallmark.toml names no stack to judge"
    return [Check("stacks", Outcome.UNKNOWN, message, files[0])]


@dataclass(frozen=True)
class Run:
    """One judgement of all stacks. As many commands run at a time as there are processors, each of which they fill."""

    project: Project
    roots: Sequence[Path]
    output: Path

    @property
    def plans(self) -> Path:
        """Where the JSON of every plan is: `STACK-SET.json`."""
        return self.output / "plans"

    def judge(self) -> list[Check]:
        """All checks, in the order in which they are listed here, whichever came first."""
        shutil.rmtree(self.plans, ignore_errors=True)
        locked = self._locks()
        parents = sorted({root.parent for root in self.roots})
        modules = sorted({file.parent for parent in parents for file in (parent / MODULES).glob("*/*.tf")})
        pool = ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="stack")
        try:
            ready = {root: pool.submit(self.prepare, root) for root in self.roots}
            # The plans come first: what is asked of them runs beside all the rest.
            planning = [
                pool.submit(_judged, f"plan {_name(file)}", partial(self._planned, ready[root], file))
                for root in self.roots
                for file in self.sets(root)
            ]
            ready |= {module: pool.submit(self.prepare, module) for module in modules}
            jobs: list[tuple[str, Judge]] = [
                *((f"test {one.name}", partial(self._tested, stack)) for one, stack in ready.items()),
                *((f"validate {one.name}", partial(self._validated, ready[one])) for one in self.roots),
                *((f"fmt {one.name}", partial(self._formatted, one)) for one in parents),
                *((f"tflint {one.name}", partial(self._linted, one)) for one in parents),
            ]
            others = [pool.submit(_judged, name, judge) for name, judge in jobs]
            planned = [check for future in planning for check in future.result()]
            asked = self._ask(planned)
            rest = [check for future in others for check in future.result()]
            return [*planned, *asked, *rest, self._unchanged(locked)]
        finally:
            # After an interruption the caller stops the programs; waiting here would hold it up.
            pool.shutdown(wait=False, cancel_futures=True)

    def _locks(self) -> dict[Path, bytes]:
        files = [root / LOCK_FILE for root in self.roots]
        return {file: file.read_bytes() for file in files if file.is_file()}

    def _unchanged(self, before: dict[Path, bytes]) -> Check:
        """The lock files are what everybody else gets: nothing that was done here may have touched one."""
        after = self._locks()
        changed = [file for file in {**before, **after} if before.get(file) != after.get(file)]
        outcome = Outcome.FAIL if changed else Outcome.PASS
        message = "changed while the stacks were judged" if changed else f"{len(after)} unchanged"
        return Check("lock files", outcome, message, str(changed[0]) if changed else "")

    def sets(self, root: Path) -> list[Path]:
        """The files with the sets of variables to plan a root with; at least one, there or not."""
        return sorted((root / "tests").glob(SETS)) or [root / "tests" / SETS]

    def prepare(self, folder: Path) -> Stack:
        """The working copy of a root or a module, with its providers; no variables yet."""
        locks = [root / LOCK_FILE for root in self.roots if (root / LOCK_FILE).is_file()]
        has_own = folder in self.roots
        work = self.output / "work" / folder.name
        stack = offline.stack(
            folder,
            work,
            {},
            mirror=self.project.settings.terraform.provider_mirror,
            lock_file=None if has_own or not locks else locks[0],
        )
        stack.init()
        return stack

    def _planned(self, ready: Future[Stack], file: Path) -> list[Check]:
        self.make_plan(ready.result(), file)
        return [Check(f"plan {_name(file)}", Outcome.PASS)]

    def make_plan(self, prepared: Stack, file: Path) -> None:
        """Plan a stack with a set of variables, and keep the JSON where everybody finds it."""
        if not file.is_file():
            raise CannotJudge("there is no set of variables to plan with", where=str(file))
        variables = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(variables, dict):
            raise CannotJudge("a set of variables is one JSON object", where=str(file))
        stack = replace(prepared, variables=variables)
        plan = stack.plan(stack.work / f"{file.name}.plan", lock=False)
        write_atomically(self.plans / f"{_name(file)}.json", stack.show(plan.file).decode())

    def _ask(self, planned: Sequence[Check]) -> list[Check]:
        """What the assertions and the rules say of the plans; nothing of some of them."""
        if any(check.outcome is not Outcome.PASS for check in planned):
            return [Check("plans", Outcome.UNKNOWN, "not all are there, so nothing was asked of any")]
        return [*_judged("rules", self._ruled), *_judged("assertions", self._asserted)]

    def _ruled(self) -> list[Check]:
        policies = self.project.root / "policies"
        files = sorted(self.plans.glob("*.json"))
        reports = policy.check_plans([[file] for file in files], policies=policies)
        return policy_layer.judge(dict(zip((file.stem for file in files), reports, strict=True)), policies)

    def _asserted(self) -> list[Check]:
        env = {PLANS_VARIABLE: str(self.plans)}
        return suite.run(self.project.root, [ASSERTIONS], self.output, timeout_s=ASSERTIONS_S, env=env)

    def _tested(self, ready: Future[Stack]) -> list[Check]:
        stack = ready.result()
        name = stack.source.name
        checks = [
            Check(
                f"{name}: {run.name or run.file or 'tests'}",
                _OUTCOMES.get(run.status, Outcome.UNKNOWN),
                "; ".join(map(str, run.faults)) or ("" if run.status == "pass" else run.status),
                ", ".join(fault.where for fault in run.faults) or run.file,
            )
            for run in stack.test()
        ]
        return checks or [
            Check(f"test {name}", Outcome.UNKNOWN, "it has no test", str(stack.source / "tests"))
        ]

    def _validated(self, ready: Future[Stack]) -> list[Check]:
        stack = ready.result()
        found = [Finding(one.where, 0, str(one)) for one in stack.validate()]
        return [_check(f"validate {stack.source.name}", found)]

    def _formatted(self, folder: Path) -> list[Check]:
        done = process.run(
            [binary.find(), "fmt", "-check", "-recursive", "-no-color", folder],
            timeout_s=60,
            cwd=self.project.root,
            env=binary.environment(None),
            check=False,
        )
        # It names what it would write anew on standard output, and what it can't read on the other.
        files = [Finding(line, 0, "is not formatted") for line in done.stdout.splitlines()]
        if done.returncode not in (0, _UNFORMATTED) or (done.returncode == _UNFORMATTED) != bool(files):
            raise process.CommandFailed(done.argv, f"exited with {done.returncode}", done.stderr)
        return [_check(f"fmt {folder.name}", files)]

    def _linted(self, folder: Path) -> list[Check]:
        config = folder / TFLINT_CONFIG
        argv = [str(tools.path("tflint")), f"--chdir={folder}", "--recursive", "--format=json"]
        argv += [f"--config={config}"] if config.is_file() else []
        done = process.run(argv, timeout_s=120, cwd=self.project.root, check=False)
        try:
            said = json.loads(done.stdout)
            found = [
                Finding(
                    issue["range"]["filename"],
                    issue["range"]["start"]["line"],
                    f"{issue['rule']['name']}: {issue['message']}",
                )
                for issue in said["issues"]
            ]
            judged = done.returncode in (0, _ISSUES) and not said["errors"]
        except (ValueError, LookupError, TypeError) as error:
            raise process.CommandFailed(done.argv, f"exited with {done.returncode}", done.stderr) from error
        if not judged or (done.returncode == _ISSUES) != bool(found):
            raise process.CommandFailed(done.argv, f"exited with {done.returncode}", done.stdout)
        return [_check(f"tflint {folder.name}", found)]


def _name(file: Path) -> str:
    """A set of variables by its stack's name and its own."""
    return f"{file.parent.parent.name}-{file.name.removesuffix(SETS[1:])}"


def _check(name: str, found: Sequence[Finding]) -> Check:
    shown = [str(one) for one in found[: lint.SHOWN_FINDINGS]]
    more = [f"and {len(found) - lint.SHOWN_FINDINGS} more"] * (len(found) > lint.SHOWN_FINDINGS)
    outcome = Outcome.FAIL if found else Outcome.PASS
    return Check(name, outcome, "\n".join(shown + more), found[0].where if found else "")


def _judged(name: str, judge: Judge) -> list[Check]:
    """The checks of one part. What kept it from judging is a check too, and so is the time that it took as a whole."""
    began = time.monotonic()
    try:
        checks = judge()
    except HallmarkError as error:
        outcome = Outcome.FAIL if isinstance(error, Refused | UsageError) else Outcome.UNKNOWN
        checks = [Check(name, outcome, error.what, error.where)]
    except (OSError, ValueError) as error:
        checks = [Check(name, Outcome.UNKNOWN, str(error))]
    if len(checks) == 1:
        checks = [replace(checks[0], duration_s=time.monotonic() - began)]
    return checks
