package hallmark.plan.s3_versioning_test

import data.hallmark.plan.s3_versioning
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("s3-versioning", example)
	found := s3_versioning.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("s3-versioning", example)
	found := s3_versioning.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("s3-versioning", example)
	found := s3_versioning.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_s3_bucket.alone: ",
		"aws_s3_bucket.disabled: ",
		"aws_s3_bucket.inline: ",
		"aws_s3_bucket.suspended: ",
		"aws_s3_bucket_versioning.disabled: versioning_configuration.0.status",
		"aws_s3_bucket_versioning.suspended: versioning_configuration.0.status",
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
		"aws_s3_bucket.inline: versioning.0.enabled",
		"aws_s3_bucket.named: ",
		"aws_s3_bucket.status: ",
		"aws_s3_bucket_versioning.status: versioning_configuration.0.status",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_s3_bucket.alone",
		"aws_s3_bucket.disabled",
		"aws_s3_bucket.inline",
		"aws_s3_bucket.suspended",
		"aws_s3_bucket_versioning.disabled",
		"aws_s3_bucket_versioning.other",
		"aws_s3_bucket_versioning.suspended",
	}
	_applies("pass") == {
		"aws_s3_bucket.alone",
		"aws_s3_bucket.inline",
		"aws_s3_bucket.suspended",
		"aws_s3_bucket_versioning.alone",
		"aws_s3_bucket_versioning.suspended",
	}
	_applies("unknown") == {
		"aws_s3_bucket.inline",
		"aws_s3_bucket.named",
		"aws_s3_bucket.status",
		"aws_s3_bucket_versioning.named",
		"aws_s3_bucket_versioning.status",
	}
}

_denied(set) := plans.places(set, found) if {
	found := s3_versioning.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := s3_versioning.unknowns with input as set
}

_bucket(values) := {"id": 0, "address": "aws_s3_bucket.a", "type": "aws_s3_bucket", "exists": true, "document": 0, "values": object.union({"bucket": "a"}, values)}

_versioning(values) := {"id": 1, "address": "aws_s3_bucket_versioning.a", "type": "aws_s3_bucket_versioning", "exists": true, "document": 0, "values": object.union({"bucket": "a"}, values)}

_set := {"versioning_configuration": [{"status": "Enabled"}]}

_made_later := {"versioning_configuration": [{"status": plans.mark}]}

test_leaves_nothing_open_of_a_bucket_with_what_is_whole if {
	inline := {"versioning": [{"enabled": true}]}
	inline_later := {"versioning": [{"enabled": plans.mark}]}
	_open({"objects": [_bucket(inline), _versioning(_made_later)]}) == {"aws_s3_bucket_versioning.a: versioning_configuration.0.status"}
	_open({"objects": [_bucket(inline_later), _versioning(_set)]}) == set()
	_open({"objects": [_bucket(inline_later)]}) == {"aws_s3_bucket.a: versioning.0.enabled"}
	_denied({"objects": [_bucket(inline_later)]}) == set()
}

test_says_what_is_open_of_another_resource if {
	later := s3_versioning.unknowns with input.objects as [_bucket({}), _versioning(_made_later)]
	{one.message | some one in later; one.object == 0} == {"versioning_configuration[0].status of aws_s3_bucket_versioning.a is known after apply only"}
	elsewhere := _versioning(object.union(_set, {"bucket": plans.mark}))
	linked := s3_versioning.unknowns with input.objects as [_bucket({}), elsewhere]
	{one.message | some one in linked; one.object == 0} == {"bucket of aws_s3_bucket_versioning.a is known after apply only"}
}
