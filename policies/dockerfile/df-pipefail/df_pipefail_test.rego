package hallmark.dockerfile.df_pipefail_test

import data.hallmark.dockerfile.df_pipefail
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-pipefail/fail"])
	found := df_pipefail.violations with input as set
	dockerfiles.places("df-pipefail/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-pipefail/pass"])
	count(df_pipefail.violations) == 0 with input as set
}

test_denies_switched_off if {
	set := dockerfiles.set(["df-pipefail/fail-switched-off"])
	found := df_pipefail.violations with input as set
	dockerfiles.places("df-pipefail/fail-switched-off", found) == {"3", "4"}
}

test_denies_too_late if {
	set := dockerfiles.set(["df-pipefail/fail-too-late"])
	found := df_pipefail.violations with input as set
	dockerfiles.places("df-pipefail/fail-too-late", found) == {"2"}
}

test_denies_other_options if {
	set := dockerfiles.set(["df-pipefail/fail-other-options"])
	found := df_pipefail.violations with input as set
	dockerfiles.places("df-pipefail/fail-other-options", found) == {"3"}
}

test_denies_shell_of_other_stage if {
	set := dockerfiles.set(["df-pipefail/fail-shell-of-other-stage"])
	found := df_pipefail.violations with input as set
	dockerfiles.places("df-pipefail/fail-shell-of-other-stage", found) == {"5"}
}

test_allows_set if {
	set := dockerfiles.set(["df-pipefail/pass-set"])
	count(df_pipefail.violations) == 0 with input as set
}

test_allows_shell_of_base_stage if {
	set := dockerfiles.set(["df-pipefail/pass-shell-of-base-stage"])
	count(df_pipefail.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-pipefail/fail", "df-user/fail"])
	df_pipefail.applies == {0} with input as set
}
