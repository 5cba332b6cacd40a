package hallmark.manifests.cronjob_restart_policy_test

import data.hallmark.manifests.cronjob_restart_policy
import data.hallmark.testing

_cron_job := "batch/CronJob"

_at := "/spec/jobTemplate/spec/template/spec/restartPolicy"

_place := "CronJob: spec/jobTemplate/spec/template/spec/restartPolicy"

_places(set) := testing.places(set, found) if {
	found := cronjob_restart_policy.violations with input as set
}

_with(policy) := testing.changed(_cron_job, [{"op": "replace", "path": _at, "value": policy}])

test_denies_unset if {
	every path in [_at, "/spec"] {
		_places(testing.changed(_cron_job, [{"op": "remove", "path": path}])) == {_place}
	}
}

test_denies_other_policies if {
	every policy in ["Always", "", "never", "onFailure"] {
		_places(_with(policy)) == {_place}
	}
}

test_denies_both_of_two if {
	set := testing.doubled(_with("Always"), _cron_job, [])
	found := cronjob_restart_policy.violations with input as set
	{one.object | some one in found} == testing.ids(set, {_cron_job})
	count(found) == 2
}

test_allows_policies_that_end if {
	every policy in ["Never", "OnFailure"] {
		_places(_with(policy)) == set()
	}
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := cronjob_restart_policy.applies with input as testing.all
	found == testing.ids(testing.all, {_cron_job})
}
