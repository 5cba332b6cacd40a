"""The certificates: who they name, what they may be used for, when they are made again."""

from __future__ import annotations

import ipaddress
import json
import time
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hallmark.cluster import netpol, pki


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pki") / "set"
    pki.make(folder, now=time.time())
    return folder


def read(folder: Path, name: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / f"{name}.crt").read_bytes())


def test_make_signs_every_leaf_by_its_authority(made: Path) -> None:
    """Every certificate is directly issued by the authority it is meant for."""
    for leaf in pki.leaves():
        read(made, leaf.file).verify_directly_issued_by(read(made, leaf.authority))


def test_make_server_names_what_clients_dial(made: Path) -> None:
    """The API server is reached through the loopback, the node network and the Service."""
    names = read(made, "apiserver").extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert set(names.get_values_for_type(x509.IPAddress)) == {
        ipaddress.ip_address(text) for text in ("127.0.0.1", "10.200.0.1", "10.96.0.1")
    }
    assert "kubernetes.default.svc" in names.get_values_for_type(x509.DNSName)


@pytest.mark.parametrize(
    ("file", "name", "organization"),
    [
        ("kubelet-node2", "system:node:node2", "system:nodes"),
        ("network-policy", netpol.USER, ""),
        ("admin", "hallmark:admin", "system:masters"),
    ],
)
def test_make_client_is_who_it_should_be(made: Path, file: str, name: str, organization: str) -> None:
    """Rights hang on these names."""
    subject = read(made, file).subject
    assert [item.value for item in subject.get_attributes_for_oid(NameOID.COMMON_NAME)] == [name]
    found = [item.value for item in subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)]
    assert found == ([organization] if organization else [])


def test_make_client_certificate_cannot_serve(made: Path) -> None:
    """A stolen client key impersonates no server."""
    usage = read(made, "admin").extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.CLIENT_AUTH]


def test_make_files_are_private(made: Path) -> None:
    """Nobody else may read a key."""
    assert {file.stat().st_mode & 0o777 for file in made.iterdir()} == {0o600}
    assert made.stat().st_mode & 0o777 == 0o700


def test_cached_is_kept_until_it_is_about_to_expire(tmp_path: Path) -> None:
    """The same set serves until ten days before its end, then a new one is made."""
    begin = time.time()
    first = (pki.cached(tmp_path / "c", now=begin) / "ca.crt").read_bytes()
    soon = begin + pki.LIFETIME_S - pki.REMAINING_S
    assert (pki.cached(tmp_path / "c", now=soon - 60) / "ca.crt").read_bytes() == first
    assert (pki.cached(tmp_path / "c", now=soon + 60) / "ca.crt").read_bytes() != first


def test_cached_half_made_set_is_made_again(tmp_path: Path) -> None:
    """A set whose making was cut has no description, and counts for nothing."""
    whole = pki.cached(tmp_path / "c")
    (whole / "set.json").unlink()
    (whole / "ca.crt").write_text("cut")
    assert (pki.cached(tmp_path / "c") / "ca.crt").read_bytes().startswith(b"-----BEGIN")


def test_kubeconfig_is_whole_in_itself(made: Path) -> None:
    """It works from any folder, because nothing in it is a path."""
    document = json.loads(pki.kubeconfig(made, "admin", "https://127.0.0.1:4000"))
    assert document["clusters"][0]["cluster"]["server"] == "https://127.0.0.1:4000"
    assert set(document["users"][0]["user"]) == {"client-certificate-data", "client-key-data"}
