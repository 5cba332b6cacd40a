package hallmark.dockerfile.df_add_local_test

import data.hallmark.dockerfile.df_add_local
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-add-local/fail"])
	found := df_add_local.violations with input as set
	dockerfiles.places("df-add-local/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-add-local/pass"])
	count(df_add_local.violations) == 0 with input as set
}

test_denies_one_of_several if {
	set := dockerfiles.set(["df-add-local/fail-one-of-several"])
	found := df_add_local.violations with input as set
	dockerfiles.places("df-add-local/fail-one-of-several", found) == {"2"}
}

test_allows_remote if {
	set := dockerfiles.set(["df-add-local/pass-remote"])
	count(df_add_local.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-add-local/fail", "df-user/fail"])
	df_add_local.applies == {0} with input as set
}
