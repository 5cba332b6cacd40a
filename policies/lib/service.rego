# METADATA
# title: Services
# description: What the Services of a set select.
package hallmark.lib.service

import data.hallmark.lib.objects
import data.hallmark.lib.workload

entries := [entry | some entry in objects.of["/Service"]]

ids := {entry.id | some entry in entries}

# Those that select pods: one without a selector is for addresses that somebody else keeps, and one of type
# ExternalName is only a name, whatever selector it has.
selecting := [entry |
	some entry in entries
	count(object.get(entry.object, ["spec", "selector"], {})) > 0
	not entry.object.spec.type == "ExternalName"
]

# The ids of what describes the pods that a Service of `selecting` selects.
pods(entry) := workload.selected(objects.namespace(entry), {"matchLabels": entry.object.spec.selector})
