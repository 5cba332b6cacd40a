package hallmark.workflows.wf_gate_test

import data.hallmark.testing.workflows
import data.hallmark.workflows.wf_gate

test_denies_its_example if {
	set := workflows.set(["wf-gate/fail"])
	found := wf_gate.violations with input as set
	workflows.places(found) == {"jobs/gate"}
}

test_allows_what_is_as_it_should_be if {
	set := workflows.set(["wf-gate/pass"])
	count(wf_gate.violations) == 0 with input as set
}

test_denies_reads_nothing if {
	set := workflows.set(["wf-gate/fail-reads-nothing"])
	found := wf_gate.violations with input as set
	workflows.places(found) == {"jobs/gate"}
}

test_denies_failure_only if {
	set := workflows.set(["wf-gate/fail-failure-only"])
	found := wf_gate.violations with input as set
	workflows.places(found) == {"jobs/ci-ok"}
}

test_denies_names if {
	set := workflows.set(["wf-gate/fail-names"])
	found := wf_gate.violations with input as set
	workflows.places(found) == {"jobs/required", "jobs/all-green", "jobs/all_checks", "jobs/allpassed", "jobs/ci-success", "jobs/ci-passed", "jobs/conclusion", "jobs/last"}
}

test_allows_others if {
	set := workflows.set(["wf-gate/pass-others"])
	count(wf_gate.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := workflows.set(["wf-gate/fail", "testing/plain"])
	wf_gate.applies == {0} with input as set
}
