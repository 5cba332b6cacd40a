package hallmark.lib.ingress_test

import data.hallmark.lib.ingress
import data.hallmark.testing

_ingress := "networking.k8s.io/Ingress"

_second_rule := {"op": "add", "path": "/spec/rules/-", "value": {"http": {"paths": [
	{"path": "/a", "backend": {"service": {"name": "a", "port": {"number": 80}}}},
	{"path": "/b", "backend": {"service": {"name": "b", "port": {"number": 81}}}},
]}}}

test_knows_both_groups if {
	every type in [_ingress, "extensions/Ingress"] {
		set := testing.retyped(testing.all, _ingress, type)
		ids := ingress.ids with input as set
		testing.kinds(set, ids) == {"Ingress"}
	}
}

test_finds_every_rule_with_its_host if {
	found := ingress.rules with input as testing.changed(_ingress, [_second_rule])
	[[rule.path, rule.host] | some rule in found] == [
		[["spec", "rules", 0], "quotes.example.org"],
		[["spec", "rules", 1], ""],
	]
}

test_finds_the_backend_of_every_path if {
	found := ingress.path_backends with input as testing.changed(_ingress, [_second_rule])
	[[concat("/", [sprintf("%v", [step]) | some step in backend.path]), backend.namespace, ingress.services(backend)] | some backend in found] == [
		["spec/rules/0/http/paths/0/backend", "production", {{"name": "quotes", "port": "http"}}],
		["spec/rules/1/http/paths/0/backend", "production", {{"name": "a", "port": 80}}],
		["spec/rules/1/http/paths/1/backend", "production", {{"name": "b", "port": 81}}],
	]
}

test_finds_a_path_without_backend if {
	found := ingress.path_backends with input as testing.changed(_ingress, [{"op": "remove", "path": "/spec/rules/0/http/paths/0/backend"}])
	[[backend.said, ingress.services(backend)] | some backend in found] == [[{}, set()]]
}

test_finds_the_default_backend_of_every_version if {
	every field in ["defaultBackend", "backend"] {
		set := testing.changed(_ingress, [{"op": "add", "path": sprintf("/spec/%s", [field]), "value": {"serviceName": "a", "servicePort": "web"}}])
		found := ingress.default_backends with input as set
		[[backend.path, ingress.services(backend)] | some backend in found] == [[["spec", field], {{"name": "a", "port": "web"}}]]
	}
}

test_finds_no_default_backend_where_none_is if {
	found := ingress.default_backends with input as testing.all
	found == []
}
