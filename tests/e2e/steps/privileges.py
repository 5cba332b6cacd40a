"""What the service, its pods and its account may do, and what they are refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from pytest_bdd import parsers, then, when
from tests.e2e.place import Object, Place, Refusal, container_of, modest_pod

CREDENTIAL_FOLDER = "/var/run/secrets/kubernetes.io"


def _privileged(spec: Object) -> None:
    spec["containers"][0]["securityContext"] = {"privileged": True}


def _root(spec: Object) -> None:
    spec["securityContext"] = {
        "runAsUser": 0,
        "runAsNonRoot": False,
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def _host_files(spec: Object) -> None:
    spec["volumes"] = [{"name": "host", "hostPath": {"path": "/"}}]


def _host_network(spec: Object) -> None:
    spec["hostNetwork"] = True


POWERS: dict[str, Callable[[Object], None]] = {
    "privileged mode": _privileged,
    "root": _root,
    "the host's files": _host_files,
    "the host's network": _host_network,
}
# What the refusal must complain about, so that it is refused for this and nothing else.
COMPLAINTS = {
    "privileged mode": "privileged",
    "root": "runAsNonRoot",
    "the host's files": "hostPath",
    "the host's network": "host namespaces",
}


@pytest.fixture
def own_image(place: Place) -> str:
    """The image that the service runs."""
    template = place.read("deployments", place.service)["spec"]["template"]
    return str(container_of(template["spec"], place.service)["image"])


@when(
    parsers.parse("somebody starts a pod like the service's that asks for {power}"), target_fixture="refused"
)
def start_powerful_pod(place: Place, own_image: str, power: str) -> tuple[str, Refusal]:
    pod = modest_pod("powerful", own_image, "python3", "-c", "pass")
    # The same pod without that power would be taken: nothing else can be what it is refused for.
    place.request("POST", f"{place.path('pods')}?dryRun=All", pod)
    POWERS[power](pod["spec"])
    try:
        place.start_pod(pod)
    except Refusal as refusal:
        return power, refusal
    place.delete(place.path("pods", "powerful"), grace_s=0)
    raise AssertionError(f"a pod with {power} was started")


@then("the cluster refuses it as a breach of the restricted standard")
def refused_as_breach(refused: tuple[str, Refusal]) -> None:
    power, refusal = refused
    assert refusal.status == 403, refusal
    assert 'violates PodSecurity "restricted' in refusal.message, refusal
    assert COMPLAINTS[power] in refusal.message, refusal


# Tries to make a file in every folder there is, and tells in which it could.
TRY_TO_WRITE = """
import json, os
written, tried = [], 0
for folder, _, _ in os.walk("/"):
    if folder.startswith(("/proc", "/sys")):
        continue
    tried += 1
    path = os.path.join(folder, ".written-by-a-test")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except OSError:
        continue
    os.unlink(path)
    written.append(folder)
print(json.dumps({"written": written, "tried": tried}))
"""


@when("a replica tries to write to every folder of its image", target_fixture="tries")
def try_to_write(place: Place) -> dict[str, Any]:
    pod = place.ready_pods()[0]["metadata"]["name"]
    said: dict[str, Any] = json.loads(place.run_python(pod, TRY_TO_WRITE, container=place.service))
    return said


@then("it can write to nothing but /tmp")
def only_tmp(tries: dict[str, Any]) -> None:
    assert tries["tried"] > 50, f"only {tries['tried']} folders were tried"
    # /dev/shm and the terminal devices are the container's own memory, not files of the image.
    written = [folder for folder in tries["written"] if not folder.startswith("/dev")]
    assert written == ["/tmp"]


SEARCH = """
import json, os, sys
found = [folder for folder in sys.argv[1:] if os.path.lexists(folder)]
found += [name for name in os.environ if name.startswith("KUBERNETES_")]
with open("/proc/self/mounts") as mounts:
    found += [line for line in mounts if "secret" in line or "serviceaccount" in line]
print(json.dumps(found))
"""


@when("a replica is searched for a credential of the cluster", target_fixture="credentials")
def search_credentials(place: Place) -> list[str]:
    pod = place.ready_pods()[0]["metadata"]["name"]
    folders = (CREDENTIAL_FOLDER, CREDENTIAL_FOLDER.replace("/var/run", "/run"))
    found: list[str] = json.loads(place.run_python(pod, SEARCH, *folders, container=place.service))
    # Only the addresses that every pod is told, and no key to use them with.
    return [name for name in found if not name.startswith("KUBERNETES_")]


@then("there is none")
def no_credentials(credentials: list[str], place: Place) -> None:
    assert credentials == []
    for pod in place.ready_pods():
        projected = [
            volume for volume in pod["spec"]["volumes"] if "projected" in volume or "secret" in volume
        ]
        assert projected == []


@when(
    parsers.parse("the cluster is asked whether the service's account may {verb} {resource}"),
    target_fixture="review",
)
def ask_rights(place: Place, verb: str, resource: str) -> tuple[bool, bool]:
    account = place.ready_pods()[0]["spec"]["serviceAccountName"]
    assert account == place.service
    groups = ["system:serviceaccounts", f"system:serviceaccounts:{place.namespace}", "system:authenticated"]
    user = f"system:serviceaccount:{place.namespace}:{account}"
    # An administrator may: the question itself is one that can be answered with yes.
    return _may(place, user, groups, verb, resource), _may(
        place, "someone", ["system:masters"], verb, resource
    )


def _may(place: Place, user: str, groups: list[str], verb: str, resource: str) -> bool:
    attributes = {"namespace": place.namespace, "verb": verb, "resource": resource}
    review = {
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SubjectAccessReview",
        "spec": {"user": user, "groups": groups, "resourceAttributes": attributes},
    }
    answer = place.request("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", review)
    return bool(answer["status"]["allowed"])


@then("the answer is no")
def answer_is_no(review: tuple[bool, bool]) -> None:
    service_may, administrator_may = review
    assert administrator_may, "the cluster answers no to everybody"
    assert not service_may
