# METADATA
# title: No secret stands in an environment variable
# description: >-
#   No container, init and ephemeral ones too, has a literal value under a name that says secret (password,
#   token, bearer, AWS_SECRET_ACCESS_KEY, AZURE_*KEY and the like), or a private key in PEM under any name, as
#   it stands or in base64. An empty value and a reference (valueFrom) are none.
# custom:
#   id: secret-in-env
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     A literal in a manifest is in the repository, in its history, and readable by everyone who may list
#     pods.
#   fix: >-
#     Put the value into a Secret and refer to it by secretKeyRef, or mount it.
#   reference: https://kubernetes.io/docs/concepts/configuration/secret/
package hallmark.manifests.secret_in_env

import data.hallmark.lib.secrets
import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["env", index], sprintf("has a secret as the literal value of %s", [variable.name])) if {
	some container in workload.containers
	some index, variable in container.spec.env
	value := object.get(variable, "value", "")
	value != ""
	_secret(variable.name, value)
}

_secret(name, _) if secrets.named(name)

_secret(_, value) if secrets.private_key(value)
