"""One violation put into random valid manifests makes exactly the rules fail that it should, on the right objects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from injections import INJECTIONS, Injection  # type: ignore[import-not-found]
from worlds import TEMPLATES, World, worlds  # type: ignore[import-not-found]

from hallmark import policy
from hallmark.policy import Judgement

# In how many worlds each violation is tried; there is one for each kind of workload.
TRIES = 2


def test_injections_every_rule_about_objects_has_one() -> None:
    """A new rule needs a violation here too."""
    assert {one.rule for one in INJECTIONS} == {rule.id for rule in policy.load().rules}


def chosen(made: dict[str, World], turn: int) -> Iterator[tuple[int, Injection, str]]:
    """Where each violation is put: its number, itself, and the kind of the workload."""
    for number, injection in enumerate(INJECTIONS):
        fitting = [kind for kind, world in made.items() if injection.fits(world)]
        for step in range(min(TRIES, len(fitting))):
            yield number, injection, fitting[(turn + number + step) % len(fitting)]


# What is found is read off the sets that failed: making the input smaller would take many runs of OPA.
@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(made=st.fixed_dictionaries({kind: worlds(kind) for kind in TEMPLATES}), turn=st.integers(0, 1000))
def test_injection_into_a_valid_set_fails_its_rule_and_no_others(
    made: dict[str, World], turn: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """All worlds pass every rule; with one violation, that rule fails, and those named beside it."""
    cases: list[tuple[str, World, set[tuple[str, str]]]] = [(kind, one, set()) for kind, one in made.items()]
    for number, injection, kind in chosen(made, turn):
        world = made[kind].copy()
        cases.append((f"{injection.rule} in {kind}", world, injection.apply(world, turn + number)))
    folder = tmp_path_factory.mktemp("cases")
    files = [write(folder / f"{number}.json", world) for number, (_, world, _) in enumerate(cases)]
    reports = policy.check_each([[file] for file in files], profile="all")
    wrong = []
    for (name, _, expected), report, file in zip(cases, reports, files, strict=True):
        found = {(one.rule, one.object.kind) for one in report.findings if one.outcome is Judgement.FAIL}
        unknown = [one.message for one in report.findings if one.outcome is Judgement.UNKNOWN]
        unknown += map(str, report.not_evaluated)
        if found != expected or unknown:
            wrong.append(f"{name}: more: {found - expected}, less: {expected - found}, {unknown}, {file}")
    assert "\n".join(wrong) == ""
    tried = {rule for _, _, expected in cases for rule, _ in expected}
    assert tried == {one.rule for one in INJECTIONS}


def write(file: Path, world: World) -> Path:
    file.write_text("\n---\n".join(json.dumps(one) for one in world.objects), encoding="utf-8")
    return file
