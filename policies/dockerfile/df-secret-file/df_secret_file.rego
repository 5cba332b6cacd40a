# METADATA
# title: No file of secrets is copied
# description: >-
#   No COPY or ADD takes a file that by its name holds keys or passwords (private SSH keys, .env, .netrc,
#   .npmrc, .pypirc, .git-credentials, kubeconfig, .aws/credentials, .docker/config.json, key stores,
#   Terraform state), and none writes a private key.
# custom:
#   id: df-secret-file
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     A file in a layer is in the image for good, even when a later step removes it.
#   fix: >-
#     Lend it to the step that needs it: RUN --mount=type=secret,id=NAME, read from /run/secrets/NAME.
#   reference: https://docs.docker.com/build/building/secrets/
package hallmark.dockerfile.df_secret_file

import data.hallmark.lib.dockerfile
import data.hallmark.lib.secrets

applies := dockerfile.ids_of(_copies)

violations contains dockerfile.finding(one, sprintf("copies %s, a file of secrets by its name", [source])) if {
	some one in _copies
	some source in object.get(one.spec, "sources", [])
	regex.match(_names, lower(source))
}

violations contains dockerfile.finding(one, "writes a private key") if {
	some one in _copies
	some content in object.get(one.spec, "contents", [])
	secrets.private_key(content.text)
}

_copies := dockerfile.named({"copy", "add"})

_names := `(^|/)(id_(rsa|dsa|ecdsa|ed25519)|\.env(\.(local|dev|development|test|staging|prod|production))?|\.netrc|\.npmrc|\.pypirc|\.git-credentials|\.htpasswd|\.dockercfg|\.docker/config\.json|\.aws/credentials|kubeconfig|\.kube/config|terraform\.tfstate(\.backup)?|[^/]+\.(key|p12|pfx|jks|keystore|kdbx)|[^/]*private[^/]*\.pem)$`
