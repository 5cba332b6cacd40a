package hallmark.dockerfile.df_secret_run_test

import data.hallmark.dockerfile.df_secret_run
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-secret-run/fail"])
	found := df_secret_run.violations with input as set
	dockerfiles.places("df-secret-run/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-secret-run/pass"])
	count(df_secret_run.violations) == 0 with input as set
}

test_denies_before_command if {
	set := dockerfiles.set(["df-secret-run/fail-before-command"])
	found := df_secret_run.violations with input as set
	dockerfiles.places("df-secret-run/fail-before-command", found) == {"2"}
}

test_denies_by_env if {
	set := dockerfiles.set(["df-secret-run/fail-by-env"])
	found := df_secret_run.violations with input as set
	dockerfiles.places("df-secret-run/fail-by-env", found) == {"2"}
}

test_denies_by_sudo if {
	set := dockerfiles.set(["df-secret-run/fail-by-sudo"])
	found := df_secret_run.violations with input as set
	dockerfiles.places("df-secret-run/fail-by-sudo", found) == {"2"}
}

test_denies_option if {
	set := dockerfiles.set(["df-secret-run/fail-option"])
	found := df_secret_run.violations with input as set
	dockerfiles.places("df-secret-run/fail-option", found) == {"2"}
}

test_denies_start if {
	set := dockerfiles.set(["df-secret-run/fail-start"])
	found := df_secret_run.violations with input as set
	dockerfiles.places("df-secret-run/fail-start", found) == {"2", "3"}
}

test_denies_command if {
	set := dockerfiles.set(["df-secret-run/fail-command"])
	found := df_secret_run.violations with input as set
	dockerfiles.places("df-secret-run/fail-command", found) == {"2"}
}

test_denies_alone if {
	set := dockerfiles.set(["df-secret-run/fail-alone"])
	found := df_secret_run.violations with input as set
	dockerfiles.places("df-secret-run/fail-alone", found) == {"2"}
}

test_denies_private_key_elsewhere if {
	set := dockerfiles.set(["df-secret-run/fail-private-key-elsewhere"])
	found := df_secret_run.violations with input as set
	dockerfiles.places("df-secret-run/fail-private-key-elsewhere", found) == {"2", "3", "4"}
}

test_denies_private_key if {
	set := dockerfiles.set(["df-secret-run/fail-private-key"])
	found := df_secret_run.violations with input as set
	dockerfiles.places("df-secret-run/fail-private-key", found) == {"2"}
}

test_denies_private_key_in_words if {
	set := dockerfiles.set(["df-secret-run/fail-private-key-in-words"])
	found := df_secret_run.violations with input as set
	dockerfiles.places("df-secret-run/fail-private-key-in-words", found) == {"2"}
}

test_allows_variables if {
	set := dockerfiles.set(["df-secret-run/pass-variables"])
	count(df_secret_run.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-secret-run/fail", "df-user/fail", "df-secret-run/fail-start"])
	df_secret_run.applies == {0, 2} with input as set
}
