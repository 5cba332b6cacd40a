# METADATA
# title: Policy documents of IAM, as far as they are known
# description: >-
#   A document is JSON in an argument, or the data source that makes it when it is known after apply only. Statements
#   are {"effect", "actions", "not_actions", "resources", "not_resources", "principals", "not_principals",
#   "conditions", "name"}: lists, whose items can be marks of what is unknown (see lib/plan). A principal is
#   {"type", "id"}, a condition {"test", "variable", "values"}.
package hallmark.lib.iam

import data.hallmark.lib.plan

# {"statements": […], "open": whether there may be more} of the document in an argument. What is no document is open.
# A state has an empty text where there is none.
read(entry, path) := {"statements": [], "open": false} if {
	not plan.is_open(entry, path)
	plan.value(entry, path, "") == ""
} else := {"statements": _of_json(document), "open": false} if {
	document := _parsed(plan.get(entry, path).value)
} else := {"statements": _of_data(document), "open": _is_open(document)} if {
	count(path) == 1
	document := entry.documents[path[0]]
} else := {"statements": [], "open": true}

# What is open about a document that cannot be read whole.
unknown(entry, path) := plan.unknown(entry, path) if plan.is_open(entry, path)

unknown(entry, path) := {
	"object": entry.id,
	"path": path,
	"message": "is no policy document that can be read",
} if {
	not plan.is_open(entry, path)
}

# Where a resource of IAM has its permissions.
permissions(entry) := [["policy"]] if entry.type in {"aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"}

permissions(entry) := [["inline_policy", index, "policy"] | some index, _ in _inline(entry)] if entry.type == "aws_iam_role"

# The types that permissions() knows.
granting := {"aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy", "aws_iam_role"}

# When it isn't known what blocks there are, the first stands for all.
_inline(entry) := [0] if {
	plan.is_open(entry, ["inline_policy"])
} else := plan.value(entry, ["inline_policy"], [])

# Verdicts over a statement say "fail" for what a rule is after, so that plan.together() joins them.
allowing(statement) := "unknown" if {
	plan.is_mark(statement.effect)
} else := "fail" if {
	statement.effect == "Allow"
} else := "pass"

# Whether a list holds one of these, in small letters.
has(items, wanted) := "fail" if {
	some item in items
	low(item) in wanted
} else := "unknown" if {
	some item in items
	plan.is_mark(item)
} else := "pass"

# A text in small letters, as IAM compares actions and keys; anything else, such as a mark, as it is.
low(value) := lower(value) if {
	is_string(value)
} else := value

every_action := {"*", "*:*"}

# Whether a principal is everybody.
anybody(principal) if principal == {"type": "*", "id": "*"}

anybody(principal) if principal == {"type": "AWS", "id": "*"}

# Whether a statement has a principal that is everybody: "pass" stands for no.
public(statement) := "fail" if {
	some principal in statement.principals
	anybody(principal)
} else := "fail" if {
	count(statement.not_principals) > 0
} else := "unknown" if {
	some principal in statement.principals
	plan.has_mark(principal)
} else := "pass"

# Whether a statement trusts an OpenID provider: "pass" stands for no. One that is made in the same plan is known by the
# conditions on its claims.
trusts(statement, issuer) := "fail" if {
	some principal in statement.principals
	principal.type == "Federated"
	is_string(principal.id)
	contains(principal.id, issuer)
} else := "fail" if {
	_open_principal(statement)
	some condition in statement.conditions
	is_string(condition.variable)
	startswith(lower(condition.variable), issuer)
} else := "unknown" if {
	_open_principal(statement)
} else := "pass"

_open_principal(statement) if {
	some principal in statement.principals
	not principal.type in {"Service", "AWS", "CanonicalUser"}
	plan.has_mark(principal)
}

# Keys of conditions that hold only callers of one's own choice, when they are compared with a value at all.
narrowing := {
	"aws:principalaccount",
	"aws:principalarn",
	"aws:principalorgid",
	"aws:principalorgpaths",
	"aws:sourceaccount",
	"aws:sourcearn",
	"aws:sourceip",
	"aws:sourceorgid",
	"aws:sourceorgpaths",
	"aws:sourcevpc",
	"aws:sourcevpce",
	"aws:userid",
	"aws:username",
	"aws:vpcsourceip",
	"kms:calleraccount",
	"s3:dataaccesspointaccount",
	"sns:endpoint",
}

# Whether a condition of a statement narrows who may call: "pass", "fail", or "unknown".
narrowed(statement) := "pass" if {
	some condition in statement.conditions
	_is_narrow(condition)
} else := "unknown" if {
	some condition in statement.conditions
	plan.has_mark(condition)
} else := "fail"

_is_narrow(condition) if {
	not plan.has_mark(condition)
	low(condition.variable) in narrowing
	_compares(condition.test)
	count(condition.values) > 0
	every value in condition.values {
		not _is_wide(value)
	}
}

# With IfExists a caller without the key is let in; a negated test lets in all but those named.
_compares(test) if regex.match(`^(?i)(ForAnyValue:)?(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like)|IpAddress)$`, test)

_is_wide(value) if regex.match(`^(\*|0\.0\.0\.0/[01]|128\.0\.0\.0/1|::/[01]|8000::/1|arn:\*|arn:aws[a-z-]*:[^:]*:[^:]*:\*:.*)$`, value)

_parsed(text) := document if {
	is_string(text)
	json.is_valid(text)
	document := json.unmarshal(text)
	every statement in _list(document.Statement) {
		is_object(statement)
	}
}

_of_json(document) := [_statement(one, index) | some index, one in _list(document.Statement)]

_statement(one, index) := {
	"name": object.get(one, "Sid", sprintf("%d", [index])),
	"effect": object.get(one, "Effect", "Deny"),
	"actions": _list(object.get(one, "Action", [])),
	"not_actions": _list(object.get(one, "NotAction", [])),
	"resources": _list(object.get(one, "Resource", [])),
	"not_resources": _list(object.get(one, "NotResource", [])),
	"principals": _principals(object.get(one, "Principal", {})),
	"not_principals": _principals(object.get(one, "NotPrincipal", {})),
	"conditions": [{"test": test, "variable": variable, "values": [sprintf("%v", [value]) | some value in _list(values)]} |
		some test, variables in object.get(one, "Condition", {})
		some variable, values in variables
	],
}

_principals("*") := [{"type": "*", "id": "*"}]

_principals(given) := [{"type": type, "id": id} | some type, ids in given; some id in _list(ids)] if given != "*"

_list(value) := value if is_array(value)

_list(value) := [value] if not is_array(value)

_of_data(document) := array.concat(
	[_statement_of_data(one, index) | some index, one in _items(document, "statement"); not plan.is_mark(one)],
	[statement |
		some source in ["source_policy_documents", "override_policy_documents"]
		some text in _items(document, source)
		some statement in _of_json(_parsed(text))
	],
)

_statement_of_data(one, index) := {
	"name": object.get(one, "sid", sprintf("%d", [index])),
	"effect": object.get(one, "effect", "Allow"),
	"actions": _items(one, "actions"),
	"not_actions": _items(one, "not_actions"),
	"resources": _items(one, "resources"),
	"not_resources": _items(one, "not_resources"),
	"principals": _pairs(_items(one, "principals")),
	"not_principals": _pairs(_items(one, "not_principals")),
	"conditions": [_condition(condition) | some condition in _items(one, "condition")],
}

_condition(block) := {"test": block, "variable": block, "values": []} if plan.is_mark(block)

_condition(block) := {
	"test": object.get(block, "test", ""),
	"variable": object.get(block, "variable", ""),
	"values": _items(block, "values"),
} if {
	not plan.is_mark(block)
}

# A list of which nothing is known is one open item.
_items(holder, key) := _list(object.get(holder, key, []))

_pairs(blocks) := [{"type": object.get(block, "type", ""), "id": id} |
	some block in blocks
	some id in _ids(block)
]

_ids(block) := [block] if {
	plan.is_mark(block)
} else := _items(block, "identifiers")

# A document that is made of others has their statements too, which may not be known.
_is_open(document) if {
	some key in ["statement", "source_policy_documents", "override_policy_documents"]
	some item in _items(document, key)
	plan.is_mark(item)
} else := false
