# METADATA
# title: Every container of a job is pinned by digest
# description: >-
#   The image of a job's container and of its services, and that of an action that is an image, is pinned by
#   @sha256:. An expression leaves it open.
# custom:
#   id: wf-container-digest
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     The job runs in that image, with its secrets; a tag can be moved.
#   fix: >-
#     Name the image with @sha256: and its digest.
#   reference: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontainer
package hallmark.workflows.wf_container_digest

import data.hallmark.lib.workflows

applies := workflows.ids_of(_images)

violations contains workflows.finding(one, [], sprintf("runs in %s, which is not pinned by @sha256:", [one.image])) if {
	some one in _images
	not _is_pinned(one.image)
	not workflows.is_open(one.image)
}

unknowns contains workflows.finding(one, [], sprintf("runs in %s, which is only known when it runs", [one.image])) if {
	some one in _images
	not _is_pinned(one.image)
	workflows.is_open(one.image)
}

# An expression before the digest changes where the image comes from, not what is in it.
_is_pinned(image) if regex.match(`^[^@]+@sha256:[0-9a-f]{64}$`, image)

_images := [object.union(one, {"image": _image(one.written)}) | some one in array.concat(_actions, array.concat(_containers, _services))]

_containers := [{"id": job.id, "path": array.concat(job.path, ["container"]), "written": job.spec.container} |
	some job in workflows.jobs
]

_services := [{"id": job.id, "path": array.concat(job.path, ["services", name]), "written": written} |
	some job in workflows.jobs
	some name, written in job.spec.services
]

# An action that is an image; another one is built from a Dockerfile.
_actions := [{"id": entry.id, "path": ["runs", "image"], "written": image} |
	some entry in input.objects
	image := entry.object.runs.image
	startswith(lower(image), "docker://")
]

_image(written) := written if is_string(written)

_image(written) := written.image
