package hallmark.dockerfile.df_secret_file_test

import data.hallmark.dockerfile.df_secret_file
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-secret-file/fail"])
	found := df_secret_file.violations with input as set
	dockerfiles.places("df-secret-file/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-secret-file/pass"])
	count(df_secret_file.violations) == 0 with input as set
}

test_denies_names if {
	set := dockerfiles.set(["df-secret-file/fail-names"])
	found := df_secret_file.violations with input as set
	dockerfiles.places("df-secret-file/fail-names", found) == {"2", "3", "4", "5", "6", "7", "8", "9", "10"}
}

test_denies_from_stage if {
	set := dockerfiles.set(["df-secret-file/fail-from-stage"])
	found := df_secret_file.violations with input as set
	dockerfiles.places("df-secret-file/fail-from-stage", found) == {"3"}
}

test_denies_private_key if {
	set := dockerfiles.set(["df-secret-file/fail-private-key"])
	found := df_secret_file.violations with input as set
	dockerfiles.places("df-secret-file/fail-private-key", found) == {"2"}
}

test_allows_names if {
	set := dockerfiles.set(["df-secret-file/pass-names"])
	count(df_secret_file.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-secret-file/fail", "df-user/fail", "df-add-remote/fail"])
	df_secret_file.applies == {0, 2} with input as set
}
