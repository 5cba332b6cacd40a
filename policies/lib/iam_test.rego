package hallmark.lib.iam_test

import data.hallmark.lib.iam
import data.hallmark.testing.plans

_mark := {"$unknown": {"references": ["a.b"], "resources": ["a.b"], "types": ["a"], "opaque": false}}

_entry(policy, documents) := {
	"id": 3,
	"address": "aws_iam_policy.a",
	"type": "aws_iam_policy",
	"values": {"policy": policy},
	"documents": documents,
}

_read(policy) := iam.read(_entry(policy, {}), ["policy"])

_made(values) := iam.read(_entry(_mark, {"policy": values}), ["policy"])

_empty := {
	"name": "0",
	"effect": "Allow",
	"actions": [],
	"not_actions": [],
	"resources": [],
	"not_resources": [],
	"principals": [],
	"not_principals": [],
	"conditions": [],
}

test_json_in_any_of_its_spellings_is_read if {
	text := json.marshal({"Statement": {
		"Sid": "One",
		"Effect": "Allow",
		"Action": "s3:*",
		"Resource": ["a", "b"],
		"Principal": {"AWS": ["*", "1"], "Service": "ec2.amazonaws.com"},
		"Condition": {"Bool": {"aws:SecureTransport": false}, "StringLike": {"aws:SourceArn": ["x", "y"]}},
	}})
	_read(text) == {"open": false, "statements": [object.union(_empty, {
		"name": "One",
		"actions": ["s3:*"],
		"resources": ["a", "b"],
		"principals": [{"type": "AWS", "id": "*"}, {"type": "AWS", "id": "1"}, {"type": "Service", "id": "ec2.amazonaws.com"}],
		"conditions": [
			{"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]},
			{"test": "StringLike", "variable": "aws:SourceArn", "values": ["x", "y"]},
		],
	})]}
}

test_json_of_what_is_excepted_is_read if {
	text := json.marshal({"Statement": [
		{"Effect": "Allow", "NotAction": "a", "NotResource": "b", "NotPrincipal": {"AWS": "c"}},
		{"Principal": "*"},
	]})
	_read(text).statements == [
		object.union(_empty, {"not_actions": ["a"], "not_resources": ["b"], "not_principals": [{"type": "AWS", "id": "c"}]}),
		object.union(_empty, {"name": "1", "effect": "Deny", "principals": [{"type": "*", "id": "*"}]}),
	]
}

test_what_is_no_document_is_open if {
	every text in [" ", "x", "[]", "{}", `{"Statement": ["a"]}`, `{"Statement": [{}, 1]}`, 7, _mark] {
		_read(text) == {"statements": [], "open": true}
	}
	iam.unknown(_entry("x", {}), ["policy"]) == {"object": 3, "path": ["policy"], "message": "is no policy document that can be read"}
	iam.unknown(_entry(_mark, {}), ["policy"]).message == "policy of aws_iam_policy.a is known after apply only: it depends on a.b"
}

test_a_document_deep_in_a_resource_is_not_the_one_of_an_argument if {
	entry := {"id": 3, "values": {"inline_policy": [{"policy": _mark}]}, "documents": {"inline_policy": {"statement": []}}}
	iam.read(entry, ["inline_policy", 0, "policy"]) == {"statements": [], "open": true}
}

test_no_document_is_nothing if {
	iam.read({"id": 3, "values": {}, "documents": {}}, ["policy"]) == {"statements": [], "open": false}
}

test_a_document_that_is_made_later_is_read_as_far_as_it_is_known if {
	_made({"statement": [{"actions": ["*"], "resources": [_mark]}]}) == {
		"statements": [object.union(_empty, {"actions": ["*"], "resources": [_mark]})],
		"open": false,
	}
	_made({"statement": [{
		"sid": "One",
		"effect": "Deny",
		"not_actions": ["a"],
		"not_resources": ["b"],
		"principals": [{"type": "AWS", "identifiers": ["c", _mark]}, _mark],
		"not_principals": [{"type": "AWS", "identifiers": _mark}],
		"condition": [{"test": "Bool", "variable": "d", "values": ["e"]}, {}, _mark],
	}]}).statements == [object.union(_empty, {
		"name": "One",
		"effect": "Deny",
		"not_actions": ["a"],
		"not_resources": ["b"],
		"principals": [{"type": "AWS", "id": "c"}, {"type": "AWS", "id": _mark}, {"type": "", "id": _mark}],
		"not_principals": [{"type": "AWS", "id": _mark}],
		"conditions": [{"test": "Bool", "variable": "d", "values": ["e"]}, {"test": "", "variable": "", "values": []}, {"test": _mark, "variable": _mark, "values": []}],
	})]
}

test_a_document_of_others_has_their_statements if {
	text := json.marshal({"Statement": [{"Effect": "Allow", "Action": "*"}]})
	star := object.union(_empty, {"actions": ["*"]})
	_made({"source_policy_documents": [text]}) == {"statements": [star], "open": false}
	_made({"override_policy_documents": [text, _mark]}) == {"statements": [star], "open": true}
	_made({"source_policy_documents": _mark}) == {"statements": [], "open": true}
	_made({"statement": _mark}) == {"statements": [], "open": true}
	_made({"statement": [{"actions": ["*"]}, _mark]}) == {"statements": [star], "open": true}
}

test_permissions_stand_where_the_type_has_them if {
	iam.permissions(_entry("x", {})) == [["policy"]]
	role := {"type": "aws_iam_role", "values": {"inline_policy": [{}, {}]}}
	iam.permissions(role) == [["inline_policy", 0, "policy"], ["inline_policy", 1, "policy"]]
	iam.permissions({"type": "aws_iam_role", "values": {"inline_policy": _mark}}) == [["inline_policy", 0, "policy"]]
	iam.permissions({"type": "aws_iam_role", "values": {}}) == []
	every type in iam.granting {
		is_array(iam.permissions({"type": type, "values": {}}))
	}
}

test_verdicts_over_parts_of_a_statement if {
	iam.allowing({"effect": "Allow"}) == "fail"
	iam.allowing({"effect": "Deny"}) == "pass"
	iam.allowing({"effect": _mark}) == "unknown"
	iam.has(["a", "S3:*"], {"s3:*"}) == "fail"
	iam.has([_mark, "*"], iam.every_action) == "fail"
	iam.has([_mark, "s3:*"], iam.every_action) == "unknown"
	iam.has(["s3:*"], iam.every_action) == "pass"
	iam.has(["*:*"], iam.every_action) == "fail"
	iam.low("S3:*") == "s3:*"
	iam.low(_mark) == _mark
}

_public(principals) := iam.public(object.union(_empty, {"principals": principals}))

test_everybody_is_public if {
	_public([{"type": "*", "id": "*"}]) == "fail"
	_public([{"type": "AWS", "id": "1"}, {"type": "AWS", "id": "*"}]) == "fail"
	_public([{"type": "AWS", "id": _mark}, {"type": "AWS", "id": "*"}]) == "fail"
	_public([{"type": "AWS", "id": _mark}]) == "unknown"
	_public([{"type": "AWS", "id": "1"}]) == "pass"
	_public([{"type": "Service", "id": "*"}]) == "pass"
	_public([]) == "pass"
	iam.public(object.union(_empty, {"not_principals": [{"type": "AWS", "id": "1"}]})) == "fail"
}

_narrowed(test, variable, values) := iam.narrowed({"conditions": [{"test": test, "variable": variable, "values": values}]})

test_conditions_narrow_by_who_calls if {
	every one in [
		["StringEquals", "aws:PrincipalOrgID", ["o-1"]],
		["stringlike", "AWS:SourceAccount", ["123456789012"]],
		["ForAnyValue:StringEquals", "aws:PrincipalOrgPaths", ["o-1/*"]],
		["ArnLike", "aws:SourceArn", ["arn:aws:s3:::bucket"]],
		["ArnLike", "aws:SourceArn", ["arn:aws:sns:eu-central-1:123456789012:*"]],
		["IpAddress", "aws:SourceIp", ["192.0.2.0/24"]],
	] {
		_narrowed(one[0], one[1], one[2]) == "pass"
	}
}

test_conditions_that_let_in_others_do_not_narrow if {
	every one in [
		["Bool", "aws:SecureTransport", ["true"]],
		["StringNotEquals", "aws:PrincipalOrgID", ["o-1"]],
		["StringEqualsIfExists", "aws:PrincipalOrgID", ["o-1"]],
		["ForAllValues:StringEquals", "aws:PrincipalOrgPaths", ["o-1/*"]],
		["StringLike", "aws:SourceAccount", ["*"]],
		["StringEquals", "aws:SourceAccount", []],
		["ArnLike", "aws:SourceArn", ["arn:aws:s3:::bucket", "*"]],
		["ArnLike", "aws:SourceArn", ["arn:aws:sns:*:*:*"]],
		["IpAddress", "aws:SourceIp", ["0.0.0.0/0"]],
		["StringEquals", "s3:x-amz-acl", ["private"]],
	] {
		_narrowed(one[0], one[1], one[2]) == "fail"
	}
	iam.narrowed({"conditions": []}) == "fail"
}

test_conditions_that_are_not_known_may_narrow if {
	_narrowed("StringEquals", "aws:SourceAccount", [_mark]) == "unknown"
	_narrowed(_mark, "aws:SourceAccount", ["1"]) == "unknown"
}

test_every_key_that_holds_callers_of_ones_choice_narrows if {
	every key in [
		"aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:SourceAccount",
		"aws:SourceArn", "aws:SourceIp", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceVpc", "aws:SourceVpce",
		"aws:userid", "aws:username", "aws:VpcSourceIp", "kms:CallerAccount", "s3:DataAccessPointAccount", "sns:Endpoint",
	] {
		iam.narrowed({"conditions": [{"test": "StringEquals", "variable": key, "values": ["a"]}]}) == "pass"
	}
}

_trusting(principals, conditions) := {"principals": principals, "conditions": conditions}

test_trusts_an_issuer_by_its_provider if {
	issuer := "example.org"
	federated := {"type": "Federated", "id": "arn:aws:iam::123456789012:oidc-provider/example.org"}
	about := {"test": "StringEquals", "variable": "Example.org:sub", "values": ["a"]}
	iam.trusts(_trusting([federated], []), issuer) == "fail"
	iam.trusts(_trusting([object.union(federated, {"type": "Service"})], [about]), issuer) == "pass"
	iam.trusts(_trusting([object.union(federated, {"id": "arn:aws:iam::123456789012:oidc-provider/example.net"})], []), issuer) == "pass"
}

test_trusts_an_issuer_that_is_made_later_by_the_conditions if {
	made := {"type": "Federated", "id": plans.mark}
	about := {"test": "StringEquals", "variable": "Example.org:sub", "values": ["a"]}
	iam.trusts(_trusting([made], [about]), "example.org") == "fail"
	iam.trusts(_trusting([made], []), "example.org") == "unknown"
	iam.trusts(_trusting([made], [object.union(about, {"variable": plans.mark})]), "example.org") == "unknown"
	every type in ["Service", "AWS", "CanonicalUser"] {
		iam.trusts(_trusting([object.union(made, {"type": type})], [about]), "example.org") == "pass"
	}
}

test_reads_no_statement_where_there_is_no_document if {
	every values in [{}, {"policy": ""}] {
		iam.read({"values": values, "documents": {}}, ["policy"]) == {"statements": [], "open": false}
	}
	iam.read({"values": {"policy": " "}, "documents": {}}, ["policy"]) == {"statements": [], "open": true}
	iam.read({"values": {"policy": plans.mark}, "documents": {}}, ["policy"]) == {"statements": [], "open": true}
	iam.read({"values": {"inline_policy": plans.mark}, "documents": {}}, ["inline_policy", 0, "policy"]) == {"statements": [], "open": true}
}
