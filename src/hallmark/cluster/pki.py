"""The certificates of an embedded environment: two authorities, one leaf for each speaker, kubeconfigs.

All names and addresses inside an environment are fixed, so one set serves many; it is made once per cache, under
a lock, and again when it is about to expire. Each environment runs on its own copy.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hallmark.cluster import addresses, netpol

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.x509 import Certificate

LIFETIME_S = 30 * 86400.0
# No environment lives longer than this on certificates that were good when it began.
REMAINING_S = 10 * 86400.0
# Counted up when the set of certificates or what stands in them changes.
FORMAT = 1
CONTROL_PLANE_URL = f"https://127.0.0.1:{addresses.API_PORT}"
NODE_URL = f"https://{addresses.CONTROL_PLANE}:{addresses.API_PORT}"


@dataclass(frozen=True)
class Leaf:
    """One certificate to be issued. `names` are DNS names and IP addresses; `url` asks for a kubeconfig too."""

    file: str
    common_name: str
    organization: str = ""
    authority: str = "ca"
    is_server: bool = False
    is_client: bool = True
    names: tuple[str, ...] = ()
    url: str = ""


def leaves() -> list[Leaf]:
    """Every certificate of an environment with up to three nodes."""
    service = "kubernetes.default.svc"
    api_names = ("kubernetes", "kubernetes.default", service, f"{service}.{addresses.DOMAIN}", "localhost")
    api_addresses = (addresses.API_SERVICE, addresses.CONTROL_PLANE, "127.0.0.1")
    fixed = [
        Leaf("apiserver", "kube-apiserver", is_server=True, is_client=False, names=api_names + api_addresses),
        Leaf("apiserver-kubelet-client", "kube-apiserver-kubelet-client", "system:masters"),
        Leaf("front-proxy-client", "front-proxy-client", authority="front-proxy-ca"),
        Leaf("admin", "hallmark:admin", "system:masters", url=CONTROL_PLANE_URL),
        Leaf("controller-manager", "system:kube-controller-manager", url=CONTROL_PLANE_URL),
        Leaf("scheduler", "system:kube-scheduler", url=CONTROL_PLANE_URL),
        Leaf("kube-proxy", "system:kube-proxy", url=NODE_URL),
        Leaf("network-policy", netpol.USER, url=NODE_URL),
    ]
    for index in range(1, addresses.MOST_NODES + 1):
        name = addresses.node_name(index)
        fixed.append(
            Leaf(
                f"kubelet-{name}",
                f"system:node:{name}",
                "system:nodes",
                is_server=True,
                names=(name, addresses.node_address(index), "127.0.0.1"),
                url=NODE_URL,
            )
        )
    return fixed


def cached(cache: Path, *, now: float | None = None) -> Path:
    """The folder of a certificate set that is good for `REMAINING_S` more seconds, made if there is none."""
    with _locked(cache):
        return _current(cache, time.time() if now is None else now)


def copy(cache: Path, target: Path) -> None:
    """Copy the cached set into an environment's state folder, readable by nobody else."""
    # Under the lock to the end: nobody may replace the set while half of it is copied.
    with _locked(cache):
        source = _current(cache, time.time())
        target.mkdir(mode=0o700)
        for file in source.iterdir():
            _write(target / file.name, file.read_bytes())


@contextmanager
def _locked(cache: Path) -> Iterator[None]:
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _current(cache: Path, now: float) -> Path:
    current = cache / "current"
    if not _is_good(current, now):
        fresh = cache / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        make(fresh, now=now)
        shutil.rmtree(current, ignore_errors=True)
        fresh.replace(current)
    return current


def make(folder: Path, *, now: float) -> None:
    """Issue the whole set into a new folder."""
    folder.mkdir(mode=0o700)
    authorities = {name: _authority(folder, name, now) for name in ("ca", "front-proxy-ca")}
    signer = _new_key()
    _write_key(folder / "sa.key", signer)
    _write_public(folder / "sa.pub", signer)
    for leaf in leaves():
        certificate, key = _issue(leaf, *authorities[leaf.authority], now)
        _write(folder / f"{leaf.file}.crt", _pem(certificate))
        _write_key(folder / f"{leaf.file}.key", key)
        if leaf.url:
            _write(folder / f"{leaf.file}.kubeconfig", kubeconfig(folder, leaf.file, leaf.url).encode())
    # Written last: a set without it is not whole.
    _write(folder / "set.json", json.dumps({"format": FORMAT, "expires": now + LIFETIME_S}).encode())


def kubeconfig(pki: Path, user: str, url: str, *, extensions: dict[str, object] | None = None) -> str:
    """A self-contained kubeconfig as JSON (which is YAML) for one of the clients in `pki`."""

    def text_of(name: str) -> str:
        return base64.b64encode((pki / name).read_bytes()).decode()

    cluster: dict[str, object] = {"server": url, "certificate-authority-data": text_of("ca.crt")}
    if extensions:
        cluster["extensions"] = [{"name": name, "extension": value} for name, value in extensions.items()]
    credentials = {
        "client-certificate-data": text_of(f"{user}.crt"),
        "client-key-data": text_of(f"{user}.key"),
    }
    return json.dumps(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": "hallmark", "cluster": cluster}],
            "users": [{"name": user, "user": credentials}],
            "contexts": [{"name": "hallmark", "context": {"cluster": "hallmark", "user": user}}],
            "current-context": "hallmark",
        },
        indent=1,
    )


def _is_good(folder: Path, now: float) -> bool:
    try:
        described = json.loads((folder / "set.json").read_text(encoding="utf-8"))
        return bool(described["format"] == FORMAT and described["expires"] - now > REMAINING_S)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _new_key() -> EllipticCurvePrivateKey:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def _authority(folder: Path, name: str, now: float) -> tuple[Certificate, EllipticCurvePrivateKey]:
    from cryptography import x509

    key = _new_key()
    builder = _builder(name, "", now).issuer_name(_name(name, "")).public_key(key.public_key())
    usage = _usage(signs_certificates=True)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    certificate = builder.add_extension(usage, critical=True).sign(key, _sha256())
    _write(folder / f"{name}.crt", _pem(certificate))
    _write_key(folder / f"{name}.key", key)
    return certificate, key


def _issue(
    leaf: Leaf, issuer: Certificate, issuer_key: EllipticCurvePrivateKey, now: float
) -> tuple[Certificate, EllipticCurvePrivateKey]:
    import ipaddress

    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    key = _new_key()
    purposes = [ExtendedKeyUsageOID.SERVER_AUTH] * leaf.is_server + [
        ExtendedKeyUsageOID.CLIENT_AUTH
    ] * leaf.is_client
    builder = (
        _builder(leaf.common_name, leaf.organization, now)
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    )
    if leaf.names:
        alternatives: list[x509.GeneralName] = []
        for name in leaf.names:
            try:
                alternatives.append(x509.IPAddress(ipaddress.ip_address(name)))
            except ValueError:
                alternatives.append(x509.DNSName(name))
        builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
    return builder.sign(issuer_key, _sha256()), key


def _builder(common_name: str, organization: str, now: float):  # type: ignore[no-untyped-def]
    from datetime import UTC, datetime

    from cryptography import x509

    # An hour back: a clock that is set back a little must not make a cluster fail.
    begin, end = (datetime.fromtimestamp(moment, UTC) for moment in (now - 3600, now + LIFETIME_S))
    return (
        x509.CertificateBuilder()
        .subject_name(_name(common_name, organization))
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
    )


def _name(common_name: str, organization: str):  # type: ignore[no-untyped-def]
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    parts = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization)] if organization else []
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _usage(*, signs_certificates: bool):  # type: ignore[no-untyped-def]
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _sha256() -> SHA256:
    from cryptography.hazmat.primitives import hashes

    return hashes.SHA256()


def _pem(certificate: Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM)


def _write_key(file: Path, key: EllipticCurvePrivateKey) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    _write(file, key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()))


def _write_public(file: Path, key: EllipticCurvePrivateKey) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    _write(file, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def _write(file: Path, content: bytes) -> None:
    fd = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "wb") as sink:
        sink.write(content)
