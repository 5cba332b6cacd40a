package hallmark.lib.environments_test

import data.hallmark.lib.environments
import data.hallmark.testing.plans

_verdict(values) := environments.ephemeral({"values": values})

test_knows_what_stays if {
	every name in ["bootstrap", "staging", "production", " production ", "", " "] {
		_verdict({"tags_all": {"Environment": name}}) == "fail"
		environments.was_ephemeral({"before": {"tags_all": {"Environment": name}}}) == "fail"
	}
	_verdict({}) == "fail"
	_verdict({"tags_all": {"Name": "a"}}) == "fail"
	environments.was_ephemeral({"before": {}}) == "fail"
}

test_knows_what_is_ephemeral if {
	every name in ["pr-1", "Production", "staging-2"] {
		_verdict({"tags_all": {"Environment": name}}) == "pass"
		environments.was_ephemeral({"before": {"tags_all": {"Environment": name}}}) == "pass"
	}
}

test_leaves_open_what_is_not_known if {
	_verdict({"tags_all": plans.mark}) == "unknown"
	_verdict({"tags_all": {"Environment": plans.mark}}) == "unknown"
	_verdict({"tags_all": plans.mark, "tags": {"Environment": "pr-1"}}) == "pass"
	_verdict({"tags_all": plans.mark, "tags": {"Environment": plans.mark}}) == "unknown"
}

test_finds_a_tag_of_all_before_its_own if {
	environments.tag({"values": {"tags_all": {"A": "1"}, "tags": {"A": "2"}}}, "A") == "1"
	environments.tag({"values": {"tags": {"A": "2"}}}, "A") == "2"
	not environments.tag({"values": {}}, "A")
}
