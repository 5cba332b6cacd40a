# METADATA
# title: What roles grant, and to whom
# description: >-
#   Rights as the RBAC authorizer of Kubernetes reads them: a rule grants a verb on a resource of an API group when each
#   of its three lists holds it or a wildcard. In three points it is read more strictly. resourceNames are not looked at:
#   who may read one Secret by its name reads that Secret. A rule without apiGroups counts for every group, though the
#   API server would refuse it. And `pods/*` and `*/*`, of which the authorizer makes nothing, count as what they say. A
#   Role is read like a ClusterRole, also where it names what is of no namespace. Rules about nonResourceURLs name no
#   resource and grant none.
package hallmark.lib.rbac

import data.hallmark.lib.objects
import data.hallmark.lib.selectors

# Rights that more than one rule asks about. A right is had with one of its verbs on one of its resources.
reads_secrets := {"group": "", "resources": {"secrets"}, "verbs": {"get", "list", "watch"}}

enters_pods := {"group": "", "resources": {"pods/attach", "pods/exec"}, "verbs": {"create", "get"}}

creates_pods := {"group": "", "resources": {"pods"}, "verbs": {"create"}}

# Everything in the core group is enough: Secrets, pods, service accounts and nodes are there.
does_everything := {"group": "", "resources": {"*"}, "verbs": {"*"}}

# Every rule of every Role and ClusterRole.
rules := [{"id": entry.id, "index": index, "rule": rule} |
	some entry in _role_entries
	some index, rule in entry.object.rules
]

role_ids := {entry.id | some entry in _role_entries}

# Every subject of every RoleBinding and ClusterRoleBinding.
subjects := [{"id": entry.id, "index": index, "name": subject.name} |
	some entry in binding_entries
	some index, subject in entry.object.subjects
]

binding_ids := {entry.id | some entry in binding_entries}

binding_entries := [entry |
	some type in ["rbac.authorization.k8s.io/ClusterRoleBinding", "rbac.authorization.k8s.io/RoleBinding"]
	some entry in objects.of[type]
]

# Bindings to a role whose rules are known, because it is in the set or in every cluster, with these rules. What an
# aggregated ClusterRole gathers from others of the set is among them.
known_bindings := [binding |
	some entry in binding_entries
	key := role_key(entry)
	_parts[key]
	binding := {
		"id": entry.id,
		"role": sprintf("%s %s", [key[0], key[2]]),
		"rules": [rule |
			some part in graph.reachable(_parts, {key})
			some role in _roles_of[part]
			some rule in role.rules
		],
	}
]

# Kind, namespace and name of the role that a binding names; what is not said to be a Role is a ClusterRole.
role_key(entry) := ["Role", objects.namespace(entry), entry.object.roleRef.name] if entry.object.roleRef.kind == "Role"

role_key(entry) := ["ClusterRole", "", entry.object.roleRef.name] if not entry.object.roleRef.kind == "Role"

# Whether a rule grants a right.
grants(rule, right) if {
	names(rule, right)
	some verb in rule.verbs
	verb in (right.verbs | {"*"})
}

# Whether a rule names a resource of a right, with whatever verb.
names(rule, right) if {
	_in_group(rule, right.group)
	some resource in right.resources
	some form in _forms(resource)
	form in rule.resources
}

# The entries of a rule's list that are a wildcard, as a whole or on one side of the slash.
wildcards(rule, field) := {entry | some entry in rule[field]; "*" in split(entry, "/")}

# What a violation in a rule of a role says.
finding(entry, path, problem) := objects.violation(entry.id, array.concat(["rules", entry.index], path), problem)

_in_group(rule, group) if {
	some name in rule.apiGroups
	name in {group, "*"}
}

_in_group(rule, _) if count(object.get(rule, "apiGroups", [])) == 0

# "pods/exec" is also meant by "*/exec", "pods/*", "*/*" and "*".
_forms(resource) := {resource, "*", "*/*"} | {form |
	[parent, part] := split(resource, "/")
	some form in [sprintf("%s/*", [parent]), sprintf("*/%s", [part])]
}

_role_entries := [entry |
	some type in ["rbac.authorization.k8s.io/ClusterRole", "rbac.authorization.k8s.io/Role"]
	some entry in objects.of[type]
]

# Roles by the key that a binding names them by; a set may hold several of one name.
_roles_of[role.key] contains role if some role in _built_in

_roles_of[key] contains role if {
	some entry in _role_entries
	key := _key(entry)
	role := {
		"labels": object.get(entry.object, ["metadata", "labels"], {}),
		"selectors": object.get(entry.object, ["aggregationRule", "clusterRoleSelectors"], []),
		"rules": object.get(entry.object, "rules", []),
	}
}

_key(entry) := ["Role", objects.namespace(entry), objects.name(entry)] if entry.object.kind == "Role"

_key(entry) := ["ClusterRole", "", objects.name(entry)] if entry.object.kind == "ClusterRole"

# The roles that a role gathers its rules from.
_parts := {key: parts |
	some key, roles in _roles_of
	parts := {part |
		some role in roles
		some selector in role.selectors
		some part, candidates in _roles_of
		part[0] == "ClusterRole"
		some candidate in candidates
		selectors.selects(selector, object.get(candidate, "labels", {}))
	}
}

# The ClusterRoles for users that every cluster has, with as much of their rules as grants a right named above:
# https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
_built_in := [
	{
		"key": ["ClusterRole", "", "cluster-admin"],
		"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
	},
	{
		"key": ["ClusterRole", "", "admin"],
		"selectors": [{"matchLabels": {"rbac.authorization.k8s.io/aggregate-to-admin": "true"}}],
	},
	{
		"key": ["ClusterRole", "", "edit"],
		"labels": {"rbac.authorization.k8s.io/aggregate-to-admin": "true"},
		"selectors": [{"matchLabels": {"rbac.authorization.k8s.io/aggregate-to-edit": "true"}}],
	},
	{
		"key": ["ClusterRole", "", "view"],
		"labels": {"rbac.authorization.k8s.io/aggregate-to-edit": "true"},
		"selectors": [{"matchLabels": {"rbac.authorization.k8s.io/aggregate-to-view": "true"}}],
	},
	{
		"key": ["ClusterRole", "", "system:aggregate-to-edit"],
		"labels": {"rbac.authorization.k8s.io/aggregate-to-edit": "true"},
		"rules": [
			{"apiGroups": [""], "resources": ["pods/attach", "pods/exec", "secrets"], "verbs": ["get", "list", "watch"]},
			{"apiGroups": [""], "resources": ["pods", "pods/attach", "pods/exec"], "verbs": ["create"]},
		],
	},
]
