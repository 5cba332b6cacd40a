package hallmark.dockerfile.df_privileged_run_test

import data.hallmark.dockerfile.df_privileged_run
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-privileged-run/fail"])
	found := df_privileged_run.violations with input as set
	dockerfiles.places("df-privileged-run/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-privileged-run/pass"])
	count(df_privileged_run.violations) == 0 with input as set
}

test_denies_network if {
	set := dockerfiles.set(["df-privileged-run/fail-network"])
	found := df_privileged_run.violations with input as set
	dockerfiles.places("df-privileged-run/fail-network", found) == {"3"}
}

test_allows_network if {
	set := dockerfiles.set(["df-privileged-run/pass-network"])
	count(df_privileged_run.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-privileged-run/fail", "df-user/fail"])
	df_privileged_run.applies == {0} with input as set
}
