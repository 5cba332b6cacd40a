package hallmark.plan.s3_access_logging_test

import data.hallmark.plan.s3_access_logging
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("s3-access-logging", example)
	found := s3_access_logging.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("s3-access-logging", example)
	found := s3_access_logging.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("s3-access-logging", example)
	found := s3_access_logging.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_s3_bucket.alone: ",
		"aws_s3_bucket.beside: ",
		"aws_s3_bucket.empty: ",
		"aws_s3_bucket_logging.nowhere: target_bucket",
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
		"aws_s3_bucket.inline: logging.0.target_bucket",
		"aws_s3_bucket.named: ",
		"aws_s3_bucket.target: ",
		"aws_s3_bucket_logging.target: target_bucket",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_s3_bucket.alone",
		"aws_s3_bucket.beside",
		"aws_s3_bucket.empty",
		"aws_s3_bucket_logging.nowhere",
		"aws_s3_bucket_logging.other",
	}
	_applies("pass") == {
		"aws_s3_bucket.alone",
		"aws_s3_bucket.inline",
		"aws_s3_bucket.logs",
		"aws_s3_bucket.named",
		"aws_s3_bucket_logging.alone",
		"aws_s3_bucket_logging.named",
	}
	_applies("unknown") == {
		"aws_s3_bucket.inline",
		"aws_s3_bucket.named",
		"aws_s3_bucket.target",
		"aws_s3_bucket_logging.named",
		"aws_s3_bucket_logging.target",
	}
}

_denied(set) := plans.places(set, found) if {
	found := s3_access_logging.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := s3_access_logging.unknowns with input as set
}

_bucket(values) := {"id": 0, "address": "aws_s3_bucket.a", "type": "aws_s3_bucket", "exists": true, "document": 0, "values": object.union({"bucket": "a"}, values)}

_logging(values) := {"id": 1, "address": "aws_s3_bucket_logging.a", "type": "aws_s3_bucket_logging", "exists": true, "document": 0, "values": object.union({"bucket": "a"}, values)}

_set := {"target_bucket": "logs"}

_made_later := {"target_bucket": plans.mark}

test_leaves_nothing_open_of_a_bucket_with_what_is_whole if {
	inline := {"logging": [{"target_bucket": "logs"}]}
	inline_later := {"logging": [{"target_bucket": plans.mark}]}
	_open({"objects": [_bucket(inline), _logging(_made_later)]}) == {"aws_s3_bucket_logging.a: target_bucket"}
	_open({"objects": [_bucket(inline_later), _logging(_set)]}) == set()
	_open({"objects": [_bucket(inline_later)]}) == {"aws_s3_bucket.a: logging.0.target_bucket"}
	_denied({"objects": [_bucket(inline_later)]}) == set()
}

test_says_what_is_open_of_another_resource if {
	later := s3_access_logging.unknowns with input.objects as [_bucket({}), _logging(_made_later)]
	{one.message | some one in later; one.object == 0} == {"target_bucket of aws_s3_bucket_logging.a is known after apply only"}
	elsewhere := _logging(object.union(_set, {"bucket": plans.mark}))
	linked := s3_access_logging.unknowns with input.objects as [_bucket({}), elsewhere]
	{one.message | some one in linked; one.object == 0} == {"bucket of aws_s3_bucket_logging.a is known after apply only"}
}
