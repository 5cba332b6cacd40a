package hallmark.plan.required_tags_test

import data.hallmark.plan.required_tags
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("required-tags", example)
	found := required_tags.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("required-tags", example)
	found := required_tags.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("required-tags", example)
	found := required_tags.applies with input as set
}

test_denies_nothing if {
	_violations("fail-nothing") == {"aws_vpc.nothing: tags_all"}
	_unknowns("fail-nothing") == set()
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_vpc.default_only: tags_all",
		"aws_vpc.empty: tags_all",
		"aws_vpc.lacks: tags_all",
		"aws_vpc.overridden: tags_all",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_default if {
	_violations("unknown-default") == set()
	_unknowns("unknown-default") == {
		"aws_vpc.by_default: tags_all.Environment",
		"aws_vpc.by_default: tags_all.Owner",
		"aws_vpc.by_default: tags_all.Project",
	}
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {
		"aws_vpc.value: tags_all.Environment",
		"aws_vpc.value: tags_all.Owner",
		"aws_vpc.value: tags_all.Project",
		"aws_vpc.whole: tags_all.Environment",
		"aws_vpc.whole: tags_all.Owner",
		"aws_vpc.whole: tags_all.Project",
	}
}

test_applies_to_its_types_only if {
	_applies("fail-nothing") == {"aws_vpc.nothing"}
	_applies("fail") == {
		"aws_vpc.default_only",
		"aws_vpc.empty",
		"aws_vpc.lacks",
		"aws_vpc.overridden",
	}
	_applies("pass") == {
		"aws_vpc.empty",
		"aws_vpc.lacks",
	}
	_applies("unknown-default") == {"aws_vpc.by_default"}
	_applies("unknown") == {
		"aws_vpc.value",
		"aws_vpc.whole",
	}
}

_denied(set) := plans.places(set, found) if {
	found := required_tags.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := required_tags.unknowns with input as set
}

_judged(set) := found if {
	found := required_tags.applies with input as set
}

test_judges_nothing_that_goes_away if {
	_judged(plans.only("required-tags", "fail", "aws_vpc.lacks", [{"op": "replace", "path": "/exists", "value": false}])) == set()
}

test_judges_nothing_where_no_tag_is_required if {
	found := required_tags.applies with input as plans.of("required-tags", "fail")
		with data.parameters.required_tags as []
	found == set()
	judged := required_tags.applies with input as plans.of("required-tags", "fail")
		with data.parameters.required_tags as ["Owner"]
	judged == required_tags.applies with input as plans.of("required-tags", "fail")
}

test_allows_tags_of_its_own_beside_those_that_are_open if {
	tags := {"Environment": "staging", "Owner": "team", "Project": "quotes"}
	set := plans.only("required-tags", "unknown", "aws_vpc.whole", [{"op": "add", "path": "/values/tags", "value": tags}, {"op": "add", "path": "/values/tags_all", "value": plans.mark}])
	_open(set) == set()
	_denied(set) == set()
}

test_leaves_open_a_single_tag if {
	tags := {"Environment": plans.mark, "Owner": "team", "Project": "quotes"}
	set := plans.only("required-tags", "pass", "aws_vpc.empty", [{"op": "remove", "path": "/values/tags"}, {"op": "add", "path": "/values/tags_all", "value": tags}])
	_open(set) == {"aws_vpc.empty: tags_all.Environment"}
	_denied(set) == set()
}
