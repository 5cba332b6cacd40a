"""A rule that says `scope: object` is shown to look at one object at a time, or refused with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hallmark.policy import rules, sources
from hallmark.policy.scope import Scopes

HEAD = """# METADATA
# title: Tried out
# description: Tried out.
# custom:
#   {id: tried, profile: baseline, severity: low, scope: object, why: so, fix: so, reference: so}
package hallmark.manifests.tried

import data.hallmark.lib.objects
import data.hallmark.lib.workload
import data.parameters

"""
APPLIES = "applies := workload.ids\n"
VIOLATION = (
    "violations contains workload.pod_finding(pod, [], `is wrong`) if {\n\tsome pod in workload.pods\n"
)
TOGETHER = "asks something of all objects together"

# What is looked at, why it is more than one object, and in which line after the head.
SEES_MORE = {
    "another": (
        f"{VIOLATION}\tsome other in workload.pods\n\tother.name != pod.name\n}}",
        "takes a second",
        4,
    ),
    "old-style": (f"{VIOLATION}\tworkload.pods[_].name != pod.name\n}}", "takes a second", 4),
    "twice-of-a-type": (
        f'{VIOLATION}\tsome one in objects.of["/Service"]\n\tone.object.spec.selector == pod.labels\n}}',
        "takes a second",
        4,
    ),
    "input": (f"{VIOLATION}\tsome one in input.objects\n\tone.type == `/Service`\n}}", "takes a second", 4),
    "count": (f"{VIOLATION}\tcount(workload.pods) > 1\n}}", TOGETHER, 4),
    "count-inside": (
        f"{VIOLATION}\tcount([x | some x in workload.pods; x.labels == pod.labels]) > 1\n}}",
        "",
        4,
    ),
    "none": (
        f"{VIOLATION}\tnot _quiet\n}}\n\n_quiet if {{\n\tsome one in workload.pods\n\tone.windows\n}}",
        "",
        7,
    ),
    "none-at-hand": (f"{VIOLATION}\tnot workload.pods[_].windows\n}}", "whether no object", 4),
    "every": (f"{VIOLATION}\tevery one in workload.pods {{ one.windows }}\n}}", TOGETHER, 4),
    "every-inside": (
        f"{VIOLATION}\tevery x in [1] {{\n\t\tsome one in workload.pods\n\t\tone.id == x\n\t}}\n}}",
        "asks something of every object",
        4,
    ),
    "function": (
        f"{VIOLATION}\t_taken(pod)\n}}\n\n_taken(pod) if {{\n\tsome one in workload.pods\n\tone.name == pod.name\n}}",
        "looks through the objects for one of them",
        7,
    ),
    "library": (
        f'{VIOLATION}\tcount(workload.selected(pod.namespace, {{"matchLabels": {{}}}})) > 1\n}}',
        "",
        4,
    ),
    "name": (
        f"{VIOLATION}\tpod.name in {{one.name | some one in workload.pods; one.windows}}\n}}",
        TOGETHER,
        4,
    ),
    "by-key": (
        f"{VIOLATION}\t_by_name[pod.name].windows\n}}\n\n_by_name := {{one.name: one | some one in workload.pods}}",
        TOGETHER,
        4,
    ),
    "by-its-type": (f"{VIOLATION}\tsome one in objects.of[pod.type]\n\tone.object\n}}", "looks through", 4),
    "all-types": (f"{VIOLATION}\tcount(objects.of) > 1\n}}", "looks through", 4),
    "difference": (f"{VIOLATION}\tcount(objects.ids - workload.ids) > 0\n}}", TOGETHER, 4),
    "first": (f"{VIOLATION}\tworkload.pods[0].id == pod.id\n}}", TOGETHER, 4),
    "with": (f"{VIOLATION}\tcount(workload.pods) == 2 with input.objects as []\n}}", "by `with`", 4),
    "whole-input": (f"{VIOLATION}\tcount(input) > 1\n}}", "reads input as a whole", 4),
    "later-name": (
        f"{VIOLATION}\tcount([x | some x in workload.pods; x.name == y]) > 1\n\ty = pod.name\n}}",
        "",
        4,
    ),
    "gathered": (
        f"{VIOLATION}\tsome ids in _by_name\n\tcount(ids) > 1\n}}\n\n"
        "_by_name[pod.name] contains pod.id if some pod in workload.pods",
        "gathers objects",
        8,
    ),
    "old-position": (
        f"{VIOLATION}\tpod.id in _late\n}}\n\n_late contains workload.pods[at].id if at > 3",
        "counts the objects",
        7,
    ),
    "position": (
        "violations contains workload.pod_finding(pod, [], `is late`) if {\n\tsome place, pod in workload.pods\n"
        "\tplace > 3\n}",
        "counts the objects",
        3,
    ),
    "alternative": (
        f"{VIOLATION}\tpod.windows\n}}\n\nviolations contains 1 if count(input.objects) > 3",
        TOGETHER,
        7,
    ),
    "applies": (
        "applies := workload.ids if count(workload.ids) > 1\n\nviolations contains 1 if false",
        TOGETHER,
        1,
    ),
}
SEES_ONE = {
    "itself": f"{VIOLATION}\tcount(pod.spec.containers) > 1\n}}",
    "its-parts": f"{VIOLATION}\tsome x in pod.spec.volumes\n\tsome y in pod.spec.volumes\n\tx.name != y.name\n}}",
    "its-id": f"{VIOLATION}\tpod.id in workload.linux_ids\n\tnot pod.id in {{x.id | some x in workload.pods}}\n}}",
    "joined": f"{VIOLATION}\tsome one in workload.containers\n\tone.id == pod.id\n}}",
    "function": f"{VIOLATION}\tnot _fine(pod)\n}}\n\n_fine(pod) if pod.spec.x == 1\n\n_fine(pod) := 1 if 1 in pod.y",
    "parameters": f"{VIOLATION}\tnot pod.name in parameters.required_tags\n\tcount(parameters.required_tags) > 0\n}}",
    "types": (
        'violations contains objects.violation(one.id, [], $"{one.id} is wrong") if {\n'
        '\tsome type in ["/Pod", "/Service"]\n\tsome one in objects.of[type]\n}'
    ),
    "gathered": (
        f"{VIOLATION}\tcount(_by_id[pod.id]) > 1\n}}\n\n"
        "_by_id[pod.id] contains pod.name if some pod in workload.pods"
    ),
    "no-position": f"{VIOLATION}\tsome _, one in workload.containers\n\tone.id == pod.id\n}}",
    "collections": (
        f"{VIOLATION}\tpod.id in _odd\n}}\n\n_odd := _ids(array.concat(workload.pods, workload.containers))\n\n"
        "_ids(places) := {one.id | some one in places}"
    ),
}


PLACED = ("another", "alternative", "applies", "function", "none")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every rule of this page in a file."""
    folder = tmp_path_factory.mktemp("scope")
    texts = {f"more-{name}": text for name, (text, _, _) in SEES_MORE.items()}
    texts |= {f"one-{name}": text for name, text in SEES_ONE.items()}
    for name, text in texts.items():
        given = text if text.startswith("applies") else f"{APPLIES}{text}"
        (folder / f"{name}.rego").write_text(f"{HEAD}{given}\n")
    return {name: folder / f"{name}.rego" for name in texts}


@pytest.fixture(scope="module")
def trees(files: dict[str, Path]) -> dict[str, Any]:
    """What they and the kit's library parse to, in one run of OPA."""
    library = [one for one in (sources.home() / "lib").glob("*.rego") if not sources.is_test(one)]
    parsed = rules.modules([*library, *files.values()])
    return {Path(file).stem: tree for file, tree in parsed.items()}


@pytest.fixture
def library(trees: dict[str, Any], files: dict[str, Path]) -> list[Any]:
    return [tree for name, tree in trees.items() if name not in files]


@pytest.mark.parametrize("name", SEES_MORE)
def test_scope_of_rule_that_looks_at_several_is_refused(
    name: str, trees: dict[str, Any], library: list[Any]
) -> None:
    """Whatever it makes of other objects: it would find less in a large set than in a small one."""
    tree = trees[f"more-{name}"]
    problem = Scopes([*library, tree]).beyond_one(tree)
    assert problem is not None
    assert SEES_MORE[name][1] in problem[0]


@pytest.mark.parametrize("name", PLACED)
def test_scope_of_rule_that_looks_at_several_is_refused_at_its_line(
    name: str, files: dict[str, Path], library: list[Any]
) -> None:
    """Of a tree with lines the one is named where the other objects come in."""
    tree = rules.located(files[f"more-{name}"])
    problem = Scopes([*library, tree]).beyond_one(tree)
    assert problem is not None
    assert problem[1] == HEAD.count("\n") + SEES_MORE[name][2]


@pytest.mark.parametrize("name", SEES_ONE)
def test_scope_of_rule_that_looks_at_one_object_is_shown(
    name: str, trees: dict[str, Any], library: list[Any]
) -> None:
    """The parts of an object, its id and what nobody changes are its own."""
    tree = trees[f"one-{name}"]
    assert Scopes([*library, tree]).beyond_one(tree) is None


@pytest.mark.parametrize("family", sources.FAMILIES)
def test_scope_of_the_kits_rules_is_as_small_as_they_say(family: str) -> None:
    """Those about single objects are shown to be, and no other is: none sees more than it needs."""
    loaded = rules.load(None, family)
    parsed = rules.modules(loaded.sources.files)
    scopes = Scopes(list(parsed.values()))
    alone = {one.id for one in loaded.rules if scopes.beyond_one(parsed[str(loaded.home / one.file)]) is None}
    assert alone == {one.id for one in loaded.rules if one.scope == "object"}
