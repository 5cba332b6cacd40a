package hallmark.dockerfile.df_secret_arg_test

import data.hallmark.dockerfile.df_secret_arg
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-secret-arg/fail"])
	found := df_secret_arg.violations with input as set
	dockerfiles.places("df-secret-arg/fail", found) == {"2 pairs/0"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-secret-arg/pass"])
	count(df_secret_arg.violations) == 0 with input as set
}

test_denies_before_from if {
	set := dockerfiles.set(["df-secret-arg/fail-before-from"])
	found := df_secret_arg.violations with input as set
	dockerfiles.places("df-secret-arg/fail-before-from", found) == {"1 pairs/0"}
}

test_denies_default if {
	set := dockerfiles.set(["df-secret-arg/fail-default"])
	found := df_secret_arg.violations with input as set
	dockerfiles.places("df-secret-arg/fail-default", found) == {"2 pairs/1"}
}

test_denies_private_key if {
	set := dockerfiles.set(["df-secret-arg/fail-private-key"])
	found := df_secret_arg.violations with input as set
	dockerfiles.places("df-secret-arg/fail-private-key", found) == {"2 pairs/0"}
}

test_denies_trigger if {
	set := dockerfiles.set(["df-secret-arg/fail-trigger"])
	found := df_secret_arg.violations with input as set
	dockerfiles.places("df-secret-arg/fail-trigger", found) == {"2 pairs/0"}
}

test_allows_file if {
	set := dockerfiles.set(["df-secret-arg/pass-file"])
	count(df_secret_arg.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-secret-arg/fail", "df-secret-env/fail", "df-secret-arg/fail-before-from"])
	df_secret_arg.applies == {0, 2} with input as set
}
