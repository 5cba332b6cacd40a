"""A token for an EKS cluster is what its authenticator takes: by form, by signature, and by what STS answers."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from tests.eks import credentials
from tests.eks.credentials import KEYS, REGION
from tests.eks.identity import Authenticator, Unknown

from hallmark import records
from hallmark.cluster import eks_token
from hallmark.outcome import CannotJudge

NAME = "hallmark-pr-7"
STS = f"https://sts.{REGION}.amazonaws.com"


@pytest.fixture(autouse=True)
def own_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """One key from the environment, and nothing from the machine's own configuration."""
    credentials.give(monkeypatch)


def test_token_has_the_form_and_the_signature_that_a_cluster_takes() -> None:
    """Prefix, base64url, host, parameters, signed headers and SigV4 are right, computed by other code."""
    token = eks_token.sign(NAME, REGION)
    url = Authenticator(NAME, STS, KEYS).url(token.text)
    assert "X-Amz-Expires=60&" in url
    assert "X-Amz-SignedHeaders=host%3Bx-k8s-aws-id" in url


def test_token_of_temporary_credentials_carries_their_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """A role's credentials need their session token, which is signed along."""
    monkeypatch.setenv("AWS_SESSION_TOKEN", "session/with+signs==")
    url = Authenticator(NAME, STS, KEYS).url(eks_token.sign(NAME, REGION).text)
    assert "X-Amz-Security-Token=session%2Fwith%2Bsigns%3D%3D" in url


@pytest.mark.parametrize(
    ("cluster", "keys", "minutes", "why"),
    [
        ("hallmark-other", KEYS, 0, "signature"),
        (NAME, {"AKIAEXAMPLE": "another"}, 0, "signature"),
        (NAME, {}, 0, "no key"),
        (NAME, KEYS, 16, "past its time"),
    ],
)
def test_token_is_refused_by_another_cluster_by_another_secret_and_too_late(
    cluster: str, keys: dict[str, str], minutes: int, why: str
) -> None:
    """What the form's test takes it can refuse: the token binds a cluster, a key and a time."""
    moment = datetime.now(UTC) + timedelta(minutes=minutes)
    with pytest.raises(Unknown, match=why):
        Authenticator(cluster, STS, keys).url(eks_token.sign(NAME, REGION).text, moment)


def test_credential_is_the_document_of_a_plugin_and_ends_before_the_cluster_ends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """kubectl asks again before EKS stops taking the token, which is 15 minutes after the signing."""
    moment = datetime(2030, 1, 31, 12, tzinfo=UTC)
    monkeypatch.setattr(eks_token, "now", lambda: moment)
    token = eks_token.sign(NAME, REGION)
    assert token.credential() == {
        "apiVersion": "client.authentication.k8s.io/v1",
        "kind": "ExecCredential",
        "status": {"token": token.text, "expirationTimestamp": "2030-01-31T12:14:00.000Z"},
    }
    assert records.parse_time("2030-01-31T12:14:00.000Z") == token.expires


def test_sign_without_credentials_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 2 with a next step, not a traceback."""
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(CannotJudge, match="Unable to locate credentials") as caught:
        eks_token.sign(NAME, REGION)
    assert "AWS_PROFILE" in caught.value.next_step


def test_token_asked_of_sts_names_who_signed(aws: str) -> None:
    """The URL inside the token is answered with an identity, as the cluster would ask it."""
    token = eks_token.sign(NAME, REGION).text
    encoded = token.removeprefix("k8s-aws-v1.")
    assert base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).startswith(aws.encode())
    assert Authenticator(NAME, aws, KEYS).arn(token).startswith("arn:aws:sts::123456789012:")
