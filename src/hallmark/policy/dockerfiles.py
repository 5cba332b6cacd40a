"""Judges Dockerfiles, by the rules in policies/dockerfile/.

They are read by BuildKit's own parser, and the scripts in them by a shell parser (gosrc/dockerfile-ast), all files of
a set in one process. A file that it cannot read is not judged; an instruction whose script it cannot read makes the
file unknown by a result of its own, while the rules judge the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hallmark import process, tools
from hallmark.outcome import CannotJudge
from hallmark.policy import engine, texts
from hallmark.policy.files import Text
from hallmark.policy.report import Report

READABLE_RULE = "df-readable"
# Beside the compilers of a first run; a thousand files take a second.
TIMEOUT_S = 60.0
# Dockerfile, Dockerfile.dev, Dockerfile-dev, web.Dockerfile, web-Dockerfile; but no dockerfile_test.py.
_NAME = re.compile(
    r"(?:docker|container)file(?:\..*|[-_0-9][^.]*)?"
    r"|.*[-_.](?:docker|container)file"
)
# The frontends that read this language; `# syntax=` may name another, with a language of its own.
_FRONTENDS = ("docker/dockerfile", "docker/dockerfile-upstream")


def check_dockerfiles(
    sets: Sequence[Sequence[Path | str]],
    *,
    profile: str = "production",
    rules: Iterable[str] | None = None,
    keep_going: bool = False,
    policies: Path | None = None,
    root: Path | None = None,
    timeout_s: float = engine.TIMEOUT_S,
) -> list[Report]:
    """Judge several sets of Dockerfiles, each for itself; a path is a file, a folder or `-` (see `texts.check`)."""
    return texts.check(
        FAMILY,
        sets,
        profile=profile,
        only=rules,
        keep_going=keep_going,
        policies=policies,
        root=root,
        timeout_s=timeout_s,
    )


def is_dockerfile(file: Path) -> bool:
    """Whether a file in a folder is one by its name: Dockerfile, Dockerfile.x, x-Dockerfile; Containerfile alike."""
    name = file.name.lower()
    return _NAME.fullmatch(name) is not None and not name.endswith(".dockerignore")


def parse(sets: Sequence[texts.Texts]) -> list[list[texts.Parsed]]:
    """The Dockerfiles of every set; what BuildKit refuses is named in `not_evaluated`, with its line."""
    written = [one for read in sets for one in read.found]
    try:
        documents = iter(_documents(written))
    except CannotJudge as error:
        for read in sets:
            for one in read.found:
                read.refuse(one.name, f"{error.what} ({error.next_step})" if error.next_step else error.what)
        return [[] for _ in sets]
    return [list(_parsed(read, [next(documents) for _ in read.found])) for read in sets]


def _parsed(read: texts.Texts, documents: Sequence[Mapping[str, Any]]) -> Iterator[texts.Parsed]:
    for text, document in zip(read.found, documents, strict=True):
        problem = document.get("error")
        if problem:
            read.refuse(text.name, problem["message"], problem["line"])
        else:
            value = {key: part for key, part in document.items() if key != "name"}
            yield texts.Parsed(texts.reference("Dockerfile", text), value, tuple(_faults(document)))


FAMILY = texts.Family(
    "dockerfile", "a Dockerfile or Containerfile by its name", READABLE_RULE, lambda _: is_dockerfile, parse
)


def _documents(found: Sequence[Text]) -> list[dict[str, Any]]:
    """What the parser says of each file, in order; raises CannotJudge when it is missing, killed or talks nonsense."""
    if not found:
        return []
    asked = json.dumps([{"name": one.name, "text": one.text} for one in found])
    done = process.run([tools.path("dockerfile-ast")], timeout_s=TIMEOUT_S, stdin=asked, check=False)
    try:
        answers = json.loads(done.stdout) if done.ok else []
    except ValueError:
        answers = []
    if [one.get("name") for one in answers] != [one.name for one in found]:
        said = " ".join(done.stderr.split())[-400:] or f"it exited with {done.returncode}"
        raise CannotJudge(f"dockerfile-ast did not read the files: {said}")
    return list(answers)


def _faults(document: Mapping[str, Any]) -> Iterator[texts.Fault]:
    """What of a Dockerfile no rule can see."""
    image = document.get("syntax", {}).get("image", "")
    repository = image.removeprefix("docker.io/").partition("@")[0].partition(":")[0]
    if image and repository not in _FRONTENDS:
        said = f"it is written for the frontend {image}, whose language is not known here"
        yield texts.Fault(("syntax",), said)
    for number, stage in enumerate(document["stages"]):
        for index, one in enumerate(stage["instructions"]):
            if one.get("unread"):
                path = ("stages", number, "instructions", index)
                yield texts.Fault(path, f"{one['name'].upper()} cannot be read: {one['unread']}")
