package hallmark.dockerfile.df_update_alone_test

import data.hallmark.dockerfile.df_update_alone
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-update-alone/fail"])
	found := df_update_alone.violations with input as set
	dockerfiles.places("df-update-alone/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-update-alone/pass"])
	count(df_update_alone.violations) == 0 with input as set
}

test_denies_others if {
	set := dockerfiles.set(["df-update-alone/fail-others"])
	found := df_update_alone.violations with input as set
	dockerfiles.places("df-update-alone/fail-others", found) == {"2", "3", "4", "5", "6", "7"}
}

test_allows_others if {
	set := dockerfiles.set(["df-update-alone/pass-others"])
	count(df_update_alone.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-update-alone/fail", "df-user/fail"])
	df_update_alone.applies == {0} with input as set
}
