"""What stands before the API server of a cluster on EKS: it takes tokens of STS, and access entries say who may enter.

Behind it is the API server of any other cluster, which is asked as the user whom the entry names. One connection a
request: so all kinds of them, watches and port-forwards too, are passed on byte by byte.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import re
import ssl
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.eks.identity import Authenticator, Unknown

_ASSUMED = re.compile(r"arn:aws:sts::(\d{12}):assumed-role/([^/]+)/.+")
# What only this front may tell the server behind it.
_TAKEN_AWAY = ("authorization", "connection", "impersonate-")


@dataclass
class Front:
    """A front at `url`, trusted by `authority` (PEM). `entries` are the user names of IAM roles, by their ARNs."""

    authenticator: Authenticator
    behind: Path
    folder: Path
    entries: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.authority, certificate, key = _certificates(self.folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self._behind = _reach(self.behind, self.folder)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._run(asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context, backlog=512))
        self.url = f"https://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        """End, with everything that is still passed on."""

        async def end() -> None:
            self._server.close()
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

        self._run(end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError), contextlib.closing(writer):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip()
            request, *lines = head.split("\r\n")
            fields = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
            try:
                user = await asyncio.to_thread(self._user, fields.get("authorization", ""))
            except Unknown as error:
                self.refused.append(str(error))
                writer.write(_unauthorized(str(error)))
                await writer.drain()
                return
            self.asked.append((user, request))
            kept = [line for line in lines if not line.lower().startswith(_TAKEN_AWAY)]
            way = "Upgrade" if "upgrade" in fields else "close"
            new = [request, *kept, f"Connection: {way}", f"Impersonate-User: {user}", "", ""]
            host, port, context = self._behind
            answers, questions = await asyncio.open_connection(host, port, ssl=context)
            with contextlib.closing(questions):
                questions.write("\r\n".join(new).encode("latin-1"))
                sent = asyncio.create_task(_pump(reader, questions))
                try:
                    await _pump(answers, writer)
                finally:
                    sent.cancel()

    def _user(self, header: str) -> str:
        token = header.removeprefix("Bearer ")
        if token not in self._known:
            arn = self.authenticator.arn(token)
            assumed = _ASSUMED.fullmatch(arn)
            role = f"arn:aws:iam::{assumed[1]}:role/{assumed[2]}" if assumed else arn
            if role not in self.entries:
                raise Unknown(f"no access entry for {role}")
            self._known[token] = self.entries[role]
        return self._known[token]


def _unauthorized(message: str) -> bytes:
    status = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": message, "code": 401}
    body = json.dumps({**status, "reason": "Unauthorized"}).encode()
    head = f"HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while piece := await source.read(65536):
            target.write(piece)
            await target.drain()


def _reach(kubeconfig: Path, folder: Path) -> tuple[str, int, ssl.SSLContext]:
    """The server behind, and its administrator's credentials."""
    document: Any = json.loads(kubeconfig.read_text())
    cluster, user = document["clusters"][0]["cluster"], document["users"][0]["user"]
    authority = base64.b64decode(cluster["certificate-authority-data"]).decode()
    context = ssl.create_default_context(cadata=authority)
    for name in ("client-certificate", "client-key"):
        (folder / name).write_bytes(base64.b64decode(user[f"{name}-data"]))
    context.load_cert_chain(folder / "client-certificate", folder / "client-key")
    url = urlsplit(cluster["server"])
    return str(url.hostname), int(url.port or 443), context


def _certificates(folder: Path) -> tuple[bytes, Path, Path]:
    """An authority of the front's own (PEM), and the files of a certificate for the loopback by it with its key."""
    moment = datetime.now(UTC)

    def build(name: str, issuer: str, key: ec.EllipticCurvePublicKey, is_authority: bool) -> Any:
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(moment - timedelta(hours=1))
            .not_valid_after(moment + timedelta(days=2))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        )

    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = build("front-ca", "front-ca", ca_key.public_key(), True).sign(ca_key, hashes.SHA256())
    names = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    leaf = build("front", "front-ca", key.public_key(), False).add_extension(names, critical=False)
    encoding = serialization.Encoding.PEM
    certificate_file, key_file = folder / "front.crt", folder / "front.key"
    certificate_file.write_bytes(leaf.sign(ca_key, hashes.SHA256()).public_bytes(encoding))
    key_file.write_bytes(
        key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return authority.public_bytes(encoding), certificate_file, key_file
