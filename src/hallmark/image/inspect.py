"""What a built image says of itself, judged without starting it: user, entry point, base, contents, size."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from hallmark.image.builder import BuiltImage
from hallmark.image.layout import Layout, entries
from hallmark.outcome import Check, Outcome

SIZE_LIMIT_BYTES = 250 * 1000 * 1000
MAX_NAMED = 5
# Debian's own, in public bases; pods run with no_new_privs, which makes them plain programs.
ALLOWED_SETID = frozenset(
    f"usr/{place}"
    for place in (
        *("bin/chage", "bin/chfn", "bin/chsh", "bin/expiry", "bin/gpasswd", "bin/mount", "bin/newgrp"),
        *("bin/passwd", "bin/su", "bin/umount", "sbin/unix_chkpwd"),
    )
)
_CACHES = ("var/cache/apt/archives/*.deb", "var/lib/apt/lists/*_Packages*", "*/.cache/*", "*/pip-*/*.whl")
_SECRETS = (
    *(
        "run/secrets/*",
        "*/.git/*",
        "*/.env",
        "*/.netrc",
        "*/.npmrc",
        "*/.pypirc",
        "*/pip.conf",
        "etc/pip.conf",
    ),
    *("*/.aws/*", "*/.docker/config.json", "*/.kube/*", "*/.ssh/*", "*/id_rsa", "*/id_ed25519", "*.key"),
)
_SECRET_NAME = re.compile(r"(?i)(PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIAL|PRIVATE_KEY|API_KEY)")


@dataclass(frozen=True)
class Facts:
    """An image's config and contents, as far as they are judged. Paths have no leading slash."""

    user: str
    entrypoint: tuple[str, ...]
    env: dict[str, str]
    labels: dict[str, str]
    layers: tuple[str, ...]
    size_bytes: int
    setid: tuple[str, ...]
    world_writable: tuple[str, ...]
    caches: tuple[str, ...]
    secrets: tuple[str, ...]


def read(built: BuiltImage) -> Facts:
    """Read an image from its layout; raises CannotJudge when a part of it is damaged or gone."""
    layout = Layout(built.layout)
    *layers, config = layout.blobs_of(built.digest)
    settings: dict[str, Any] = layout.document(config.digest).get("config", {})
    found: dict[str, list[str]] = {"setid": [], "writable": [], "caches": [], "secrets": []}
    for entry in entries(layout, built.digest):
        name = entry.name.removeprefix("./")
        if entry.isreg() and entry.mode & 0o6000:
            found["setid"].append(name)
        if not entry.issym() and entry.mode & 0o002 and not (entry.isdir() and entry.mode & 0o1000):
            found["writable"].append(name)
        if entry.isreg() and any(fnmatch(name, pattern) for pattern in _CACHES):
            found["caches"].append(name)
        if entry.isreg() and any(
            fnmatch(f"/{name}", f"*/{pattern.removeprefix('*/')}") for pattern in _SECRETS
        ):
            found["secrets"].append(name)
    return Facts(
        user=settings.get("User", ""),
        entrypoint=tuple(settings.get("Entrypoint") or ()),
        env=dict(word.partition("=")[::2] for word in settings.get("Env") or ()),
        labels=settings.get("Labels") or {},
        layers=tuple(layer.digest for layer in layers),
        size_bytes=sum(layer.size_bytes for layer in layers),
        setid=tuple(found["setid"]),
        world_writable=tuple(found["writable"]),
        caches=tuple(found["caches"]),
        secrets=tuple(found["secrets"]),
    )


def checks(built: BuiltImage) -> list[Check]:
    """Judge a built image; every check has an outcome, and an unreadable image raises CannotJudge."""
    began = time.monotonic()
    facts = read(built)
    reading_s = time.monotonic() - began
    return [
        Check("layers", Outcome.PASS, f"{len(facts.layers)} layers read", built.digest, reading_s),
        *(Check(name, *judge(facts, built), built.digest) for name, judge in _JUDGEMENTS.items()),
    ]


Judgement = tuple[Outcome, str]


def _user(facts: Facts, _built: BuiltImage) -> Judgement:
    uid = facts.user.partition(":")[0]
    if not uid.isdecimal() or not all(part.isdecimal() for part in facts.user.split(":")):
        return (
            Outcome.FAIL,
            f"the user is {facts.user!r}; a cluster needs a number to see that it is not root",
        )
    return _judged(int(uid) != 0, "the user is root; write USER 65532:65532", f"user {facts.user}")


def _entrypoint(facts: Facts, _built: BuiltImage) -> Judgement:
    if not facts.entrypoint:
        return Outcome.FAIL, "there is no ENTRYPOINT"
    shell = re.fullmatch(r"(.*/)?(ba|da|a)?sh", facts.entrypoint[0]) and facts.entrypoint[1:2] == ("-c",)
    wrong = 'a shell is the first process, and SIGTERM ends there; write ENTRYPOINT ["program", "argument"]'
    return _judged(not shell, wrong, " ".join(facts.entrypoint))


def _base(_facts: Facts, built: BuiltImage) -> Judgement:
    pinned = re.fullmatch(r"\S+@sha256:[0-9a-f]{64}", built.base) is not None
    return _judged(pinned, f"the base {built.base!r} is not named by its digest", built.base)


def _setid(facts: Facts, _built: BuiltImage) -> Judgement:
    unexpected = [name for name in facts.setid if name not in ALLOWED_SETID]
    return _none_of("set-user-id or set-group-id programs", unexpected)


def _writable(facts: Facts, _built: BuiltImage) -> Judgement:
    return _none_of("files that anybody may write", facts.world_writable)


def _caches(facts: Facts, _built: BuiltImage) -> Judgement:
    return _none_of("leftovers of package managers", facts.caches)


def _secrets(facts: Facts, _built: BuiltImage) -> Judgement:
    variables = [
        f"variable {name}" for name, value in facts.env.items() if value and _SECRET_NAME.search(name)
    ]
    return _none_of("files or variables that look like secrets", [*facts.secrets, *variables])


def _size(facts: Facts, _built: BuiltImage) -> Judgement:
    size, limit = facts.size_bytes / 1e6, SIZE_LIMIT_BYTES / 1e6
    fits = facts.size_bytes <= SIZE_LIMIT_BYTES
    return _judged(fits, f"{size:.0f} MB unpacked, allowed are {limit:.0f} MB", f"{size:.0f} MB unpacked")


_JUDGEMENTS: dict[str, Callable[[Facts, BuiltImage], Judgement]] = {
    "user": _user,
    "entrypoint": _entrypoint,
    "base": _base,
    "setid": _setid,
    "world-writable": _writable,
    "caches": _caches,
    "secrets": _secrets,
    "size": _size,
}


def _none_of(what: str, found: Iterable[str]) -> Judgement:
    names = sorted(found)
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    return _judged(not names, f"{what}: {', '.join(names[:MAX_NAMED])}{more}", f"no {what}")


def _judged(passes: bool, wrong: str, right: str) -> Judgement:
    return (Outcome.PASS, right) if passes else (Outcome.FAIL, wrong)
