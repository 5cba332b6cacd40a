# METADATA
# title: No step of the build leaves the sandbox
# description: >-
#   No RUN asks for --security=insecure or for --network=host.
# custom:
#   id: df-privileged-run
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     Such a step has the rights or the network of the machine that builds, where other builds and their
#     secrets are.
#   fix: >-
#     Do without; fetch what is needed before, or as an image by digest.
#   reference: https://docs.docker.com/reference/dockerfile/#run---security
package hallmark.dockerfile.df_privileged_run

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(dockerfile.named({"run"}))

violations contains dockerfile.finding(run, "runs with --security=insecure") if {
	some run in dockerfile.named({"run"})
	run.spec.security == "insecure"
}

violations contains dockerfile.finding(run, "runs with --network=host") if {
	some run in dockerfile.named({"run"})
	run.spec.network == "host"
}
