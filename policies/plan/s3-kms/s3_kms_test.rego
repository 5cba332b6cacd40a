package hallmark.plan.s3_kms_test

import data.hallmark.plan.s3_kms
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("s3-kms", example)
	found := s3_kms.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("s3-kms", example)
	found := s3_kms.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("s3-kms", example)
	found := s3_kms.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_s3_bucket.alone: ",
		"aws_s3_bucket.empty: ",
		"aws_s3_bucket.inline: ",
		"aws_s3_bucket.own: ",
		"aws_s3_bucket_server_side_encryption_configuration.empty: rule.0.apply_server_side_encryption_by_default.0.sse_algorithm",
		"aws_s3_bucket_server_side_encryption_configuration.own: rule.0.apply_server_side_encryption_by_default.0.sse_algorithm",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {
		"aws_s3_bucket.algorithm: ",
		"aws_s3_bucket.inline: server_side_encryption_configuration.0.rule.0.apply_server_side_encryption_by_default.0.sse_algorithm",
		"aws_s3_bucket.named: ",
		"aws_s3_bucket_server_side_encryption_configuration.algorithm: rule.0.apply_server_side_encryption_by_default.0.sse_algorithm",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_s3_bucket.alone",
		"aws_s3_bucket.empty",
		"aws_s3_bucket.inline",
		"aws_s3_bucket.own",
		"aws_s3_bucket_server_side_encryption_configuration.empty",
		"aws_s3_bucket_server_side_encryption_configuration.other",
		"aws_s3_bucket_server_side_encryption_configuration.own",
	}
	_applies("pass") == {
		"aws_s3_bucket.alone",
		"aws_s3_bucket.inline",
		"aws_s3_bucket.logs",
		"aws_s3_bucket.logs_by_default",
		"aws_s3_bucket.own",
		"aws_s3_bucket_server_side_encryption_configuration.alone",
		"aws_s3_bucket_server_side_encryption_configuration.logs",
		"aws_s3_bucket_server_side_encryption_configuration.own",
	}
	_applies("unknown") == {
		"aws_s3_bucket.algorithm",
		"aws_s3_bucket.inline",
		"aws_s3_bucket.named",
		"aws_s3_bucket_server_side_encryption_configuration.algorithm",
		"aws_s3_bucket_server_side_encryption_configuration.named",
	}
}

_denied(set) := plans.places(set, found) if {
	found := s3_kms.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := s3_kms.unknowns with input as set
}

_bucket(values) := {"id": 0, "address": "aws_s3_bucket.a", "type": "aws_s3_bucket", "exists": true, "document": 0, "values": object.union({"bucket": "a"}, values)}

_encryption(values) := {"id": 1, "address": "aws_s3_bucket_server_side_encryption_configuration.a", "type": "aws_s3_bucket_server_side_encryption_configuration", "exists": true, "document": 0, "values": object.union({"bucket": "a"}, values)}

_set := {"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "aws:kms"}]}]}

_made_later := {"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": plans.mark}]}]}

test_leaves_nothing_open_of_a_bucket_with_what_is_whole if {
	inline := {"server_side_encryption_configuration": [{"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "aws:kms"}]}]}]}
	inline_later := {"server_side_encryption_configuration": [{"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": plans.mark}]}]}]}
	_open({"objects": [_bucket(inline), _encryption(_made_later)]}) == {"aws_s3_bucket_server_side_encryption_configuration.a: rule.0.apply_server_side_encryption_by_default.0.sse_algorithm"}
	_open({"objects": [_bucket(inline_later), _encryption(_set)]}) == set()
	_open({"objects": [_bucket(inline_later)]}) == {"aws_s3_bucket.a: server_side_encryption_configuration.0.rule.0.apply_server_side_encryption_by_default.0.sse_algorithm"}
	_denied({"objects": [_bucket(inline_later)]}) == set()
}

test_says_what_is_open_of_another_resource if {
	later := s3_kms.unknowns with input.objects as [_bucket({}), _encryption(_made_later)]
	{one.message | some one in later; one.object == 0} == {"rule[0].apply_server_side_encryption_by_default[0].sse_algorithm of aws_s3_bucket_server_side_encryption_configuration.a is known after apply only"}
	elsewhere := _encryption(object.union(_set, {"bucket": plans.mark}))
	linked := s3_kms.unknowns with input.objects as [_bucket({}), elsewhere]
	{one.message | some one in linked; one.object == 0} == {"bucket of aws_s3_bucket_server_side_encryption_configuration.a is known after apply only"}
}

test_allows_a_bucket_for_logs_of_the_same_document_only if {
	logging := {"id": 2, "address": "aws_s3_bucket_logging.a", "type": "aws_s3_bucket_logging", "exists": true, "document": 0, "values": {"bucket": "b", "target_bucket": "a"}}
	own := _encryption({})
	_denied({"objects": [_bucket({}), own, logging]}) == set()
	_denied({"objects": [_bucket({}), own, object.union(logging, {"document": 1})]}) == {"aws_s3_bucket.a: ", "aws_s3_bucket_server_side_encryption_configuration.a: rule.0.apply_server_side_encryption_by_default.0.sse_algorithm"}
	_denied({"objects": [_bucket({}), own, object.union(logging, {"values": {"target_bucket": "c"}})]}) == {"aws_s3_bucket.a: ", "aws_s3_bucket_server_side_encryption_configuration.a: rule.0.apply_server_side_encryption_by_default.0.sse_algorithm"}
}
