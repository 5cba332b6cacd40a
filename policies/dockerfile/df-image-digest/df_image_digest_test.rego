package hallmark.dockerfile.df_image_digest_test

import data.hallmark.dockerfile.df_image_digest
import data.hallmark.testing.dockerfiles

test_denies_its_example if {
	set := dockerfiles.set(["df-image-digest/fail"])
	found := df_image_digest.violations with input as set
	dockerfiles.places("df-image-digest/fail", found) == {"1 base"}
	count(df_image_digest.unknowns) == 0 with input as set
}

test_allows_what_is_as_it_should_be if {
	set := dockerfiles.set(["df-image-digest/pass"])
	count(df_image_digest.violations) == 0 with input as set
	count(df_image_digest.unknowns) == 0 with input as set
}

test_denies_short_digest if {
	set := dockerfiles.set(["df-image-digest/fail-short-digest"])
	found := df_image_digest.violations with input as set
	dockerfiles.places("df-image-digest/fail-short-digest", found) == {"1 base"}
	count(df_image_digest.unknowns) == 0 with input as set
}

test_denies_upper_case_digest if {
	set := dockerfiles.set(["df-image-digest/fail-upper-case-digest"])
	found := df_image_digest.violations with input as set
	dockerfiles.places("df-image-digest/fail-upper-case-digest", found) == {"1 base"}
	count(df_image_digest.unknowns) == 0 with input as set
}

test_denies_default_of_argument if {
	set := dockerfiles.set(["df-image-digest/fail-default-of-argument"])
	found := df_image_digest.violations with input as set
	dockerfiles.places("df-image-digest/fail-default-of-argument", found) == {"2 base"}
	count(df_image_digest.unknowns) == 0 with input as set
}

test_denies_copied_from_image if {
	set := dockerfiles.set(["df-image-digest/fail-copied-from-image"])
	found := df_image_digest.violations with input as set
	dockerfiles.places("df-image-digest/fail-copied-from-image", found) == {"2 from"}
	count(df_image_digest.unknowns) == 0 with input as set
}

test_denies_mounted_from_image if {
	set := dockerfiles.set(["df-image-digest/fail-mounted-from-image"])
	found := df_image_digest.violations with input as set
	dockerfiles.places("df-image-digest/fail-mounted-from-image", found) == {"2 mounts/1/from"}
	count(df_image_digest.unknowns) == 0 with input as set
}

test_denies_every_stage if {
	set := dockerfiles.set(["df-image-digest/fail-every-stage"])
	found := df_image_digest.violations with input as set
	dockerfiles.places("df-image-digest/fail-every-stage", found) == {"1 base", "2 base"}
	count(df_image_digest.unknowns) == 0 with input as set
}

test_denies_name_of_later_stage if {
	set := dockerfiles.set(["df-image-digest/fail-name-of-later-stage"])
	found := df_image_digest.violations with input as set
	dockerfiles.places("df-image-digest/fail-name-of-later-stage", found) == {"1 base"}
	count(df_image_digest.unknowns) == 0 with input as set
}

test_allows_stages_and_scratch if {
	set := dockerfiles.set(["df-image-digest/pass-stages-and-scratch"])
	count(df_image_digest.violations) == 0 with input as set
	count(df_image_digest.unknowns) == 0 with input as set
}

test_allows_default_of_argument if {
	set := dockerfiles.set(["df-image-digest/pass-default-of-argument"])
	count(df_image_digest.violations) == 0 with input as set
	count(df_image_digest.unknowns) == 0 with input as set
}

test_allows_registry_by_argument if {
	set := dockerfiles.set(["df-image-digest/pass-registry-by-argument"])
	count(df_image_digest.violations) == 0 with input as set
	count(df_image_digest.unknowns) == 0 with input as set
}

test_leaves_open_what_has_no_value if {
	set := dockerfiles.set(["df-image-digest/unknown"])
	found := df_image_digest.unknowns with input as set
	dockerfiles.places("df-image-digest/unknown", found) == {"2 base"}
	count(df_image_digest.violations) == 0 with input as set
}

test_leaves_open_tag if {
	set := dockerfiles.set(["df-image-digest/unknown-tag"])
	found := df_image_digest.unknowns with input as set
	dockerfiles.places("df-image-digest/unknown-tag", found) == {"2 base"}
	count(df_image_digest.violations) == 0 with input as set
}

test_applies_to_what_it_is_about_only if {
	set := dockerfiles.set(["df-image-digest/fail", "df-exec-form/pass-scratch"])
	df_image_digest.applies == {0} with input as set
}
