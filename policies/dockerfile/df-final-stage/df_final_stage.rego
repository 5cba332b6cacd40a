# METADATA
# title: The final image carries no tools to build with
# description: >-
#   The final stage, and those on which it stands, stand on no image made for building (golang, rust, gcc,
#   maven, gradle, dotnet sdk, buildpack-deps) and install no compiler, make or header packages, unless the
#   same RUN removes packages again.
# custom:
#   id: df-final-stage
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     A compiler in a running container is a gift to whoever gets into it, and most of the size of the image.
#   fix: >-
#     Build in a stage of its own, and COPY --from it what runs.
#   reference: https://docs.docker.com/build/building/multi-stage/
package hallmark.dockerfile.df_final_stage

import data.hallmark.lib.dockerfile
import data.hallmark.lib.objects

applies := dockerfile.ids

violations contains objects.violation(entry.id, ["stages", number, "base"], sprintf("the final image stands on %q, an image to build with", [image])) if {
	some entry in input.objects
	some number, stage in entry.object.stages
	dockerfile.in_final(entry.id, number)
	image := stage.base.image
	regex.match(_bases, lower(image))
}

violations contains dockerfile.finding(one, sprintf("installs %s into the final image", [word])) if {
	some one in dockerfile.commands
	dockerfile.is_final(one)
	dockerfile.installs(one)
	some word in dockerfile.operands(one.command)
	regex.match(_tools, word)
	not _is_cleaned(one)
}

_bases := `(^|/)(golang|rust|gcc|maven|gradle|buildpack-deps|([^@]*/)?dotnet/sdk)(:[^/]*)?(@.*)?$`

_tools := `^(build-essential|build-base|gcc|g\+\+|gcc-c\+\+|clang|make|cmake|rustc|cargo|golang(-go)?|go|maven|gradle|(default|openjdk-?[0-9]+)-jdk(-headless)?|.+-dev|.+-devel)([=<>~].*)?$`

_is_cleaned(one) if {
	some other in dockerfile.beside(one)
	other.number > one.number
	other.program in dockerfile.package_managers
	some word in dockerfile.operands(other.command)
	word in {"del", "remove", "purge", "autoremove", "erase"}
}
