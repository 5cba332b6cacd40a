"""What GitHub's workflows and actions are made of, as far as rules rely on it: known keys, and the types of values.

No whole schema: what a job's matrix or a step's inputs mean is between GitHub and the action (actionlint knows more).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from hallmark.policy.engine import Steps
from hallmark.policy.texts import Fault, Hides

TEXT, FLAG, NUMBER = "a text", "true or false", "a number"
SCALAR, SCALARS, ANYTHING = "a single value", "single values by name", ""
# A mapping lists its keys (! is a demanded one) or has * for any; a list has the one shape of its items; a tuple are
# the shapes of which one must fit. An expression ${{ }} stands for any single value, and for values by name.
_PERMISSIONS = (TEXT, {"*": TEXT})
_CONCURRENCY = (TEXT, {"group!": SCALAR, "cancel-in-progress": FLAG, "queue": ANYTHING})
_DEFAULTS = {"run": {"shell": TEXT, "working-directory": TEXT}}
_CONTAINER = (
    TEXT,
    {
        "image!": TEXT,
        "credentials": {"username": SCALAR, "password": SCALAR},
        "env": SCALARS,
        "ports": (TEXT, [SCALAR]),
        "volumes": (TEXT, [TEXT]),
        "options": TEXT,
        "command": ANYTHING,
        "entrypoint": ANYTHING,
    },
)
_STEP = {
    "id": TEXT,
    "if": SCALAR,
    "name": SCALAR,
    "uses": TEXT,
    "run": TEXT,
    "working-directory": TEXT,
    "shell": TEXT,
    "with": SCALARS,
    "env": SCALARS,
    "continue-on-error": FLAG,
    "timeout-minutes": NUMBER,
}
_JOB = {
    "name": SCALAR,
    "permissions": _PERMISSIONS,
    "needs": (TEXT, [TEXT]),
    "if": SCALAR,
    "runs-on": (TEXT, [TEXT], {"group": TEXT, "labels": (TEXT, [TEXT])}),
    "snapshot": ANYTHING,
    "environment": (TEXT, {"name!": TEXT, "url": TEXT, "deployment": FLAG}),
    "concurrency": _CONCURRENCY,
    "outputs": SCALARS,
    "env": SCALARS,
    "defaults": _DEFAULTS,
    "steps": [_STEP],
    "timeout-minutes": NUMBER,
    "strategy": {"matrix": ANYTHING, "fail-fast": FLAG, "max-parallel": NUMBER},
    "continue-on-error": FLAG,
    "container": _CONTAINER,
    "services": {"*": _CONTAINER},
    "uses": TEXT,
    "with": SCALARS,
    "secrets": (TEXT, SCALARS),
}
_WORKFLOW = {
    "name": SCALAR,
    "run-name": SCALAR,
    "on!": (TEXT, [TEXT], {"*": ANYTHING}),
    "permissions": _PERMISSIONS,
    "env": SCALARS,
    "defaults": _DEFAULTS,
    "concurrency": _CONCURRENCY,
    "jobs!": {"*": _JOB},
}
_ACTION = {
    "name": SCALAR,
    "author": SCALAR,
    "description": SCALAR,
    "inputs": ANYTHING,
    "outputs": ANYTHING,
    "branding": ANYTHING,
    "runs!": {
        "using!": TEXT,
        "steps": [{key: shape for key, shape in _STEP.items() if key != "timeout-minutes"}],
        **dict.fromkeys(
            (
                "main",
                "pre",
                "pre-if",
                "post",
                "post-if",
                "image",
                "entrypoint",
                "pre-entrypoint",
                "post-entrypoint",
            ),
            TEXT,
        ),
        "args": [SCALAR],
        "env": SCALARS,
    },
}
_SHAPES: dict[str, Any] = {"Workflow": _WORKFLOW, "Action": _ACTION}


def faults(kind: str, value: Any) -> Iterator[Fault]:
    """Every place of a workflow or an action that GitHub would refuse, with what is wrong there."""
    yield from _compare(value, _SHAPES[kind], ())
    if kind == "Workflow" and isinstance(value.get("jobs"), dict):
        if not value["jobs"]:
            yield Fault(("jobs",), "jobs is empty")
        for name, job in value["jobs"].items():
            yield from _of_job(job, ("jobs", name))
    elif kind == "Action" and isinstance(value.get("runs"), dict):
        yield from _of_steps(value["runs"].get("steps"), ("runs", "steps"))


def _of_job(job: Any, path: Steps) -> Iterator[Fault]:
    if not isinstance(job, dict):
        return
    if ("uses" in job) == ("steps" in job):
        yield Fault(path, f"{_dotted(path)} must have either steps or uses")
    elif "steps" in job and "runs-on" not in job:
        yield Fault(path, f"{_dotted(path)} has no runs-on")
    yield from _of_steps(job.get("steps"), (*path, "steps"))


def _of_steps(steps: Any, path: Steps) -> Iterator[Fault]:
    if steps == []:
        yield Fault(path, f"{_dotted(path)} is empty")
    for index, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, dict) and ("uses" in step) == ("run" in step):
            yield Fault((*path, index), f"{_dotted((*path, index))} must have either uses or run")


def _compare(value: Any, shape: Any, path: Steps) -> Iterator[Fault]:
    if isinstance(shape, tuple):
        fitting = [one for one in shape if not _mismatch(value, one)]
        if fitting:
            yield from _compare(value, fitting[0], path)
        else:
            wanted = " or ".join(_mismatch(value, one) for one in shape)
            yield Fault(path, f"{_dotted(path)} must be {wanted}", Hides.ALL)
    elif wrong := _mismatch(value, shape):
        yield Fault(path, f"{_dotted(path)} must be {wrong}", Hides.ALL)
    elif isinstance(shape, list) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _compare(item, shape[0], (*path, index))
    elif isinstance(shape, dict) and isinstance(value, dict):
        yield from _compare_keys(value, shape, path)


def _compare_keys(value: dict[str, Any], shape: dict[str, Any], path: Steps) -> Iterator[Fault]:
    known = {name.removesuffix("!"): inner for name, inner in shape.items()}
    for name in (name.removesuffix("!") for name in shape if name.endswith("!")):
        if name not in value:
            yield Fault(path, f"{_dotted((*path, name))} is missing")
    for name, item in value.items():
        if "*" in known:
            yield from _compare(item, known["*"], (*path, name))
        elif name in known:
            yield from _compare(item, known[name], (*path, name))
        else:
            near = difflib.get_close_matches(name, known, n=1)
            meant = f"; {near[0]} is meant?" if near else ""
            yield Fault((*path, name), f"{_dotted((*path, name))} is not known{meant}", Hides.NOTHING)


def _mismatch(value: Any, shape: Any) -> str:
    """What the value should have been, or nothing when it is."""
    is_expression = isinstance(value, str) and "${{" in value
    if shape == ANYTHING:
        return ""
    if isinstance(shape, dict):
        return "" if isinstance(value, dict) else "a mapping"
    if isinstance(shape, list):
        return "" if isinstance(value, list) else "a list"
    if shape == SCALARS:
        fits = isinstance(value, dict) and not any(isinstance(one, (dict, list)) for one in value.values())
    elif shape == FLAG:
        fits = isinstance(value, bool)
    elif shape == NUMBER:
        fits = isinstance(value, (int, float)) and not isinstance(value, bool)
    elif shape == SCALAR:
        fits = isinstance(value, (str, int, float, bool))
    else:
        fits = isinstance(value, str)
    return "" if fits or is_expression else str(shape)


def _dotted(path: Steps) -> str:
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return words.removeprefix(".") or "the file"
