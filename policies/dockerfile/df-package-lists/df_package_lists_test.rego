package hallmark.dockerfile.df_package_lists_test

import data.hallmark.dockerfile.df_package_lists
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-package-lists/fail"])
	found := df_package_lists.violations with input as set
	dockerfiles.places("df-package-lists/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-package-lists/pass"])
	count(df_package_lists.violations) == 0 with input as set
}

test_denies_apk if {
	set := dockerfiles.set(["df-package-lists/fail-apk"])
	found := df_package_lists.violations with input as set
	dockerfiles.places("df-package-lists/fail-apk", found) == {"2"}
}

test_denies_others if {
	set := dockerfiles.set(["df-package-lists/fail-others"])
	found := df_package_lists.violations with input as set
	dockerfiles.places("df-package-lists/fail-others", found) == {"2", "3", "4", "5", "6", "7"}
}

test_denies_other_cleaning if {
	set := dockerfiles.set(["df-package-lists/fail-other-cleaning"])
	found := df_package_lists.violations with input as set
	dockerfiles.places("df-package-lists/fail-other-cleaning", found) == {"2", "3", "4", "5", "6", "7"}
}

test_denies_next_step if {
	set := dockerfiles.set(["df-package-lists/fail-next-step"])
	found := df_package_lists.violations with input as set
	dockerfiles.places("df-package-lists/fail-next-step", found) == {"2"}
}

test_denies_removed_before if {
	set := dockerfiles.set(["df-package-lists/fail-removed-before"])
	found := df_package_lists.violations with input as set
	dockerfiles.places("df-package-lists/fail-removed-before", found) == {"2"}
}

test_denies_other_folder if {
	set := dockerfiles.set(["df-package-lists/fail-other-folder"])
	found := df_package_lists.violations with input as set
	dockerfiles.places("df-package-lists/fail-other-folder", found) == {"2", "3"}
}

test_allows_others if {
	set := dockerfiles.set(["df-package-lists/pass-others"])
	count(df_package_lists.violations) == 0 with input as set
}

test_allows_mounted if {
	set := dockerfiles.set(["df-package-lists/pass-mounted"])
	count(df_package_lists.violations) == 0 with input as set
}

test_allows_builder if {
	set := dockerfiles.set(["df-package-lists/pass-builder"])
	count(df_package_lists.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-package-lists/fail", "df-user/fail", "df-image-digest/fail"])
	df_package_lists.applies == {0} with input as set
}
