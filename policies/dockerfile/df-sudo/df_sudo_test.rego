package hallmark.dockerfile.df_sudo_test

import data.hallmark.dockerfile.df_sudo
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-sudo/fail"])
	found := df_sudo.violations with input as set
	dockerfiles.places("df-sudo/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-sudo/pass"])
	count(df_sudo.violations) == 0 with input as set
}

test_denies_deep if {
	set := dockerfiles.set(["df-sudo/fail-deep"])
	found := df_sudo.violations with input as set
	dockerfiles.places("df-sudo/fail-deep", found) == {"2", "3"}
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-sudo/fail", "df-user/fail"])
	df_sudo.applies == {0} with input as set
}
