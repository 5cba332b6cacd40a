package hallmark.manifests.configmap_secrets_test

import data.hallmark.manifests.configmap_secrets
import data.hallmark.testing

_places(set) := testing.places(set, found) if {
	found := configmap_secrets.violations with input as set
}

_with(field, values) := testing.changed("/ConfigMap", [{"op": "add", "path": sprintf("/%s", [field]), "value": values}])

_key := "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n"

test_denies_every_name if {
	every name in [
		"password", "DB_PASSWORD", "db.passwd", "token", "bearer", "client-secret", "api-key",
		"AWS_SECRET_ACCESS_KEY", "AZURE_STORAGE_KEY",
	] {
		_places(_with("data", {name: "x"})) == {sprintf("ConfigMap: data/%s", [name])}
	}
}

test_denies_both_of_two if {
	set := _with("data", {"token": "x", "QUOTES_CURRENCY": "EUR", "zz-password": "x"})
	_places(set) == {"ConfigMap: data/token", "ConfigMap: data/zz-password"}
}

test_denies_name_without_value if {
	_places(_with("data", {"password": ""})) == {"ConfigMap: data/password"}
}

test_denies_name_of_binary_data if {
	set := _with("binaryData", {"icon": "aWNvbg==", "token": "eA=="})
	_places(set) == {"ConfigMap: binaryData/token"}
}

test_denies_private_key if {
	set := _with("data", {"a": "b", "tls.pem": _key, "app.yaml": sprintf("certificate: |\n  x\nkey: |\n  %s", [_key])})
	_places(set) == {"ConfigMap: data/tls.pem", "ConfigMap: data/app.yaml"}
}

test_denies_private_key_in_base64 if {
	_places(_with("binaryData", {"tls.pem": base64.encode(_key)})) == {"ConfigMap: binaryData/tls.pem"}
	_places(_with("data", {"tls.pem": base64.encode(_key)})) == {"ConfigMap: data/tls.pem"}
}

test_allows_certificate_and_what_is_no_base64 if {
	certificate := "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n"
	_places(_with("data", {"ca.crt": certificate})) == set()
	_places(_with("binaryData", {"ca.crt": base64.encode(certificate), "broken": "?"})) == set()
}

test_allows_no_data if {
	_places(testing.changed("/ConfigMap", [{"op": "remove", "path": "/data"}])) == set()
}

test_allows_what_is_as_it_should_be if {
	_places(testing.all) == set()
}

test_applies_to_its_kinds_only if {
	found := configmap_secrets.applies with input as testing.all
	testing.kinds(testing.all, found) == {"ConfigMap"}
}
