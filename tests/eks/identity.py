"""What an EKS cluster does with a token, after aws-iam-authenticator's rules, for tests: its form, its signature, and
the question to STS. The signature is computed here from AWS's description of it, not by the library that made it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, urlsplit

PREFIX = "k8s-aws-v1."
LIFE = timedelta(minutes=15)
PARAMETERS = {
    "Action", "Version", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires",
    "X-Amz-Security-Token", "X-Amz-Signature", "X-Amz-SignedHeaders",
}  # fmt: skip


class Unknown(Exception):
    """The token is none for this cluster; the message says why."""


@dataclass(frozen=True)
class Authenticator:
    """Knows tokens for one cluster. `origin` is where STS is, `secrets` the secret keys by access key."""

    cluster: str
    origin: str
    secrets: Mapping[str, str]

    def url(self, token: str, moment: datetime | None = None) -> str:
        """The signed URL in a token that is good for this cluster at `moment`; raises Unknown for any other."""
        raw = token.removeprefix(PREFIX)
        if raw == token or not re.fullmatch(r"[A-Za-z0-9_-]+", raw):
            raise Unknown("not the prefix and unpadded base64url")
        url = base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)).decode("ascii")
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True))
        if f"{parts.scheme}://{parts.netloc}" != self.origin or parts.path != "/":
            raise Unknown(f"{parts.scheme}://{parts.netloc}{parts.path} is not {self.origin}/")
        if extra := query.keys() - PARAMETERS:
            raise Unknown(f"unknown parameters {sorted(extra)}")
        if query["Action"] != "GetCallerIdentity" or "x-k8s-aws-id" not in query["X-Amz-SignedHeaders"]:
            raise Unknown("not the question who asks, signed for a cluster")
        signed = datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        seconds = int(query["X-Amz-Expires"])
        if not 0 <= seconds <= LIFE.total_seconds() or (moment or datetime.now(UTC)) > signed + LIFE:
            raise Unknown("past its time")
        if not hmac.compare_digest(query["X-Amz-Signature"], self._signature(parts.netloc, query)):
            raise Unknown("the signature is not that of this key for this cluster")
        return url

    def arn(self, token: str) -> str:
        """Who STS says has signed; raises Unknown."""
        url = self.url(token)
        signed = dict(parse_qsl(urlsplit(url).query))
        # STS reads the query. Its stand-in has one address for all services, and finds service and key by a header.
        header = (
            f"AWS4-HMAC-SHA256 Credential={signed['X-Amz-Credential']}, Signature={signed['X-Amz-Signature']}"
        )
        headers = {"x-k8s-aws-id": self.cluster, "Authorization": header}
        request = urllib.request.Request(url, headers=headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            found = re.search(r"<Arn>([^<]+)</Arn>", answer.read().decode())
        if found is None:
            raise Unknown("STS names nobody")
        return found[1]

    def _signature(self, host: str, query: Mapping[str, str]) -> str:
        """AWS Signature Version 4 of the request that these parameters describe."""
        key, day, region, service, ending = query["X-Amz-Credential"].split("/")
        if key not in self.secrets:
            raise Unknown(f"no key {key}")
        headers = {"host": host, "x-k8s-aws-id": self.cluster}
        names = query["X-Amz-SignedHeaders"].split(";")
        parameters = sorted(
            (quote(name, safe="-_.~"), quote(value, safe="-_.~"))
            for name, value in query.items()
            if name != "X-Amz-Signature"
        )
        canonical = "\n".join(
            [
                "GET",
                "/",
                "&".join(f"{name}={value}" for name, value in parameters),
                *(f"{name}:{headers[name]}" for name in names),
                "",
                ";".join(names),
                hashlib.sha256(b"").hexdigest(),
            ]
        )
        scope = f"{day}/{region}/{service}/{ending}"
        hashed = hashlib.sha256(canonical.encode()).hexdigest()
        text = "\n".join(["AWS4-HMAC-SHA256", query["X-Amz-Date"], scope, hashed])
        secret = f"AWS4{self.secrets[key]}".encode()
        for part in (day, region, service, ending):
            secret = hmac.digest(secret, part.encode(), "sha256")
        return hmac.new(secret, text.encode(), "sha256").hexdigest()
