# METADATA
# title: No secret stands in a ConfigMap
# description: >-
#   No key of a ConfigMap's data or binaryData names a secret, whatever its value, and no value holds a private
#   key in PEM, as it stands or in base64.
# custom:
#   id: configmap-secrets
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     A ConfigMap is in the repository, is never encrypted at rest, and may be read by nearly everyone.
#   fix: >-
#     Put the value into a Secret, or rename a key that names no secret.
#   reference: https://kubernetes.io/docs/concepts/configuration/secret/
package hallmark.manifests.configmap_secrets

import data.hallmark.lib.objects
import data.hallmark.lib.secrets

applies := {entry.id | some entry in objects.of["/ConfigMap"]}

violations contains objects.violation(entry.id, [field, key], sprintf("holds a secret as %s", [key])) if {
	some entry in objects.of["/ConfigMap"]
	some field in ["data", "binaryData"]
	some key, value in entry.object[field]
	_secret(key, value)
}

_secret(key, _) if secrets.named(key)

_secret(_, value) if secrets.private_key(value)
