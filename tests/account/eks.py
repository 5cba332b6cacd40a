"""EKS as far as Terraform's provider speaks to it, in memory: moto has no add-ons, access entries, pod identities,
updates, nor what of a cluster's configuration decides whether it is replaced.

Things are there at once and in no intermediate state. What EKS refuses is refused here in its words: what hangs on
something that isn't there, names that are taken, a cluster that still has nodes, versions that skip or go back.
Paths and members: https://docs.aws.amazon.com/eks/latest/APIReference/API_Operations.html
"""

from __future__ import annotations

import json
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote

from moto.backends import get_backend
from moto.core.exceptions import ServiceException

Json = dict[str, Any]
# The versions of add-ons that a minor version of Kubernetes takes, the newest first.
ADDONS = {
    "coredns": ("v1.12.4-eksbuild.1", "v1.12.3-eksbuild.1"),
    "eks-pod-identity-agent": ("v1.3.8-eksbuild.2",),
    "kube-proxy": ("v{minor}.0-eksbuild.2", "v{minor}.0-eksbuild.1"),
    "metrics-server": ("v0.8.0-eksbuild.2",),
    "vpc-cni": ("v1.20.2-eksbuild.1", "v1.20.1-eksbuild.1"),
}
MINORS = ("1.32", "1.33", "1.34", "1.35")


class Refused(Exception):
    """An answer that is an error, by EKS's name for it."""

    def __init__(self, kind: str, status: int, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.status = status


def missing(what: str) -> Refused:
    return Refused("ResourceNotFoundException", 404, what)


def taken(what: str) -> Refused:
    return Refused("ResourceInUseException", 409, what)


def invalid(what: str) -> Refused:
    return Refused("InvalidParameterException", 400, what)


@dataclass
class Cluster:
    """A cluster and all that belongs to it, each part as the API shows it."""

    shown: Json
    node_groups: dict[str, Json] = field(default_factory=dict)
    addons: dict[str, Json] = field(default_factory=dict)
    entries: dict[str, Json] = field(default_factory=dict)
    policies: dict[str, dict[str, Json]] = field(default_factory=dict)
    identities: dict[str, Json] = field(default_factory=dict)
    updates: dict[str, Json] = field(default_factory=dict)

    def parts(self) -> Iterable[tuple[str, Json]]:
        """Everything that has tags, by its ARN."""
        yield self.shown["arn"], self.shown
        for member, things in (
            ("nodegroupArn", self.node_groups),
            ("addonArn", self.addons),
            ("accessEntryArn", self.entries),
            ("associationArn", self.identities),
        ):
            for one in things.values():
                yield one[member], one


class Eks:
    """The service in one account and region. `endpoint` and `authority` (base64) are those of every cluster's API."""

    def __init__(self, account: str, region: str, *, endpoint: str = "", authority: str = "") -> None:
        self._account = account
        self._region = region
        self._endpoint = endpoint or "https://127.0.0.1:1"
        self._authority = authority or "bm9ib2R5"
        self._clusters: dict[str, Cluster] = {}
        self._lock = threading.Lock()

    def answer(self, method: str, uri: str, body: bytes) -> tuple[int, str, Json]:
        """The status, the name of the error if it is one, and the document for a request to a raw URI."""
        path, _, query = uri.partition("?")
        for verb, pattern, handle in _ROUTES:
            if verb == method and (found := re.fullmatch(pattern, path)):
                given = json.loads(body) if body else {}
                parts = {name: unquote(value) for name, value in found.groupdict().items()}
                asked = {name: values[-1] for name, values in parse_qs(query).items()}
                keys = parse_qs(query).get("tagKeys", [])
                try:
                    with self._lock:
                        if "name" in parts:
                            cluster = self._cluster(parts.pop("name"))
                            return 200, "", handle(self, cluster, {**given, **asked, **parts})
                        return 200, "", handle(self, {**given, **asked, **parts, "tagKeys": keys})
                except Refused as refused:
                    return refused.status, refused.kind, {"message": str(refused)}
        return 400, "InvalidRequestException", {"message": f"nothing here answers {method} {path}"}

    # ---- clusters ----

    def create_cluster(self, given: Json) -> Json:
        name = given["name"]
        if name in self._clusters:
            raise taken(f"Cluster already exists with name: {name}")
        self._require_role(given["roleArn"])
        self._require_minor(given.get("version", MINORS[-1]))
        network = given["resourcesVpcConfig"]
        subnets = self._subnets(network["subnetIds"])
        if len({one.availability_zone for one in subnets}) < 2:
            raise invalid("Subnets specified must be in at least two different AZs")
        vpc = subnets[0].vpc_id
        group = get_backend("ec2")[self._account][self._region].create_security_group(
            f"eks-cluster-sg-{name}", "EKS created security group", vpc, tags={"aws:eks:cluster-name": name}
        )
        access = {"authenticationMode": "CONFIG_MAP", "bootstrapClusterCreatorAdminPermissions": True}
        shown = {
            "name": name,
            "arn": self._arn("cluster", name),
            "createdAt": time.time(),
            "version": given.get("version", MINORS[-1]),
            "endpoint": self._endpoint,
            "certificateAuthority": {"data": self._authority},
            "roleArn": given["roleArn"],
            "status": "ACTIVE",
            "platformVersion": "eks.1",
            "resourcesVpcConfig": {
                "endpointPublicAccess": True,
                "endpointPrivateAccess": False,
                "publicAccessCidrs": ["0.0.0.0/0"],
                "securityGroupIds": [],
                **network,
                "vpcId": vpc,
                "clusterSecurityGroupId": group.id,
            },
            "kubernetesNetworkConfig": {"ipFamily": "ipv4", "serviceIpv4Cidr": "10.100.0.0/16"},
            "logging": given.get("logging", {"clusterLogging": []}),
            "identity": {
                "oidc": {"issuer": f"https://oidc.eks.{self._region}.amazonaws.com/id/{uuid.uuid4().hex}"}
            },
            "encryptionConfig": given.get("encryptionConfig", []),
            "accessConfig": {**access, **given.get("accessConfig", {})},
            "upgradePolicy": given.get("upgradePolicy", {"supportType": "EXTENDED"}),
            "health": {"issues": []},
            "tags": given.get("tags", {}),
        }
        self._clusters[name] = Cluster(shown)
        return {"cluster": shown}

    def list_clusters(self, _: Json) -> Json:
        return {"clusters": list(self._clusters)}

    def describe_cluster(self, cluster: Cluster, _: Json) -> Json:
        return {"cluster": cluster.shown}

    def delete_cluster(self, cluster: Cluster, _: Json) -> Json:
        if cluster.node_groups:
            raise taken("Cluster has nodegroups attached")
        ec2 = get_backend("ec2")[self._account][self._region]
        ec2.delete_security_group(group_id=cluster.shown["resourcesVpcConfig"]["clusterSecurityGroupId"])
        return {"cluster": self._clusters.pop(cluster.shown["name"]).shown}

    def update_cluster_config(self, cluster: Cluster, given: Json) -> Json:
        for member in ("resourcesVpcConfig", "accessConfig", "upgradePolicy"):
            if member in given:
                cluster.shown[member] = {**cluster.shown[member], **given[member]}
        if "logging" in given:
            cluster.shown["logging"] = given["logging"]
        return self._update(cluster, "ConfigUpdate")

    def update_cluster_version(self, cluster: Cluster, given: Json) -> Json:
        wanted, now = given["version"], cluster.shown["version"]
        self._require_minor(wanted)
        if _minor(wanted) != _minor(now) + 1:
            raise invalid(f"Unsupported Kubernetes minor version update from {now} to {wanted}")
        cluster.shown["version"] = wanted
        return self._update(cluster, "VersionUpdate")

    def describe_update(self, cluster: Cluster, given: Json) -> Json:
        return {"update": self._part(cluster.updates, given["updateId"], "update")}

    # ---- node groups ----

    def create_node_group(self, cluster: Cluster, given: Json) -> Json:
        name = given["nodegroupName"]
        if name in cluster.node_groups:
            raise taken(f"NodeGroup already exists with name {name}")
        self._require_role(given["nodeRole"])
        self._subnets(given["subnets"])
        version = str(given.get("version", cluster.shown["version"]))
        if _minor(version) > _minor(cluster.shown["version"]):
            raise invalid(f"Nodegroup Kubernetes version {version} is newer than the cluster's")
        shown = {
            **given,
            "nodegroupArn": self._arn("nodegroup", cluster.shown["name"], name, str(uuid.uuid4())),
            "clusterName": cluster.shown["name"],
            "version": version,
            "releaseVersion": f"{version}.0-20260101",
            "createdAt": time.time(),
            "modifiedAt": time.time(),
            "status": "ACTIVE",
            "resources": {"autoScalingGroups": [{"name": f"eks-{name}"}]},
            "health": {"issues": []},
            "launchTemplate": self._template(given.get("launchTemplate")),
        }
        cluster.node_groups[name] = shown
        return {"nodegroup": shown}

    def list_node_groups(self, cluster: Cluster, _: Json) -> Json:
        return {"nodegroups": list(cluster.node_groups)}

    def describe_node_group(self, cluster: Cluster, given: Json) -> Json:
        return {"nodegroup": self._part(cluster.node_groups, given["nodegroupName"], "node group")}

    def delete_node_group(self, cluster: Cluster, given: Json) -> Json:
        shown = self._part(cluster.node_groups, given["nodegroupName"], "node group")
        return {"nodegroup": cluster.node_groups.pop(shown["nodegroupName"])}

    def update_node_group_config(self, cluster: Cluster, given: Json) -> Json:
        shown = self._part(cluster.node_groups, given["nodegroupName"], "node group")
        for member in ("scalingConfig", "updateConfig"):
            if member in given:
                shown[member] = {**shown.get(member, {}), **given[member]}
        return self._update(cluster, "ConfigUpdate")

    def update_node_group_version(self, cluster: Cluster, given: Json) -> Json:
        shown = self._part(cluster.node_groups, given["nodegroupName"], "node group")
        version = str(given.get("version", shown["version"]))
        if _minor(version) > _minor(cluster.shown["version"]):
            raise invalid(f"Nodegroup Kubernetes version {version} is newer than the cluster's")
        shown["version"] = version
        shown["releaseVersion"] = f"{version}.0-20260101"
        if "launchTemplate" in given:
            shown["launchTemplate"] = self._template(given["launchTemplate"])
        return self._update(cluster, "VersionUpdate")

    # ---- add-ons ----

    def addon_versions(self, given: Json) -> Json:
        minor = given.get("kubernetesVersion", MINORS[-1])
        names = [given["addonName"]] if "addonName" in given else list(ADDONS)
        return {
            "addons": [
                {
                    "addonName": name,
                    "addonVersions": [
                        {
                            "addonVersion": version,
                            "compatibilities": [{"clusterVersion": minor, "defaultVersion": number == 0}],
                        }
                        for number, version in enumerate(_addon_versions(name, minor))
                    ],
                }
                for name in names
            ]
        }

    def create_addon(self, cluster: Cluster, given: Json) -> Json:
        name = given["addonName"]
        if name in cluster.addons:
            raise taken(f"Addon already exists with name: {name}")
        shown = {
            "addonName": name,
            "clusterName": cluster.shown["name"],
            "addonArn": self._arn("addon", cluster.shown["name"], name, str(uuid.uuid4())),
            "status": "ACTIVE",
            "health": {"issues": []},
            "createdAt": time.time(),
            "modifiedAt": time.time(),
            "tags": given.get("tags", {}),
        }
        self._set_addon(cluster, shown, given)
        cluster.addons[name] = shown
        return {"addon": shown}

    def list_addons(self, cluster: Cluster, _: Json) -> Json:
        return {"addons": list(cluster.addons)}

    def describe_addon(self, cluster: Cluster, given: Json) -> Json:
        return {"addon": self._part(cluster.addons, given["addonName"], "addon")}

    def update_addon(self, cluster: Cluster, given: Json) -> Json:
        self._set_addon(cluster, self._part(cluster.addons, given["addonName"], "addon"), given)
        return self._update(cluster, "AddonUpdate")

    def delete_addon(self, cluster: Cluster, given: Json) -> Json:
        shown = self._part(cluster.addons, given["addonName"], "addon")
        for arn in shown.get("podIdentityAssociations", []):
            cluster.identities.pop(arn.rpartition("/")[2])
        return {"addon": cluster.addons.pop(shown["addonName"])}

    def _set_addon(self, cluster: Cluster, shown: Json, given: Json) -> None:
        version = given.get("addonVersion", shown.get("addonVersion"))
        if version not in _addon_versions(shown["addonName"], cluster.shown["version"]):
            raise invalid(f"Addon version specified is not supported: {version}")
        shown["addonVersion"] = version
        for member in ("configurationValues", "serviceAccountRoleArn"):
            if member in given:
                shown[member] = given[member]
        if "podIdentityAssociations" in given:
            for arn in shown.get("podIdentityAssociations", []):
                cluster.identities.pop(arn.rpartition("/")[2])
            asked = ({**one, "namespace": "kube-system"} for one in given["podIdentityAssociations"])
            made = [self.create_identity(cluster, one)["association"] for one in asked]
            shown["podIdentityAssociations"] = [one["associationArn"] for one in made]

    # ---- access entries ----

    def create_entry(self, cluster: Cluster, given: Json) -> Json:
        principal = given["principalArn"]
        if cluster.shown["accessConfig"]["authenticationMode"] == "CONFIG_MAP":
            raise Refused(
                "InvalidRequestException", 400, "The cluster's authentication mode must be set to API"
            )
        if principal in cluster.entries:
            raise taken(f"The specified access entry resource is already in use on this cluster: {principal}")
        if not self._is_role(principal):
            raise invalid("The specified principalArn is invalid: invalid principal.")
        shown = {
            "clusterName": cluster.shown["name"],
            "principalArn": principal,
            "accessEntryArn": self._arn("access-entry", cluster.shown["name"], str(uuid.uuid4())),
            "createdAt": time.time(),
            "modifiedAt": time.time(),
            "kubernetesGroups": given.get("kubernetesGroups", []),
            "username": given.get("username", principal),
            "type": given.get("type", "STANDARD"),
            "tags": given.get("tags", {}),
        }
        cluster.entries[principal] = shown
        cluster.policies[principal] = {}
        return {"accessEntry": shown}

    def list_entries(self, cluster: Cluster, _: Json) -> Json:
        return {"accessEntries": list(cluster.entries)}

    def describe_entry(self, cluster: Cluster, given: Json) -> Json:
        return {"accessEntry": self._part(cluster.entries, given["principalArn"], "access entry")}

    def update_entry(self, cluster: Cluster, given: Json) -> Json:
        shown = self._part(cluster.entries, given["principalArn"], "access entry")
        shown["kubernetesGroups"] = given.get("kubernetesGroups", shown["kubernetesGroups"])
        return {"accessEntry": shown}

    def delete_entry(self, cluster: Cluster, given: Json) -> Json:
        principal = self._part(cluster.entries, given["principalArn"], "access entry")["principalArn"]
        del cluster.entries[principal], cluster.policies[principal]
        return {}

    def associate_policy(self, cluster: Cluster, given: Json) -> Json:
        principal = self._part(cluster.entries, given["principalArn"], "access entry")["principalArn"]
        policy = given["policyArn"]
        if not re.fullmatch(r"arn:aws:eks::aws:cluster-access-policy/AmazonEKS\w+Policy", policy):
            raise invalid(f"The policyArn parameter format is not valid: {policy}")
        associated = {
            "policyArn": policy,
            "accessScope": given["accessScope"],
            "associatedAt": time.time(),
            "modifiedAt": time.time(),
        }
        cluster.policies[principal][policy] = associated
        return {
            "clusterName": cluster.shown["name"],
            "principalArn": principal,
            "associatedAccessPolicy": associated,
        }

    def list_policies(self, cluster: Cluster, given: Json) -> Json:
        principal = self._part(cluster.entries, given["principalArn"], "access entry")["principalArn"]
        return {
            "clusterName": cluster.shown["name"],
            "principalArn": principal,
            "associatedAccessPolicies": list(cluster.policies[principal].values()),
        }

    def disassociate_policy(self, cluster: Cluster, given: Json) -> Json:
        principal = self._part(cluster.entries, given["principalArn"], "access entry")["principalArn"]
        self._part(cluster.policies[principal], given["policyArn"], "policy association")
        del cluster.policies[principal][given["policyArn"]]
        return {}

    # ---- pod identities ----

    def create_identity(self, cluster: Cluster, given: Json) -> Json:
        self._require_role(given["roleArn"])
        place = (given["namespace"], given["serviceAccount"])
        if place in {(one["namespace"], one["serviceAccount"]) for one in cluster.identities.values()}:
            raise taken(f"Association already exists: {place}")
        name = f"a-{uuid.uuid4().hex[:17]}"
        shown = {
            "clusterName": cluster.shown["name"],
            "namespace": place[0],
            "serviceAccount": place[1],
            "roleArn": given["roleArn"],
            "associationArn": self._arn("podidentityassociation", cluster.shown["name"], name),
            "associationId": name,
            "createdAt": time.time(),
            "modifiedAt": time.time(),
            "tags": given.get("tags", {}),
        }
        cluster.identities[name] = shown
        return {"association": shown}

    def list_identities(self, cluster: Cluster, _: Json) -> Json:
        return {"associations": list(cluster.identities.values())}

    def describe_identity(self, cluster: Cluster, given: Json) -> Json:
        return {"association": self._part(cluster.identities, given["associationId"], "association")}

    def update_identity(self, cluster: Cluster, given: Json) -> Json:
        shown = self._part(cluster.identities, given["associationId"], "association")
        if "roleArn" in given:
            self._require_role(given["roleArn"])
            shown["roleArn"] = given["roleArn"]
        return {"association": shown}

    def delete_identity(self, cluster: Cluster, given: Json) -> Json:
        shown = self._part(cluster.identities, given["associationId"], "association")
        return {"association": cluster.identities.pop(shown["associationId"])}

    # ---- tags ----

    def tags(self, given: Json) -> Json:
        return {"tags": self._tagged(given["arn"])}

    def tag(self, given: Json) -> Json:
        self._tagged(given["arn"]).update(given["tags"])
        return {}

    def untag(self, given: Json) -> Json:
        tags = self._tagged(given["arn"])
        for key in given["tagKeys"]:
            tags.pop(key, None)
        return {}

    def _tagged(self, arn: str) -> dict[str, str]:
        for cluster in self._clusters.values():
            for name, shown in cluster.parts():
                if name == arn:
                    tags: dict[str, str] = shown.setdefault("tags", {})
                    return tags
        raise missing(f"Resource was not found: {arn}")

    # ---- what hangs on what ----

    def _cluster(self, name: str) -> Cluster:
        if name not in self._clusters:
            raise missing(f"No cluster found for name: {name}.")
        return self._clusters[name]

    @staticmethod
    def _part(things: dict[str, Json], name: str, what: str) -> Json:
        if name not in things:
            raise missing(f"No {what} found for name: {name}.")
        return things[name]

    def _arn(self, kind: str, *names: str) -> str:
        return f"arn:aws:eks:{self._region}:{self._account}:{kind}/{'/'.join(names)}"

    def _update(self, cluster: Cluster, kind: str) -> Json:
        name = str(uuid.uuid4())
        made = {
            "id": name,
            "status": "Successful",
            "type": kind,
            "createdAt": time.time(),
            "errors": [],
            "params": [],
        }
        cluster.updates[name] = made
        return {"update": made}

    def _is_role(self, arn: str) -> bool:
        roles = get_backend("iam")[self._account]["aws"].roles.values()
        return any(one.arn == arn for one in roles)

    def _require_role(self, arn: str) -> None:
        if not self._is_role(arn):
            raise invalid(f"Role with arn: {arn}, could not be assumed because it does not exist")

    @staticmethod
    def _require_minor(version: str) -> None:
        if version not in MINORS:
            raise invalid(f"unsupported Kubernetes version {version}")

    def _subnets(self, names: list[str]) -> list[Any]:
        try:
            found: list[Any] = get_backend("ec2")[self._account][self._region].describe_subnets(
                subnet_ids=names
            )
        except ServiceException as error:
            raise invalid(f"The subnet IDs {names} do not exist") from error
        return found

    def _template(self, given: Json | None) -> Json | None:
        if given is None:
            return None
        ec2 = get_backend("ec2")[self._account][self._region]
        try:
            (found,) = ec2.describe_launch_templates(template_ids=[given["id"]])
        except ServiceException as error:
            raise invalid(f"Launch template {given['id']} does not exist") from error
        return {"id": found.id, "name": found.name, "version": str(given["version"])}


def _minor(version: str) -> int:
    return int(version.partition(".")[2])


def _addon_versions(name: str, minor: str) -> tuple[str, ...]:
    if name not in ADDONS:
        raise invalid(f"Addon {name} is not supported")
    return tuple(one.format(minor=minor) for one in ADDONS[name])


_ONE = r"/clusters/(?P<name>[^/]+)"
_GROUP = rf"{_ONE}/node-groups/(?P<nodegroupName>[^/]+)"
_ADDON = rf"{_ONE}/addons/(?P<addonName>[^/]+)"
_ENTRY = rf"{_ONE}/access-entries/(?P<principalArn>[^/]+)"
_IDENTITY = rf"{_ONE}/pod-identity-associations/(?P<associationId>[^/]+)"
_ROUTES: tuple[tuple[str, str, Callable[..., Json]], ...] = (
    ("GET", "/clusters", Eks.list_clusters),
    ("POST", "/clusters", Eks.create_cluster),
    ("GET", _ONE, Eks.describe_cluster),
    ("DELETE", _ONE, Eks.delete_cluster),
    ("POST", rf"{_ONE}/update-config", Eks.update_cluster_config),
    ("POST", rf"{_ONE}/updates", Eks.update_cluster_version),
    ("GET", rf"{_ONE}/updates/(?P<updateId>[^/]+)", Eks.describe_update),
    ("GET", rf"{_ONE}/node-groups", Eks.list_node_groups),
    ("POST", rf"{_ONE}/node-groups", Eks.create_node_group),
    ("GET", _GROUP, Eks.describe_node_group),
    ("DELETE", _GROUP, Eks.delete_node_group),
    ("POST", rf"{_GROUP}/update-config", Eks.update_node_group_config),
    ("POST", rf"{_GROUP}/update-version", Eks.update_node_group_version),
    ("GET", "/addons/supported-versions", Eks.addon_versions),
    ("GET", rf"{_ONE}/addons", Eks.list_addons),
    ("POST", rf"{_ONE}/addons", Eks.create_addon),
    ("GET", _ADDON, Eks.describe_addon),
    ("POST", rf"{_ADDON}/update", Eks.update_addon),
    ("DELETE", _ADDON, Eks.delete_addon),
    ("GET", rf"{_ONE}/access-entries", Eks.list_entries),
    ("POST", rf"{_ONE}/access-entries", Eks.create_entry),
    ("GET", _ENTRY, Eks.describe_entry),
    ("POST", _ENTRY, Eks.update_entry),
    ("DELETE", _ENTRY, Eks.delete_entry),
    ("GET", rf"{_ENTRY}/access-policies", Eks.list_policies),
    ("POST", rf"{_ENTRY}/access-policies", Eks.associate_policy),
    ("DELETE", rf"{_ENTRY}/access-policies/(?P<policyArn>[^/]+)", Eks.disassociate_policy),
    ("GET", rf"{_ONE}/pod-identity-associations", Eks.list_identities),
    ("POST", rf"{_ONE}/pod-identity-associations", Eks.create_identity),
    ("GET", _IDENTITY, Eks.describe_identity),
    ("POST", _IDENTITY, Eks.update_identity),
    ("DELETE", _IDENTITY, Eks.delete_identity),
    ("GET", "/tags/(?P<arn>.+)", Eks.tags),
    ("POST", "/tags/(?P<arn>.+)", Eks.tag),
    ("DELETE", "/tags/(?P<arn>.+)", Eks.untag),
)
