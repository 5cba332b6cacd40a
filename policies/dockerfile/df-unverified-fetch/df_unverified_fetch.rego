# METADATA
# title: No check of a certificate or a signature is switched off
# description: >-
#   No command is told to fetch without checking: curl -k, wget --no-check-certificate, pip --trusted-host,
#   apt --allow-unauthenticated, apk --allow-untrusted, dnf --nogpgcheck, npm strict-ssl=false, git
#   http.sslVerify=false and the like; and no variable says so for all of them.
# custom:
#   id: df-unverified-fetch
#   profile: baseline
#   severity: high
#   scope: object
#   why: >-
#     Whoever stands between the build and the server decides what gets into the image.
#   fix: >-
#     Give the build the certificate or the key that it needs: RUN --mount=type=secret, or a file in a base
#     image.
#   reference: https://docs.docker.com/build/building/best-practices/
package hallmark.dockerfile.df_unverified_fetch

import data.hallmark.lib.dockerfile

applies := dockerfile.ids_of(dockerfile.instructions)

violations contains dockerfile.finding(one, sprintf("%s is told not to check what it fetches", [one.program])) if {
	some one in dockerfile.commands
	regex.match(sprintf(`(?i)\s(%s)(\s|$)`, [_options[one.program]]), concat(" ", one.command.words))
}

violations contains dockerfile.finding(one, sprintf("%s switches a check off", [one.key])) if {
	some one in dockerfile.variables
	regex.match(_variables[upper(one.key)], one.value)
}

_options := object.union_n([
	{"curl": `(?-i:-[fsSLgiIvOJRN#0-9]*k\S*)|--(proxy-)?insecure`},
	{"wget": `--no-check-certificate`, "aria2c": `--check-certificate=false`},
	{program: `--trusted-host(=\S+)?` | some program in ["pip", "pip3", "pipx", "python", "python3"]},
	{"uv": `--allow-insecure-host(=\S+)?`, "apk": `--allow-untrusted`, "rpm": `--nosignature|--nodigest`},
	{program: _apt | some program in ["apt", "apt-get", "aptitude"]},
	{program: `--no-?gpg-?checks?|--setopt=sslverify=(0|false)` | some program in ["dnf", "microdnf", "yum", "zypper"]},
	{program: `(--)?strict-ssl[= ]false|--no-strict-ssl` | some program in ["npm", "pnpm", "yarn"]},
	{"git": `http\.sslverify[= ](false|0)`},
])

_apt := `--allow-unauthenticated|--force-yes|--allow-insecure-repositories|(-o)?apt::get::allowunauthenticated=(true|1)|(-o)?acquire::(allowinsecurerepositories=(true|1)|https::verify-(peer|host)=(false|0))`

_variables := {
	"NODE_TLS_REJECT_UNAUTHORIZED": `^0$`,
	"PYTHONHTTPSVERIFY": `^0$`,
	"GIT_SSL_NO_VERIFY": `(?i)^(1|true|yes|on)$`,
	"NPM_CONFIG_STRICT_SSL": `(?i)^false$`,
	"PIP_TRUSTED_HOST": `.`,
	"UV_INSECURE_HOST": `.`,
}
