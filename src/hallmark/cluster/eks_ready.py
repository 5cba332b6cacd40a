"""Waiting for the API of a new cluster: by what it answers, not by time.

Its name may not be known yet, its servers may still start, and access entries that were made in the same minute are
known to them a little later than to whoever made them: for that while it refuses who is to be let in.
"""

from __future__ import annotations

import time
from http import HTTPStatus

from hallmark.cluster import Report, kube
from hallmark.cluster.eks_record import Place, Record
from hallmark.outcome import CannotJudge

API_TIMEOUT_S = 900.0
ACCESS_TIMEOUT_S = 180.0
POLL_S = 2.0
_REVIEW = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
_DENIED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


def wait(record: Record, report: Report) -> str:
    """Wait until the API is ready and knows who asks; returns the user's name there.

    Raises CannotJudge with the last answer when it does not come in time.
    """
    began = time.monotonic()
    denied_since: float | None = None
    said = ""
    while True:
        answer, user = _ask(record)
        if user:
            report(f"the API is ready after {time.monotonic() - began:.0f} s, and knows {user}")
            return user
        moment = time.monotonic()
        is_denied = isinstance(answer, kube.Response) and answer.status in _DENIED
        denied_since = (denied_since or moment) if is_denied else None
        if (words := _words(answer)) != said:
            report(f"waiting for the API: {words}")
            said = words
        if denied_since is not None and moment - denied_since > ACCESS_TIMEOUT_S:
            raise CannotJudge(
                f"the cluster of environment {record.name} does not let you in: {words}",
                where=record.endpoint,
                next_step="name your role in one of hallmark.toml's [eks] …_role_arns, then ./hallmark up again",
            )
        if moment - began > API_TIMEOUT_S:
            hint = "" if record.variables.get("public_access_cidrs") else " (only from inside its network)"
            raise CannotJudge(
                f"the API of environment {record.name} is not ready after {API_TIMEOUT_S:g} s: {words}",
                where=f"{record.endpoint}{hint}",
                next_step=f"./hallmark env resume {record.name}, or ./hallmark down {record.name}",
            )
        time.sleep(POLL_S)


def _ask(record: Record) -> tuple[kube.Response | kube.Unreachable, str]:
    """What the API answers, and who it takes us for; the latter is empty until it is ready and does."""
    kubeconfig = Place(record.name).kubeconfig
    try:
        answer = kube.request(kubeconfig, "GET", "/readyz")
        if answer.ok:
            # Anybody may ask whether it is ready; who asks is answered only to those that it knows.
            path = "/apis/authentication.k8s.io/v1/selfsubjectreviews"
            answer = kube.request(kubeconfig, "POST", path, _REVIEW)
        return answer, str(answer.body["status"]["userInfo"]["username"]) if answer.ok else ""
    except kube.Unreachable as error:
        return error, ""


def _words(answer: kube.Response | kube.Unreachable) -> str:
    if isinstance(answer, kube.Unreachable):
        return answer.what
    return f"{answer.status} {answer.message}".strip()
