"""The base image: a public one pinned by digest where its registry can be reached, else one made from Debian packages.

The made one comes from the host's own package sources, so it needs no address of its own. It is normalised:
the same package versions give the same digest. It is kept until `refresh` asks for newer packages, so that a
package update on the mirror never changes an image behind anybody's back.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from hallmark import process
from hallmark.image import oci
from hallmark.image.space import isolated, locked
from hallmark.outcome import CannotJudge

# The multi-platform index of python:3.13-slim. A tag beside the digest would only be decoration.
PUBLIC_REGISTRY = "registry-1.docker.io"
PUBLIC = "docker.io/library/python@sha256:6771159cd4fa5d9bba1258caf0b82e6b73458c694d178ad97c5e925c2d0e1a91"
PACKAGES = ("python3", "python3-venv")
# Raised whenever this module makes the same packages into other bytes.
RECIPE = 1
REACH_TIMEOUT_S = 2.0
_DEBOOTSTRAP_TIMEOUT_S = 900.0
_STEP_TIMEOUT_S = 600.0

# Caches, logs, lists, documentation, and what the installation copied from this machine.
_DROPPED = (
    "etc/*-",
    "etc/.pwd.lock",
    "etc/apt/sources.list",
    "etc/apt/sources.list.d/*",
    "etc/hostname",
    "etc/machine-id",
    "etc/resolv.conf",
    "root/.*history",
    "run/*",
    "tmp/*",
    "usr/share/bug",
    "usr/share/info",
    "usr/share/lintian",
    "usr/share/locale/*",
    "usr/share/man/*",
    "var/cache/*",
    "var/lib/apt/*",
    "var/lib/dpkg/*-old",
    "var/lib/dpkg/lock*",
    "var/log/*",
    "var/tmp/*",
)


@dataclass(frozen=True)
class Base:
    """What `FROM` names: `reference` with its digest. `archive` holds a made base, None stands for a public one."""

    reference: str
    digest: str
    archive: Path | None = None


@dataclass(frozen=True)
class PackageSource:
    """One line of the host's package sources: where, which suite, which components, signed by which key file."""

    uri: str
    suite: str
    components: tuple[str, ...]
    signed_by: str = ""

    def line(self) -> str:
        options = f"[signed-by={self.signed_by}] " if self.signed_by else ""
        return f"deb {options}{self.uri} {self.suite} {' '.join(self.components)}"


def choose(setting: str, cache: Path, report: Callable[[str], None]) -> Base:
    """The base that `[image] base` asks for: `auto`, `debian`, or a reference with its digest."""
    if setting not in ("auto", "debian"):
        return Base(setting, setting.partition("@")[2])
    if setting == "auto" and is_reachable(PUBLIC_REGISTRY):
        return Base(PUBLIC, PUBLIC.partition("@")[2])
    return made(cache, report)


def is_reachable(host: str, timeout_s: float = REACH_TIMEOUT_S) -> bool:
    """Whether a connection to `host`:443 is accepted within `timeout_s`."""
    try:
        socket.create_connection((host, 443), timeout=timeout_s).close()
    except OSError:
        return False
    return True


def made(cache: Path, report: Callable[[str], None], *, refresh: bool = False) -> Base:
    """The base made from packages, from the cache or anew; raises CannotJudge where it cannot be made."""
    suite = _suite(Path("/etc/os-release"))
    key = sha256(json.dumps([suite, oci.architecture(), PACKAGES, RECIPE]).encode()).hexdigest()[:12]
    folder = cache / "base" / f"{suite}-{key}"
    with locked(folder.with_name(f"{folder.name}.lock"), "another base image is being made", report):
        record = folder / "base.json"
        if refresh or not record.is_file():
            _make(folder, suite, report)
        facts = json.loads(record.read_text(encoding="utf-8"))
    return Base(f"{facts['name']}@{facts['digest']}", facts["digest"], folder / "base.tar")


def _make(folder: Path, suite: str, report: Callable[[str], None]) -> None:
    if os.geteuid() != 0:
        raise CannotJudge(
            "a base image can only be made from packages by root",
            next_step='re-run with sudo, or name a public one in hallmark.toml: [image] base = "NAME@sha256:..."',
        )
    debootstrap = process.which("debootstrap")
    sources = [source for source in host_sources(Path("/etc/apt")) if source.suite.split("-")[0] == suite]
    main = [source for source in sources if source.suite == suite]
    if not main:
        raise CannotJudge(f"no package source for {suite}", where="/etc/apt/sources.list*")
    folder.mkdir(parents=True, exist_ok=True)
    report(f"making the base image from {suite} packages (once, about a minute)")
    with tempfile.TemporaryDirectory(dir=folder, prefix="building-") as work:
        root = Path(work) / "root"
        words: list[str | Path] = [debootstrap, "--variant=minbase", f"--include={','.join(PACKAGES)}"]
        words += [f"--components={','.join(main[0].components)}", suite, root, main[0].uri]
        log = folder / "debootstrap.log"
        log.unlink(missing_ok=True)
        process.run(isolated(words), timeout_s=_DEBOOTSTRAP_TIMEOUT_S, log=log)
        report("bringing the base image's packages up to date")
        _upgrade(root, sources, log)
        packages = _versions(root)
        report("normalising the base image")
        normalise(root)
        name = f"localhost/hallmark/base-{suite}"
        versions_sha256 = sha256("\n".join(packages).encode()).hexdigest()
        labels = {"dev.hallmark.base.suite": suite, "dev.hallmark.base.versions-sha256": versions_sha256}
        digest = oci.write_tree(folder / "base.tar", reference=f"{name}:latest", root=root, labels=labels)
    facts = {
        "name": name,
        "digest": digest,
        "suite": suite,
        "sources": [asdict(source) for source in sources],
        "versions_sha256": versions_sha256,
        "packages": packages,
    }
    with oci.replacing(folder / "base.json") as file:
        file.write(json.dumps(facts, indent=1).encode())


def _upgrade(root: Path, sources: Sequence[PackageSource], log: Path) -> None:
    """Install security updates, which debootstrap leaves out, with the host's own sources and apt settings."""
    lent = root / "lent"
    lent.mkdir()
    try:
        (lent / "sources.list").write_text("\n".join(source.line() for source in sources) + "\n")
        shutil.copytree("/etc/apt/apt.conf.d", lent / "apt.conf.d")
        for source in sources:
            key = Path(source.signed_by) if source.signed_by else None
            if key and key.is_file() and not (root / key.relative_to("/")).exists():
                (root / key.relative_to("/")).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(key, root / key.relative_to("/"))
        options = ["Dir::Etc::parts=/lent/apt.conf.d", "Dir::Etc::sourcelist=/lent/sources.list"]
        options += ["Dir::Etc::sourceparts=-", "DPkg::Use-Pty=0"]
        bundle = certificates()
        if bundle is not None:
            shutil.copy(bundle, lent / "certificates")
            options.append("Acquire::https::CaInfo=/lent/certificates")
        apt = ["apt-get", "-q", "-y", *(word for option in options for word in ("-o", option))]
        for step in (["update"], ["dist-upgrade", "--no-install-recommends"]):
            # APT_CONFIG would make the inner apt read a file of this machine that is not there.
            quiet = {"DEBIAN_FRONTEND": "noninteractive", "APT_CONFIG": "", "LC_ALL": "C.UTF-8"}
            words = isolated(["chroot", root, *apt, *step])
            process.run(words, timeout_s=_STEP_TIMEOUT_S, log=log, env=quiet)
    finally:
        shutil.rmtree(lent)


def _versions(root: Path) -> list[str]:
    words: list[str | Path] = [
        "chroot",
        root,
        "dpkg-query",
        "--show",
        "--showformat",
        "${Package}:${Architecture}=${Version}\n",
    ]
    return sorted(process.run(words, timeout_s=60).stdout.splitlines())


def normalise(root: Path) -> None:
    """Take out of an installed system whatever differs between two installations of the same packages."""
    for pattern in _DROPPED:
        for path in sorted(root.glob(pattern)):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    for path in (root / "usr/share/doc").glob("*/*"):
        if path.name != "copyright" and not path.is_symlink():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    # Kubernetes and runc put their own over these; both must exist.
    for name in ("etc/hostname", "etc/resolv.conf", "etc/machine-id"):
        (root / name).write_bytes(b"")
    shadow = root / "etc/shadow"
    if shadow.is_file():
        # The third field is the day of the last change: the day of this installation.
        shadow.write_text(re.sub(r"(?m)^([^:]*:[^:]*:)\d+:", r"\g<1>1:", shadow.read_text()))
    for cache in sorted(root.glob("usr/**/__pycache__")):
        shutil.rmtree(cache)
    for library in sorted(root.glob("usr/lib/python3*")):
        # Compiled anew in one order, without time stamps: the tree's times are about to be dropped.
        words: list[str | Path] = [
            "chroot",
            root,
            "python3",
            "-m",
            "compileall",
            "-q",
            "--invalidation-mode",
            "unchecked-hash",
        ]
        inside = f"/{library.relative_to(root)}"
        words += ["-x", r"/(test|tests|idlelib|lib2to3|turtledemo)/", inside]
        process.run(isolated(words), timeout_s=_STEP_TIMEOUT_S, env={"PYTHONHASHSEED": "0", "PYTHONPATH": ""})


def certificates() -> Path | None:
    """The machine's bundle of trusted certificates: where the environment says, else where distributions keep it."""
    named = [os.environ.get(name, "") for name in ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")]
    usual = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"]
    return next((Path(name) for name in (*named, *usual) if name and Path(name).is_file()), None)


def host_sources(folder: Path) -> list[PackageSource]:
    """The binary package sources of this host: one-line files and deb822 files under /etc/apt."""
    found: list[PackageSource] = []
    for file in sorted([folder / "sources.list", *folder.glob("sources.list.d/*")]):
        if not file.is_file():
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        if file.suffix == ".sources":
            found += _stanzas(text)
        elif file.suffix == ".list":
            found += _lines(text)
    return found


def _lines(text: str) -> Iterator[PackageSource]:
    pattern = re.compile(
        r"deb\s+(?:\[(?P<options>[^\]]*)\]\s+)?(?P<uri>\S+)\s+(?P<suite>\S+)\s+(?P<rest>[^#]+)"
    )
    for line in text.splitlines():
        match = pattern.match(line.strip())
        if match:
            options = dict(word.partition("=")[::2] for word in (match["options"] or "").split())
            components = tuple(match["rest"].split())
            yield PackageSource(match["uri"], match["suite"], components, options.get("signed-by", ""))


def _stanzas(text: str) -> Iterator[PackageSource]:
    for stanza in re.split(r"\n\s*\n", text):
        fields: dict[str, list[str]] = {}
        name = ""
        for line in stanza.splitlines():
            if line.startswith("#"):
                continue
            if line[:1].isspace():
                fields.setdefault(name, []).extend(line.split())
            elif ":" in line:
                name, _, value = line.partition(":")
                name = name.lower()
                fields[name] = value.split()
        if "deb" not in fields.get("types", []) or fields.get("enabled") == ["no"]:
            continue
        signed_by = fields.get("signed-by", [""])[0]
        for uri in fields.get("uris", []):
            for suite in fields.get("suites", []):
                key = signed_by if signed_by.startswith("/") else ""
                yield PackageSource(uri, suite, tuple(fields.get("components", [])), key)


def _suite(release: Path) -> str:
    text = release.read_text(encoding="utf-8") if release.is_file() else ""
    facts = dict(line.partition("=")[::2] for line in text.splitlines())
    family = f"{facts.get('ID', '')} {facts.get('ID_LIKE', '')}"
    suite = facts.get("VERSION_CODENAME", "").strip('"')
    if "debian" not in family or not suite:
        raise CannotJudge(
            "no public registry can be reached, and a base image can be made from packages only on Debian or Ubuntu",
            where=str(release),
            next_step='name a base that can be reached in hallmark.toml: [image] base = "NAME@sha256:..."',
        )
    return suite
