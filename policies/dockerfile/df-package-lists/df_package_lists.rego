# METADATA
# title: Lists and caches of packages stay in no layer
# description: >-
#   In the final image, what a package manager fetched about its packages is gone at the end of the same RUN:
#   rm of /var/lib/apt/lists after apt-get update, apk add --no-cache or rm of /var/cache/apk, dnf clean all
#   or rm of the cache; or the folder is a cache or tmpfs mount.
# custom:
#   id: df-package-lists
#   profile: production
#   severity: low
#   scope: object
#   why: >-
#     What a later step removes is still in the layer: it costs size, and is stale when somebody builds on it.
#   fix: >-
#     apt-get update && apt-get install ... && rm -rf /var/lib/apt/lists/*
#   reference: https://docs.docker.com/build/building/best-practices/
package hallmark.dockerfile.df_package_lists

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(_fetches)

violations contains dockerfile.finding(one, sprintf("%s leaves its lists in the layer", [one.program])) if {
	some one in _fetches
	not "--no-cache" in one.command.words
	not _is_removed(one)
	not _is_mounted(one)
}

_fetches := [one |
	some one in dockerfile.commands
	dockerfile.is_final(one)
	_is_fetch(one)
]

_folders := {
	"apt": `^/var/lib/apt(/|$)`,
	"apt-get": `^/var/lib/apt(/|$)`,
	"aptitude": `^/var/lib/apt(/|$)`,
	"apk": `^/var/cache/apk(/|$)`,
	"dnf": `^/var/cache/(lib)?dnf[0-9]*(/|$)`,
	"microdnf": `^/var/cache/(yum|dnf)(/|$)`,
	"yum": `^/var/cache/(yum|dnf)(/|$)`,
	"zypper": `^/var/cache/zypp(/|$)`,
}

_is_fetch(one) if {
	one.program in {"apt", "apt-get", "aptitude"}
	"update" in dockerfile.operands(one.command)
}

_is_fetch(one) if {
	one.program in {"apk", "dnf", "microdnf", "yum", "zypper"}
	dockerfile.installs(one)
}

# Later in the same step.
_is_removed(one) if {
	some other in dockerfile.beside(one)
	other.number > one.number
	_removes(other, one.program)
}

_removes(other, program) if {
	other.program in {"rm", "find"}
	some word in other.command.words
	regex.match(_folders[program], word)
}

_removes(other, program) if {
	other.program == program
	not program in {"apt", "apt-get", "aptitude"}
	some word in dockerfile.operands(other.command)
	word in {"clean", "cache"}
}

_is_mounted(one) if {
	some mount in object.get(one.spec, "mounts", [])
	mount.type in {"cache", "tmpfs"}
	regex.match(_folders[one.program], mount.target)
}
