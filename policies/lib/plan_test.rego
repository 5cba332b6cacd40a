package hallmark.lib.plan_test

import data.hallmark.lib.plan

_mark(resources, types, opaque) := {"$unknown": {"references": ["a.b"], "resources": resources, "types": types, "opaque": opaque}}

_key := _mark(["aws_kms_key.a"], ["aws_kms_key"], false)

_entry := {"id": 7, "address": "aws_x.a", "type": "aws_x", "exists": true, "document": 0, "values": {
	"known": "a",
	"empty": "",
	"none": [],
	"nothing": {},
	"number": 0,
	"open": _mark(["terraform_data.a"], ["terraform_data"], false),
	"local": _mark([], [], true),
	"key": _key,
	"either": _mark(["aws_kms_key.a", "terraform_data.a"], ["aws_kms_key", "terraform_data"], false),
	"list": ["a", _mark([], [], true)],
	"block": [{"inner": "b", "open": _key}, {"inner": "c"}],
}}

test_states_of_arguments if {
	plan.get(_entry, ["known"]) == {"state": "known", "value": "a"}
	plan.get(_entry, ["empty"]) == {"state": "known", "value": ""}
	plan.get(_entry, ["block", 1, "inner"]) == {"state": "known", "value": "c"}
	plan.get(_entry, ["open"]) == {"state": "unknown"}
	plan.get(_entry, ["open", 0, "inner"]) == {"state": "unknown"}
	plan.get(_entry, ["block", 0, "open"]) == {"state": "unknown"}
	plan.get(_entry, ["list"]).state == "known"
	plan.get(_entry, ["block", 1, "open"]) == {"state": "absent"}
	plan.get(_entry, ["block", 2, "inner"]) == {"state": "absent"}
}

test_verdict_takes_the_default_for_what_is_left_out if {
	plan.verdict(_entry, ["known"], "b", {"a"}) == "pass"
	plan.verdict(_entry, ["known"], "a", {"b"}) == "fail"
	plan.verdict(_entry, ["left_out"], "a", {"a"}) == "pass"
	plan.verdict(_entry, ["left_out"], "b", {"a"}) == "fail"
	plan.verdict(_entry, ["open"], "a", {"a"}) == "unknown"
}

test_given_is_what_has_anything_in_it if {
	given := {path: plan.given(_entry, [path]) | some path in ["known", "number", "empty", "none", "nothing", "left_out", "open", "list"]}
	given == {"known": "pass", "number": "pass", "empty": "fail", "none": "fail", "nothing": "fail", "left_out": "fail", "open": "unknown", "list": "pass"}
}

test_key_given_is_a_name_or_a_key_that_is_made if {
	given := {path: plan.key_given(_entry, [path]) | some path in ["known", "left_out", "open", "local", "key", "either"]}
	given == {"known": "pass", "left_out": "fail", "open": "unknown", "local": "unknown", "key": "pass", "either": "unknown"}
}

test_refers_to_nothing_else if {
	plan.refers(_entry, ["key"], {"aws_kms_key", "aws_x"})
	plan.refers(_entry, ["either"], {"aws_kms_key", "terraform_data"})
	not plan.refers(_entry, ["either"], {"aws_kms_key"})
	not plan.refers(_entry, ["local"], {"aws_kms_key"})
	not plan.refers(_entry, ["known"], {"aws_kms_key"})
	not plan.refers({"values": {"none": {"$unknown": {"types": [], "opaque": false}}}}, ["none"], {"aws_kms_key"})
	not plan.refers({"values": {"opaque": _mark([], ["aws_kms_key"], true)}}, ["opaque"], {"aws_kms_key"})
}

test_key_given_is_a_key_of_every_type if {
	every type in ["aws_kms_key", "aws_kms_alias", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"] {
		plan.key_given({"values": {"key": _mark([sprintf("%s.a", [type])], [type], false)}}, ["key"]) == "pass"
	}
}

test_marks_are_found_at_any_depth if {
	plan.has_mark(_entry.values.block)
	plan.has_mark(_entry.values.open)
	not plan.has_mark(_entry.values.known)
	not plan.is_mark(_entry.values.block)
	not plan.is_mark(_entry.values.known)
}

test_blocks_have_their_paths if {
	plan.blocks(_entry, "block") == [
		{"path": ["block", 0], "value": {"inner": "b", "open": _key}},
		{"path": ["block", 1], "value": {"inner": "c"}},
	]
	plan.blocks(_entry, "left_out") == []
	plan.blocks(_entry, "list") == [{"path": ["list", 0], "value": "a"}]
	plan.blocks(_entry, "open") == []
}

test_blocks_are_open_when_they_are_unknown_or_not_written if {
	plan.blocks_open(_entry, "open")
	plan.blocks_open(object.union(_entry, {"computed": ["hidden"]}), "hidden")
	not plan.blocks_open(object.union(_entry, {"computed": []}), "block")
}

test_what_does_not_exist_is_left_out if {
	set := [_entry, object.union(_entry, {"id": 8, "exists": false}), object.union(_entry, {"id": 9, "type": "aws_y"})]
	plan.ids({"aws_x"}) == {7} with input.objects as set
	plan.ids({"aws_x", "aws_y"}) == {7, 9} with input.objects as set
}

_depending(references) := {"$unknown": {"references": references, "resources": [], "types": [], "opaque": false}}

test_unknown_says_on_what_it_depends if {
	plan.unknown(_entry, ["block", 0, "open"]) == {
		"object": 7,
		"path": ["block", 0, "open"],
		"message": "block[0].open of aws_x.a is known after apply only: it depends on a.b",
	}
	plan.unknown(_entry, ["open", 0, "inner"]).message == "open[0].inner of aws_x.a is known after apply only: it depends on a.b"
	plan.unknown(_entry, ["list"]).message == "list of aws_x.a is known after apply only: it depends on a.b"
	both := {"address": "aws_x.a", "id": 1, "values": {"a": [{"b": _depending(["y.y", "x.x"]), "c": _depending(["z.z"])}]}}
	plan.unknown(both, ["a", 0, "b"]).message == "a[0].b of aws_x.a is known after apply only: it depends on x.x, y.y"
	plan.unknown(both, ["a", 0, "b", 0, "d"]).message == "a[0].b[0].d of aws_x.a is known after apply only: it depends on x.x, y.y"
	plan.unknown(_entry, ["known"]).message == "known of aws_x.a is known after apply only"
	plan.unknown_of({"id": 3}, _entry, ["known"]) == {"object": 3, "path": [], "message": "known of aws_x.a is known after apply only"}
}

_bucket(values) := {"id": 1, "address": "aws_b.a", "type": "aws_b", "exists": true, "document": 0, "values": values}

_companions(bucket, link) := [count(found.sure), count(found.possible)] if {
	companion := {"id": 2, "address": "aws_c.a", "type": "aws_c", "exists": true, "document": 0, "values": {"bucket": link}}
	found := plan.companions(bucket, "aws_c", "bucket") with input.objects as [bucket, companion]
}

test_companions_are_sure_by_name_or_reference if {
	_companions(_bucket({"bucket": "a"}), "a") == [1, 0]
	_companions(_bucket({"id": "a"}), "a") == [1, 0]
	_companions(_bucket({"arn": "a"}), "a") == [1, 0]
	_companions(_bucket({"name": "a"}), "a") == [1, 0]
	_companions(_bucket({"prefix": "a"}), "a") == [0, 0]
	_companions(_bucket({"bucket": "a"}), "b") == [0, 0]
	_companions(_bucket({"bucket": "a"}), _mark(["aws_b.a"], ["aws_b"], false)) == [1, 0]
	_companions(_bucket({"bucket": "a"}), _mark(["aws_b.b"], ["aws_b"], false)) == [0, 0]
}

test_companions_are_possible_when_the_reference_is_not_to_it_alone if {
	_companions(_bucket({}), _mark(["aws_b.a", "aws_b.b"], ["aws_b"], false)) == [0, 1]
	_companions(_bucket({}), _mark(["aws_b.a"], ["aws_b"], true)) == [0, 1]
	_companions(_bucket({}), _mark([], [], true)) == [0, 1]
	_companions(_bucket({}), {"$unknown": {"references": [], "resources": [], "types": [], "opaque": false}}) == [0, 0]
	_companions(_bucket({"bucket": _mark(["random_id.a"], ["random_id"], false)}), _mark(["random_id.a"], ["random_id"], false)) == [0, 1]
	_companions(_bucket({"prefix": _mark(["random_id.a"], ["random_id"], false)}), _mark(["random_id.a"], ["random_id"], false)) == [0, 0]
	_companions(_bucket({"bucket": _depending([])}), _depending([])) == [0, 0]
}

test_companions_are_of_the_same_plan if {
	bucket := _bucket({"bucket": "a"})
	other := {"id": 2, "address": "aws_c.a", "type": "aws_c", "exists": true, "document": 1, "values": {"bucket": "a"}}
	found := plan.companions(bucket, "aws_c", "bucket") with input.objects as [bucket, other]
	found == {"sure": [], "possible": []}
}

test_violation_names_resource_path_and_message if {
	plan.violation(_entry, ["known"], "is wrong") == {"object": 7, "path": ["known"], "message": "is wrong"}
}

test_verdicts_are_joined if {
	plan.together({"fail", "unknown", "pass"}) == "pass"
	plan.together({"fail", "unknown"}) == "unknown"
	plan.together({"fail"}) == "fail"
	plan.worst({"fail", "unknown", "pass"}) == "fail"
	plan.worst({"unknown", "pass"}) == "unknown"
	plan.worst({"pass"}) == "pass"
	plan.worst(set()) == "pass"
	every verdicts in [set(), {"denied"}, {"fail", "denied"}] {
		not plan.together(verdicts)
	}
	not plan.worst({"pass", "denied"})
}

test_one_companion_must_pass if {
	found := {"sure": [{"id": 1}, {"id": 2}], "possible": [{"id": 3}]}
	plan.by_companions(found, {1: "fail", 2: "pass", 3: "fail"}) == "pass"
	plan.by_companions(found, {1: "fail", 2: "fail", 3: "fail"}) == "fail"
	plan.by_companions(found, {1: "fail", 2: "unknown", 3: "fail"}) == "unknown"
	plan.by_companions(found, {1: "fail", 2: "fail", 3: "pass"}) == "unknown"
	plan.by_companions({"sure": [], "possible": []}, {}) == "fail"
}

test_open_companions_are_named if {
	sure := object.union(_entry, {"id": 1, "address": "aws_c.sure"})
	other := object.union(_entry, {"id": 2, "address": "aws_c.other"})
	found := {"sure": [sure, other], "possible": [other, object.union(sure, {"id": 3})]}
	said := plan.open_companions(_entry, found, {1: "unknown", 2: "pass", 3: "fail"}, "open", ["key"])
	said == {
		plan.unknown_of(_entry, other, ["open"]),
		plan.unknown_of(_entry, sure, ["key"]),
	}
}
