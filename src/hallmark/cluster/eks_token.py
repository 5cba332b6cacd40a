"""The bearer token that an EKS cluster takes: a signed URL of STS that says who asks. No aws CLI is needed.

The cluster asks that URL, and what STS answers is the identity that its access entries name. The name of the cluster
is signed along, so that a token for one is of no use on another.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hallmark.outcome import CannotJudge
from hallmark.records import format_time, now

API_VERSION = "client.authentication.k8s.io/v1"
PREFIX = "k8s-aws-v1."
CLUSTER_HEADER = "x-k8s-aws-id"
SIGNED_FOR_S = 60
# EKS takes a token for 15 minutes after it was signed; one of them is left for clocks that differ.
LIFE = timedelta(minutes=14)


@dataclass(frozen=True)
class Token:
    """What goes behind `Authorization: Bearer`, and until when it is taken."""

    text: str
    expires: datetime

    def credential(self) -> dict[str, Any]:
        """As the document that kubectl and every client library read from a credential plugin."""
        status = {"token": self.text, "expirationTimestamp": format_time(self.expires)}
        return {"apiVersion": API_VERSION, "kind": "ExecCredential", "status": status}


def sign(cluster: str, region: str) -> Token:
    """A token for the cluster of that name, by the credentials that any AWS tool would find. Asks nobody but them.

    Raises CannotJudge when there are none, or when they have ended.
    """
    import botocore.session
    from botocore.exceptions import BotoCoreError

    def name_cluster(request: Any, **_: Any) -> None:
        request.headers[CLUSTER_HEADER] = cluster

    moment = now()
    try:
        sts = botocore.session.get_session().create_client("sts", region_name=region)
        sts.meta.events.register("before-sign.sts.GetCallerIdentity", name_cluster)
        url: str = sts.generate_presigned_url("get_caller_identity", ExpiresIn=SIGNED_FOR_S, HttpMethod="GET")
    except BotoCoreError as error:
        raise CannotJudge(
            f"no token for the cluster {cluster} can be signed: {error}",
            where="AWS credentials",
            next_step="log in to AWS as you would for any tool, or set AWS_PROFILE",
        ) from error
    text = base64.urlsafe_b64encode(url.encode()).decode().rstrip("=")
    return Token(f"{PREFIX}{text}", moment + LIFE)
