"""policies/equivalent-mutants.yaml: the mutants that mean the same as their originals, each with the reason why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hallmark import documents
from hallmark.outcome import CannotJudge
from hallmark.policy.mutation.mutants import Identity

NAME = "equivalent-mutants.yaml"
_Said = Annotated[str, Field(pattern=r"\S")]


class Equivalent(BaseModel):
    """One mutant that no test can kill. `rule` is what `hallmark policy mutate` calls its file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    rule: _Said
    file: _Said
    kind: _Said
    original: str
    replacement: str
    occurrence: Annotated[int, Field(ge=1)]
    reason: _Said

    @property
    def identity(self) -> Identity:
        return self.kind, self.original, self.replacement, self.occurrence

    def __str__(self) -> str:
        return f"{self.file}: {self.kind} {self.original!r} to {self.replacement!r}, occurrence {self.occurrence}"


def load(home: Path) -> tuple[Equivalent, ...]:
    """Every entry of the file under `home`; none when there is no file.

    Raises CannotJudge, naming every line, for what is outside the schema and for a mutant that is listed twice.
    """
    file = home / NAME
    if not file.exists():
        return ()
    wrong: list[str] = []
    entries = tuple(_entries(file, wrong))
    if wrong:
        raise CannotJudge("the equivalent mutants cannot be used:\n  " + "\n  ".join(wrong), where=str(file))
    return entries


def _entries(file: Path, wrong: list[str]) -> Iterator[Equivalent]:
    """What is as it should be; everything else goes to `wrong`."""
    try:
        located = documents.document(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, documents.Malformed) as error:
        wrong.append(str(error))
        return
    if located is None or not isinstance(located.value, list):
        wrong.append("it must be a list, [] when there is no such mutant")
        return
    seen: set[tuple[str, Identity]] = set()
    for number, value in enumerate(located.value):
        line = located.line_of((number,))
        try:
            entry = Equivalent.model_validate(value)
        except ValidationError as error:
            wrong += [
                f"line {line}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()
            ]
            continue
        if (entry.file, entry.identity) in seen:
            wrong.append(f"line {line}: listed twice: {entry}")
        seen.add((entry.file, entry.identity))
        yield entry
