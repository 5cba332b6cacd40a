package hallmark.manifests.job_ttl_test

import data.hallmark.manifests.job_ttl
import data.hallmark.testing

_job := "batch/Job"

_place := "Job: spec/ttlSecondsAfterFinished"

_places(set) := testing.places(set, found) if {
	found := job_ttl.violations with input as set
}

_judged(set) := found if {
	found := job_ttl.applies with input as set
}

_patched(patches) := testing.patched(testing.as_kind(_job, []), _job, patches)

test_denies_unset if {
	_places(_patched([])) == {_place}
	_places(_patched([{"op": "remove", "path": "/spec"}])) == {_place}
}

test_denies_both_of_two if {
	set := testing.doubled(_patched([]), _job, [])
	found := job_ttl.violations with input as set
	{one.object | some one in found} == testing.ids(set, {_job})
	count(found) == 2
}

test_allows_any_number if {
	every seconds in [0, 3600] {
		set := _patched([{"op": "add", "path": "/spec/ttlSecondsAfterFinished", "value": seconds}])
		_places(set) == set()
		_judged(set) == {0}
	}
}

test_judges_no_cron_job if {
	set := testing.changed("batch/CronJob", [{"op": "remove", "path": "/spec/jobTemplate/spec/ttlSecondsAfterFinished"}])
	_judged(set) == set()
	_places(set) == set()
}

test_applies_to_its_kinds_only if {
	set := testing.joined(testing.all, _patched([]))
	_judged(set) == testing.ids(set, {_job})
	count(_judged(set)) == 1
}
