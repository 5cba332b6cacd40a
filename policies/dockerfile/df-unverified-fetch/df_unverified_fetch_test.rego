package hallmark.dockerfile.df_unverified_fetch_test

import data.hallmark.dockerfile.df_unverified_fetch
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-unverified-fetch/fail"])
	found := df_unverified_fetch.violations with input as set
	dockerfiles.places("df-unverified-fetch/fail", found) == {"2"}
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-unverified-fetch/pass"])
	count(df_unverified_fetch.violations) == 0 with input as set
}

test_denies_fetchers if {
	set := dockerfiles.set(["df-unverified-fetch/fail-fetchers"])
	found := df_unverified_fetch.violations with input as set
	dockerfiles.places("df-unverified-fetch/fail-fetchers", found) == {"2", "3", "4", "5", "6", "7"}
}

test_denies_packages if {
	set := dockerfiles.set(["df-unverified-fetch/fail-packages"])
	found := df_unverified_fetch.violations with input as set
	dockerfiles.places("df-unverified-fetch/fail-packages", found) == {"2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}
}

test_denies_languages if {
	set := dockerfiles.set(["df-unverified-fetch/fail-languages"])
	found := df_unverified_fetch.violations with input as set
	dockerfiles.places("df-unverified-fetch/fail-languages", found) == {"2", "3", "4", "5", "6", "7", "8", "9", "10", "11"}
}

test_denies_variables if {
	set := dockerfiles.set(["df-unverified-fetch/fail-variables"])
	found := df_unverified_fetch.violations with input as set
	dockerfiles.places("df-unverified-fetch/fail-variables", found) == {"2 pairs/1", "3 pairs/0", "4", "5", "6 pairs/0", "7 pairs/0", "8 pairs/0"}
}

test_allows_alike if {
	set := dockerfiles.set(["df-unverified-fetch/pass-alike"])
	count(df_unverified_fetch.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-unverified-fetch/fail", "df-user/fail", "df-image-digest/fail"])
	df_unverified_fetch.applies == {0, 1} with input as set
}
