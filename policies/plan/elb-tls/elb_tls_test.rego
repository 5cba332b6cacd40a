package hallmark.plan.elb_tls_test

import data.hallmark.plan.elb_tls
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("elb-tls", example)
	found := elb_tls.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("elb-tls", example)
	found := elb_tls.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("elb-tls", example)
	found := elb_tls.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_alb_listener.plain: protocol",
		"aws_lb_listener.left_out: protocol",
		"aws_lb_listener.no_policy: ssl_policy",
		"aws_lb_listener.old: ssl_policy",
		"aws_lb_listener.plain: protocol",
		"aws_lb_listener.redirect: protocol",
		"aws_lb_listener.same: protocol",
		"aws_lb_listener.tls11: ssl_policy",
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
		"aws_lb_listener.action: default_action",
		"aws_lb_listener.policy: ssl_policy",
		"aws_lb_listener.protocol: protocol",
		"aws_lb_listener.redirect: default_action",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_alb_listener.plain",
		"aws_lb_listener.left_out",
		"aws_lb_listener.no_policy",
		"aws_lb_listener.old",
		"aws_lb_listener.plain",
		"aws_lb_listener.redirect",
		"aws_lb_listener.same",
		"aws_lb_listener.tls11",
	}
	_applies("pass") == {
		"aws_alb_listener.plain",
		"aws_lb_listener.gateway",
		"aws_lb_listener.old",
		"aws_lb_listener.plain",
		"aws_lb_listener.redirect",
		"aws_lb_listener.tcp",
		"aws_lb_listener.tls11",
	}
	_applies("unknown") == {
		"aws_lb_listener.action",
		"aws_lb_listener.policy",
		"aws_lb_listener.protocol",
		"aws_lb_listener.redirect",
	}
}

_denied(set) := plans.places(set, found) if {
	found := elb_tls.violations with input as set
}

_open(set) := plans.places(set, found) if {
	found := elb_tls.unknowns with input as set
}

_plain(actions) := plans.only("elb-tls", "fail", "aws_lb_listener.plain", [{"op": "replace", "path": "/values/default_action", "value": actions}])

_redirect := {"type": "redirect", "redirect": [{"protocol": "HTTPS"}]}

test_allows_a_redirect_among_several_actions if {
	_denied(_plain([{"type": "authenticate-oidc"}, _redirect])) == set()
}

test_denies_a_redirect_that_is_not_the_action if {
	_denied(_plain([object.union(_redirect, {"type": "forward"})])) == {"aws_lb_listener.plain: protocol"}
}

test_denies_where_only_the_target_is_open if {
	set := _plain([{"type": "forward", "target_group_arn": plans.mark}])
	_denied(set) == {"aws_lb_listener.plain: protocol"}
	_open(set) == set()
}

test_leaves_open_actions_of_which_nothing_is_known if {
	_open(_plain(plans.mark)) == {"aws_lb_listener.plain: default_action"}
	_denied(_plain(plans.mark)) == set()
}

test_leaves_open_no_action_of_what_speaks_tls if {
	every protocol in ["HTTPS", "TLS", "TCP"] {
		set := plans.only("elb-tls", "unknown", "aws_lb_listener.action", [
			{"op": "add", "path": "/values/protocol", "value": protocol},
			{"op": "add", "path": "/values/ssl_policy", "value": "ELBSecurityPolicy-TLS13-1-2-2021-06"},
		])
		_open(set) == set()
	}
}

test_leaves_open_the_policy_of_what_speaks_tls_only if {
	expected := {"HTTPS": {"aws_lb_listener.policy: ssl_policy"}, "TLS": {"aws_lb_listener.policy: ssl_policy"}, "TCP": set()}
	every protocol, places in expected {
		_open(plans.only("elb-tls", "unknown", "aws_lb_listener.policy", [{"op": "add", "path": "/values/protocol", "value": protocol}])) == places
	}
}
