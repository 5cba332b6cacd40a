"""`hallmark tools`: what is pinned, what is installed, get it, check it."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from hallmark import tools
from hallmark.outcome import ExitCode
from hallmark.tools import pins, release, store
from hallmark.tools.fetching import Source
from hallmark.tools.progress import for_stream

app = typer.Typer(
    help="""The external programs that the kit runs: pinned by version, verified, shared by all checkouts.

    Each is got the first way that works: the publisher's release, checked against a pinned checksum, or a build from
    its Go module, checked against go.sum. They are kept in the user's cache folder (HALLMARK_CACHE moves it) and
    checked again at every use. Other commands fetch what they need by themselves; use this one to fetch ahead of
    time, to fill the cache of a CI machine, or to find out what is wrong.
    """,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


@app.command("list")
def list_tools(as_json: Json = False) -> None:
    """Show every pinned tool: version, state, what it is for.

    States: `release` or `build` (installed, and how), `missing`, `changed` (it is not what was installed; it is not
    used, and `fetch` gets it anew).

    Example: hallmark tools list
    """
    listed = pins.load()
    rows = [_state(pin) for pin in [*listed.tools.values(), listed.toolchain]]
    if as_json:
        _print_json({"tools": rows})
        return
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        size = f"{row['size_bytes'] / 1e6:.0f} MB" if row["size_bytes"] else ""
        print(f"{row['name']:<{width}}  {row['version']:<9} {row['state']:<8} {size:>7}  {row['purpose']}")


@app.command()
def fetch(
    names: Annotated[
        list[str] | None, typer.Argument(help="Tools by name; all that the kit needs if none.")
    ] = None,
    source: Annotated[
        Source,
        typer.Option(help="auto: the release, else a build. release: never build. build: never download."),
    ] = "auto",
    as_json: Json = False,
) -> None:
    """Get what is missing, with progress; a second run finds all there and takes no time.

    Interrupted (Ctrl-C, a lost connection), it goes on where it was when called again. Behind a mirror of the release
    hosts set HALLMARK_RELEASE_MIRROR; a machine that reaches package registries only builds everything, about 20
    minutes on two cores, once.

    Examples: hallmark tools fetch · hallmark tools fetch opa kubectl · hallmark tools fetch etcd --source build
    """
    with tools.start(names or tools.names(), progress=for_stream(), source=source) as fetching:
        fetching.wait_all()
    rows = [_state(pins.load().pin(name)) for name in names or tools.names()]
    if as_json:
        _print_json({"tools": rows})
        return
    for row in rows:
        print(row["path"])


@app.command()
def verify(
    names: Annotated[
        list[str] | None, typer.Argument(help="Tools by name; all installed ones if none.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Read every byte of the installed tools and compare with what was installed.

    Exit code 0: all are unchanged. 1: one was changed. 2: one that was named is missing, or nothing is installed.

    Example: hallmark tools verify
    """
    listed = pins.load()
    rows = [_state(listed.pin(name), thorough=True) for name in names or [*listed.tools, pins.GO]]
    if not names:
        rows = [row for row in rows if row["state"] != "missing"]
    changed = [row for row in rows if row["state"] == "changed"]
    missing = [row for row in rows if row["state"] == "missing"]
    code = ExitCode.REFUSED if changed else ExitCode.UNKNOWN if missing or not rows else ExitCode.PASS
    if as_json:
        _print_json({"outcome": {0: "pass", 1: "fail"}.get(int(code), "unknown"), "tools": rows})
    else:
        for row in rows:
            print(f"{row['name']}: {row['reason'] or 'unchanged, sha256 ' + row['sha256']}")
        if not rows:
            print("no tool is installed\n  next:  ./hallmark tools fetch", file=sys.stderr)
    raise typer.Exit(int(code))


def _state(pin: pins.Pin, *, thorough: bool = False) -> dict[str, Any]:
    """One tool as a row of the JSON document."""
    row: dict[str, Any] = {
        "name": pin.name,
        "version": pin.version,
        "group": pin.group,
        "purpose": pin.purpose,
        "licence": pin.licence,
        "state": "missing",
        "reason": "not installed",
        "path": str(store.home(pin)),
        "sha256": "",
        "size_bytes": 0,
        "origin": "",
        "release": release.location(pin.release.url) if pin.release is not None else "",
    }
    try:
        found = store.find(pin, thorough=thorough)
    except store.Changed as error:
        return row | {"state": "changed", "reason": str(error)}
    if found is None:
        return row
    return row | {
        "state": found.source,
        "reason": "",
        "path": str(found.path),
        "sha256": found.sha256,
        "size_bytes": found.size_bytes,
        "origin": found.origin,
    }


def _print_json(document: dict[str, Any]) -> None:
    print(json.dumps(document, indent=2))
