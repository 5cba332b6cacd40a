# METADATA
# title: NetworkPolicies of every version
# description: networking.k8s.io/v1 and the removed extensions/v1beta1, which has the same fields.
package hallmark.lib.networkpolicy

import data.hallmark.lib.objects

entries := [entry | some entry in objects.of["networking.k8s.io/NetworkPolicy"]]

ids := {entry.id | some entry in entries}

# A selector that isn't there is an empty one, which selects every pod.
selector(entry) := object.get(entry.object, ["spec", "podSelector"], {})
