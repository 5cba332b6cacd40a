# METADATA
# title: No key of AWS stands in a provider block
# description: >-
#   A provider block for AWS has no access_key, secret_key or token that is written out. A variable, or
#   anything else that it refers to, is not.
# custom:
#   id: provider-credentials
#   profile: baseline
#   severity: critical
#   scope: object
#   why: >-
#     What is written in the configuration is in the repository and its history, and in every plan that is
#     stored.
#   fix: >-
#     Leave the keys out: the provider takes them from the environment, from a profile, or from a role that a
#     workflow assumes by OpenID.
#   reference: https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration
package hallmark.plan.provider_credentials

import data.hallmark.lib.plan

applies := {entry.id | some entry in _blocks}

violations contains plan.violation(entry, [argument], "is written out") if {
	some entry in _blocks
	some argument in ["access_key", "secret_key", "token"]
	plan.get(entry, [argument]).value != ""
}

# What isn't written out isn't asked for, whatever it is.
unknowns := set()

_blocks := [entry | some entry in plan.of_types({"provider"}); entry.name == "aws"]
