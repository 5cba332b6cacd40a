# The kit's own rules as conftest evaluates them: for each document, what they find in it or in the items of its List.
package main

deny contains sprintf("%s: %s", [rule, violation.message]) if {
	some rule, _ in data.hallmark.manifests
	some violation in data.hallmark.manifests[rule].violations with input as {"objects": entries}
}

entries := [entry |
	some id, object in objects
	parts := split(object.apiVersion, "/")
	group := {1: "", 2: parts[0]}[count(parts)]
	entry := {"id": id, "type": sprintf("%s/%s", [group, object.kind]), "object": object}
]

objects := input.items if input.kind == "List"

objects := [input] if input.kind != "List"
