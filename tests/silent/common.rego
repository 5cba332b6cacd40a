# The same five demands as they are commonly written for conftest: of a Deployment, and of its containers.
package main

deny contains sprintf("container %s is privileged", [container.name]) if {
	input.kind == "Deployment"
	some container in input.spec.template.spec.containers
	container.securityContext.privileged == true
}

deny contains sprintf("container %s runs as root", [container.name]) if {
	input.kind == "Deployment"
	some container in input.spec.template.spec.containers
	container.securityContext.runAsNonRoot == false
}

deny contains sprintf("container %s drops no capability", [container.name]) if {
	input.kind == "Deployment"
	some container in input.spec.template.spec.containers
	not container.securityContext.capabilities.drop
}

deny contains sprintf("the image of container %s has no digest", [container.name]) if {
	input.kind == "Deployment"
	some container in input.spec.template.spec.containers
	not contains(container.image, "@sha256:")
}

deny contains "there is no seccomp profile" if {
	input.kind == "Deployment"
	not input.spec.template.spec.securityContext.seccompProfile
	not input.spec.template.metadata.annotations["seccomp.security.alpha.kubernetes.io/pod"]
}
