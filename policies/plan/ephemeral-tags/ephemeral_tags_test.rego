package hallmark.plan.ephemeral_tags_test

import data.hallmark.plan.ephemeral_tags
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("ephemeral-tags", example)
	found := ephemeral_tags.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("ephemeral-tags", example)
	found := ephemeral_tags.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("ephemeral-tags", example)
	found := ephemeral_tags.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_vpc.day: tags_all",
		"aws_vpc.empty: tags_all",
		"aws_vpc.forever: tags_all",
		"aws_vpc.never: tags_all",
		"aws_vpc.nobody: tags_all",
		"aws_vpc.stage: tags_all",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {"aws_vpc.all: tags_all.Environment"}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_vpc.day",
		"aws_vpc.empty",
		"aws_vpc.forever",
		"aws_vpc.never",
		"aws_vpc.nobody",
		"aws_vpc.stage",
	}
	_applies("pass") == {
		"aws_vpc.ephemeral",
		"aws_vpc.offset",
		"aws_vpc.stage",
		"aws_vpc.staging",
	}
	_applies("unknown") == {"aws_vpc.all"}
}

_denied(set) := plans.places(set, found) if {
	found := ephemeral_tags.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := ephemeral_tags.unknowns with input as set
}

_judged(set) := found if {
	found := ephemeral_tags.applies with input as set
}

_tagged(changes) := {"objects": [{"id": 0, "address": "a", "type": "aws_vpc", "exists": true, "taggable": true, "values": {"tags_all": object.union(_tags, changes)}}]}

_tags := {"Environment": "pr-1", "Owner": "team", "ExpiresAt": "2026-01-31T12:00:00Z"}

test_denies_whatever_is_no_instant if {
	every text in [
		"", "never", "2026-01-31", "2026-01-31T12:00:00", "2026-01-31 12:00:00Z", "x2026-01-31T12:00:00Z", "2026-01-31T12:00:00Zx",
		"2026-01-31T12:00Z",
	] {
		_denied(_tagged({"ExpiresAt": text})) == {"a: tags_all"}
	}
	every text in ["2026-01-31T12:00:00z", "2026-01-31t12:00:00.123Z", "2026-01-31T12:00:00-05:30"] {
		_denied(_tagged({"ExpiresAt": text})) == set()
	}
}

test_leaves_open_every_tag_that_decides if {
	every key in ["Environment", "Owner", "ExpiresAt"] {
		set := _tagged({key: plans.mark})
		_open(set) == {sprintf("a: tags_all.%s", [key])}
		_denied(set) == set()
	}
	stays := _tagged({"Environment": "production", "Owner": plans.mark, "ExpiresAt": plans.mark})
	_open(stays) == {"a: tags_all.ExpiresAt"}
	_denied(stays) == set()
}

test_allows_own_tags_beside_those_that_are_open if {
	set := {"objects": [object.union(_tagged({}).objects[0], {"values": {"tags": _tags, "tags_all": plans.mark}})]}
	_open(set) == set()
	_judged(set) == {0}
}

test_judges_what_exists_and_has_tags if {
	every change in [{"exists": false}, {"taggable": false}] {
		_judged({"objects": [object.union(_tagged({}).objects[0], change)]}) == set()
	}
	_judged({"objects": [object.union(_tagged({}).objects[0], {"values": {"tags_all": plans.mark}})]}) == {0}
}
