# METADATA
# title: What looks like a secret
# description: >-
#   Names that say secret, whatever joins their words, and values that are one under any name. A name is not asked
#   what kind of secret it means: TOKEN_URL says token too.
package hallmark.lib.secrets

named(name) if regex.match(_names, name)

_names := `(?i)(password|passwd|passphrase|secret|token|bearer|api[-_.]?key|private[-_.]?key|azure[-_.a-z0-9]*key|[-_.]pwd([-_.]|$))`

# A name such as TOKEN_FILE whose value is a path: it says where the secret is, and holds none.
file(name, value) if {
	regex.match(`(?i)[-_.]file$`, name)
	startswith(value, "/")
}

# A private key in PEM anywhere in a value, as it stands or in base64.
private_key(value) if regex.match(_pem, value)

private_key(value) if {
	base64.is_valid(value)
	regex.match(_pem, base64.decode(value))
}

_pem := `-----BEGIN [A-Z0-9 ]*PRIVATE KEY`

# A key or a token of the usual forms anywhere in a text, as it stands or in base64.
credential(text) if private_key(text)

credential(text) if regex.match(_credentials, text)

credential(text) if {
	base64.is_valid(text)
	regex.match(_credentials, base64.decode(text))
}

_credentials := concat("|", [
	`\b(AKIA|ASIA)[A-Z0-9]{16}\b`,
	`(?i:secret[-_ ]?(access[-_ ]?)?key)["']?\s*[:=]\s*["']?[A-Za-z0-9/+]{40}`,
	`\bgh[opsu]_[A-Za-z0-9]{36}`,
	`\bgithub_pat_[A-Za-z0-9_]{22}`,
	`\bxox[abprs]-[A-Za-z0-9-]{10}`,
])
