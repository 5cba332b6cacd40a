# METADATA
# title: Label selectors
# description: Whether a selector selects a set of labels, as Kubernetes decides it.
package hallmark.lib.selectors

# An empty selector selects everything; where a missing one selects nothing, the caller has to see to it.
selects(selector, labels) if {
	every key, value in object.get(selector, "matchLabels", {}) {
		labels[key] == value
	}
	expressions_hold(selector, labels)
}

# Whether labels are what a selector's expressions ask for; its matchLabels are not looked at.
expressions_hold(selector, labels) if {
	every expression in object.get(selector, "matchExpressions", []) {
		_holds(expression, labels)
	}
}

_holds(expression, labels) if {
	expression.operator == "In"
	labels[expression.key] in expression.values
}

_holds(expression, labels) if {
	expression.operator == "NotIn"
	not _among(labels, expression)
}

_holds(expression, labels) if {
	expression.operator == "Exists"
	expression.key in object.keys(labels)
}

_holds(expression, labels) if {
	expression.operator == "DoesNotExist"
	not expression.key in object.keys(labels)
}

_among(labels, expression) if labels[expression.key] in expression.values
