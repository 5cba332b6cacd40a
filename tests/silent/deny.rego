package main

deny contains msg if {
	some container in input.spec.template.spec.containers
	container.securityContext.privileged == true
	msg := sprintf("container %s is privileged", [container.name])
}
