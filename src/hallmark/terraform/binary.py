"""The terraform program, and the settings of it that are ours: where providers come from and where they are kept."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from hallmark import folders, process, tools
from hallmark.outcome import CannotJudge, UsageError
from hallmark.records import write_atomically

TOOL = "terraform"
LEAST, BELOW = (1, 11), (2,)  # what the stacks' required_version says
MIRROR_VARIABLE = "HALLMARK_PROVIDER_MIRROR"
AUTO = "auto"
# Where machines without a way to the registry keep providers, under whatever name; Terraform itself knows a few.
_USUAL = ("~/.terraform.d", "~/.local/share", "/opt", "/usr/local/share", "/usr/share")
_PROVIDER = "registry.terraform.io/hashicorp/aws"
_QUIET = {"CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1", "TF_LOG": ""}
# What of a shell's environment would change a stack without a word in any file.
_MEDDLING = ("TF_VAR_", "TF_CLI_ARGS", "TF_WORKSPACE")


def find() -> Path:
    """The machine's terraform where its version is in range, else the pinned one.

    Raises CannotJudge when there is neither; nothing is fetched here.
    """
    return _installed() or tools.path(TOOL)


def needed_tools() -> list[str]:
    """The pinned tools to fetch for it: none where the machine's own will do."""
    return [] if _installed() else [TOOL]


@cache
def _installed() -> Path | None:
    found = shutil.which(TOOL)
    return Path(found) if found is not None and LEAST <= version(Path(found)) < BELOW else None


def version(program: Path) -> tuple[int, ...]:
    """The version of a terraform program: major, minor, patch."""
    done = process.run([program, "version", "-json"], timeout_s=60, env=_QUIET)
    try:
        said = str(json.loads(done.stdout)["terraform_version"])
        return tuple(int(part) for part in said.partition("-")[0].split("."))
    except (ValueError, LookupError, TypeError) as error:
        raise CannotJudge("terraform does not tell its version", where=str(program)) from error


def find_mirror(setting: str = AUTO) -> Path | None:
    """The folder that providers are taken from: HALLMARK_PROVIDER_MIRROR, else the setting; None is the registry.

    `auto` is one in a usual place, if there is any. Raises UsageError when what is named is no folder.
    """
    named = os.environ.get(MIRROR_VARIABLE) or setting
    if named == AUTO:
        return _usual_mirror()
    if not named:
        return None
    folder = Path(named).expanduser()
    if not folder.is_absolute() or not folder.is_dir():
        raise UsageError(
            f"the provider mirror {named!r} is no folder, or not named by its full path",
            where=f"{MIRROR_VARIABLE}, or provider_mirror in hallmark.toml",
            next_step="name the folder that holds registry.terraform.io/, or neither of the two",
        )
    return folder


def _usual_mirror() -> Path | None:
    """A filesystem mirror below one of _USUAL: what it holds is held to the lock file as any download is."""
    for place in _USUAL:
        for depth in ("", "*/", "*/*/"):
            for found in sorted(Path(place).expanduser().glob(f"{depth}{_PROVIDER}")):
                return found.parents[2]
    return None


def environment(mirror: Path | None) -> Mapping[str, str]:
    """The variables under which terraform runs.

    With a mirror, providers come from it alone. Without, terraform does what it does for its user: its own settings
    file, implied mirrors, and the registry; what it downloads is kept for all checkouts. Raises UsageError when the
    shell holds variables that would change what a stack says.
    """
    if meddling := sorted(name for name in os.environ if name.startswith(_MEDDLING) and os.environ[name]):
        raise UsageError(
            f"{', '.join(meddling)} would change what is planned without a word in any file",
            next_step=f"unset {' '.join(meddling)}",
        )
    if mirror is not None:
        return {**_QUIET, "TF_CLI_CONFIG_FILE": str(_settings_file(mirror))}
    plugins = _home() / "plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    own = os.environ.get("TF_CLI_CONFIG_FILE", "")
    # Terraform complains about a file that is named and not there.
    named = {"TF_CLI_CONFIG_FILE": os.devnull} if own and not Path(own).is_file() else {}
    return {**_QUIET, "TF_PLUGIN_CACHE_DIR": str(plugins), **named}


@contextmanager
def alone() -> Iterator[None]:
    """Of all users of the plug-in cache, be the only one that fills it: terraform does not do so by itself."""
    _home().mkdir(parents=True, exist_ok=True)
    with (_home() / "init.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _home() -> Path:
    return folders.cache_home() / TOOL


def _settings_file(mirror: Path) -> Path:
    """Terraform's own settings, under a name made of what they say: several runs may use several."""
    text = (
        f"provider_installation {{\n  filesystem_mirror {{\n    path = {json.dumps(str(mirror))}\n  }}\n}}\n"
    )
    file = _home() / f"settings-{hashlib.sha256(text.encode()).hexdigest()[:16]}.tfrc"
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        write_atomically(file, text)
    return file
