# METADATA
# title: No long-lived key of a cloud
# description: >-
#   No expression refers to a secret that by its name is a long-lived key of a cloud (AWS_ACCESS_KEY_ID,
#   AWS_SECRET_ACCESS_KEY, AZURE_CREDENTIALS, AZURE_CLIENT_SECRET, ARM_CLIENT_SECRET, GCP_SA_KEY,
#   GOOGLE_CREDENTIALS and the like), and no step gives one to an action (aws-access-key-id,
#   aws-secret-access-key, credentials_json, creds, client-secret).
# custom:
#   id: wf-cloud-keys
#   profile: production
#   severity: high
#   scope: object
#   why: >-
#     A key that never ends works from anywhere once it has leaked; a token by OIDC holds for one job of one
#     repository.
#   fix: >-
#     permissions: id-token: write, and the role to assume: role-to-assume, workload_identity_provider,
#     client-id.
#   reference: https://docs.github.com/en/actions/concepts/security/openid-connect
package hallmark.workflows.wf_cloud_keys

import data.hallmark.lib.objects
import data.hallmark.lib.workflows

applies := workflows.ids_of(array.concat(workflows.jobs, workflows.steps))

violations contains objects.violation(one.id, one.path, sprintf("uses the long-lived key %s", [name])) if {
	some one in workflows.texts
	some name in workflows.references(one.text)
	regex.match(`^secrets\.([a-z0-9_]+_)?(aws_(access_key_id|secret_access_key|secret_key|access_key)|azure_(credentials|client_secret)|arm_client_secret|(gcp|gcloud|gke|google|google_cloud)_([a-z0-9]+_)*(key|credentials)(_[a-z0-9]+)*)$`, name)
}

violations contains workflows.finding(step, ["with", name], sprintf("gives an action the long-lived key %s", [name])) if {
	some step in workflows.steps
	some name, _ in step.spec["with"]
	lower(name) in {"aws-access-key-id", "aws-secret-access-key", "credentials_json", "creds", "client-secret"}
}
