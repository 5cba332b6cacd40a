package hallmark.lib.secrets_test

import data.hallmark.lib.secrets

test_names_every_word_for_a_secret if {
	every name in [
		"password", "DB_PASSWORD", "dbPassword", "passwd", "root.passwd", "passphrase", "secret", "client-secret",
		"AWS_SECRET_ACCESS_KEY", "token", "GITHUB_TOKEN", "bearer", "API_KEY", "api-key", "api.key", "apiKey",
		"PRIVATE_KEY", "private-key.pem", "private.key", "privateKey", "AZURE_KEY", "AZURE_STORAGE_KEY",
		"azure-storage.account2-key", "DB_PWD", "db-pwd", "db.pwd.txt", "db_pwd_old",
	] {
		secrets.named(name)
	}
}

test_names_no_other_word if {
	every name in ["PATH", "PWD", "OLDPWD", "key", "KEYSTORE", "pass", "AZURE_REGION", "PUBLIC_KEY", "api_keeper"] {
		not secrets.named(name)
	}
}

test_finds_every_kind_of_private_key if {
	every kind in ["", "RSA ", "EC ", "DSA ", "ENCRYPTED ", "OPENSSH ", "PGP ", "X25519 "] {
		value := sprintf("a: b\n-----BEGIN %sPRIVATE KEY-----\nMIIE\n-----END %sPRIVATE KEY-----\n", [kind, kind])
		secrets.private_key(value)
		secrets.private_key(base64.encode(value))
	}
}

test_finds_no_private_key_elsewhere if {
	every value in [
		"-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
		"-----BEGIN PUBLIC KEY-----",
		"the PRIVATE KEY is elsewhere",
		base64.encode("-----BEGIN PUBLIC KEY-----"),
		base64.encode("no key"),
		"",
	] {
		not secrets.private_key(value)
	}
}

test_knows_the_path_of_a_file if {
	secrets.file("DB_PASSWORD_FILE", "/run/secrets/db")
	secrets.file("token-file", "/token")
	not secrets.file("TOKENFILE", "/token")
	not secrets.file("DB_PASSWORD_FILE", "hunter2")
	not secrets.file("DB_PASSWORD", "/run/secrets/db")
}

_id := "AKIAIOSFODNN7EXAMPLE"

_key := "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

test_finds_every_kind_of_credential if {
	every text in [
		sprintf("export AWS_ACCESS_KEY_ID=%s\n", [_id]),
		replace(_id, "AKIA", "ASIA"),
		sprintf("AWS_SECRET_ACCESS_KEY=%s", [_key]),
		sprintf("aws_secret_access_key = %s", [_key]),
		sprintf(`{"SecretAccessKey": "%s"}`, [_key]),
		sprintf("secret_key: '%s'", [_key]),
		"ghp_0123456789abcdefghijABCDEFGHIJ012345",
		"gho_0123456789abcdefghijABCDEFGHIJ012345",
		"ghs_0123456789abcdefghijABCDEFGHIJ012345",
		"ghu_0123456789abcdefghijABCDEFGHIJ012345",
		"github_pat_0123456789abcdefghijAB_C",
		"xoxb-0123456789-abc",
		"-----BEGIN RSA PRIVATE KEY-----",
	] {
		secrets.credential(text)
		secrets.credential(base64.encode(text))
	}
}

test_finds_no_credential_elsewhere if {
	every text in [
		"", "#!/bin/sh\necho AKIA", "XAKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLES", "AWS_SECRET_ACCESS_KEY=$KEY", _key,
		"ghp_short", "github_pat_short", "xoxb-short", base64.encode("nothing"),
	] {
		not secrets.credential(text)
	}
}
