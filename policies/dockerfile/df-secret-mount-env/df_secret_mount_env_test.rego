package hallmark.dockerfile.df_secret_mount_env_test

import data.hallmark.dockerfile.df_secret_mount_env
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-secret-mount-env/fail"])
	found := df_secret_mount_env.violations with input as set
	dockerfiles.places("df-secret-mount-env/fail", found) == {"2 mounts/0"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-secret-mount-env/pass"])
	count(df_secret_mount_env.violations) == 0 with input as set
}

test_denies_second_mount if {
	set := dockerfiles.set(["df-secret-mount-env/fail-second-mount"])
	found := df_secret_mount_env.violations with input as set
	dockerfiles.places("df-secret-mount-env/fail-second-mount", found) == {"2 mounts/1"}
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-secret-mount-env/fail", "df-user/fail", "df-privileged-run/fail", "df-package-lists/pass-mounted"])
	df_secret_mount_env.applies == {0} with input as set
}
