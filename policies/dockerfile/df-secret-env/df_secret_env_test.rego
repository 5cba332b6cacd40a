package hallmark.dockerfile.df_secret_env_test

import data.hallmark.dockerfile.df_secret_env
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-secret-env/fail"])
	found := df_secret_env.violations with input as set
	dockerfiles.places("df-secret-env/fail", found) == {"2 pairs/0"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-secret-env/pass"])
	count(df_secret_env.violations) == 0 with input as set
}

test_denies_one_of_several if {
	set := dockerfiles.set(["df-secret-env/fail-one-of-several"])
	found := df_secret_env.violations with input as set
	dockerfiles.places("df-secret-env/fail-one-of-several", found) == {"2 pairs/1"}
}

test_denies_from_argument if {
	set := dockerfiles.set(["df-secret-env/fail-from-argument"])
	found := df_secret_env.violations with input as set
	dockerfiles.places("df-secret-env/fail-from-argument", found) == {"3 pairs/0"}
}

test_denies_private_key if {
	set := dockerfiles.set(["df-secret-env/fail-private-key"])
	found := df_secret_env.violations with input as set
	dockerfiles.places("df-secret-env/fail-private-key", found) == {"2 pairs/0"}
}

test_denies_in_builder if {
	set := dockerfiles.set(["df-secret-env/fail-in-builder"])
	found := df_secret_env.violations with input as set
	dockerfiles.places("df-secret-env/fail-in-builder", found) == {"2 pairs/0"}
}

test_denies_file_without_path if {
	set := dockerfiles.set(["df-secret-env/fail-file-without-path"])
	found := df_secret_env.violations with input as set
	dockerfiles.places("df-secret-env/fail-file-without-path", found) == {"2 pairs/0"}
}

test_denies_trigger if {
	set := dockerfiles.set(["df-secret-env/fail-trigger"])
	found := df_secret_env.violations with input as set
	dockerfiles.places("df-secret-env/fail-trigger", found) == {"2 pairs/0"}
}

test_allows_empty if {
	set := dockerfiles.set(["df-secret-env/pass-empty"])
	count(df_secret_env.violations) == 0 with input as set
}

test_allows_elsewhere if {
	set := dockerfiles.set(["df-secret-env/pass-elsewhere"])
	count(df_secret_env.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-secret-env/fail", "df-user/fail"])
	df_secret_env.applies == {0} with input as set
}
