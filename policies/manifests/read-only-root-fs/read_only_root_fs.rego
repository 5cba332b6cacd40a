# METADATA
# title: Every container's root file system is read-only
# description: >-
#   Every container, init and ephemeral ones too, sets readOnlyRootFilesystem: true.
# custom:
#   id: read-only-root-fs
#   profile: production
#   severity: medium
#   scope: object
#   why: >-
#     What cannot be written cannot be replaced: an intruder finds no place to leave a program.
#   fix: >-
#     Set securityContext.readOnlyRootFilesystem: true and mount an emptyDir where the program must write.
#   reference: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
package hallmark.manifests.read_only_root_fs

import data.hallmark.lib.workload

applies := workload.ids

violations contains workload.finding(container, ["securityContext", "readOnlyRootFilesystem"], "can write to its root file system") if {
	some container in workload.containers
	not _is_read_only(container)
}

_is_read_only(container) if container.security.readOnlyRootFilesystem == true
