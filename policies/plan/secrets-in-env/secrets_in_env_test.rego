package hallmark.plan.secrets_in_env_test

import data.hallmark.plan.secrets_in_env
import data.hallmark.testing.plans

_violations(example) := plans.places(set, found) if {
	set := plans.of("secrets-in-env", example)
	found := secrets_in_env.violations with input as set
}

_unknowns(example) := plans.places(set, found) if {
	set := plans.of("secrets-in-env", example)
	found := secrets_in_env.unknowns with input as set
}

_applies(example) := plans.addresses(set, found) if {
	set := plans.of("secrets-in-env", example)
	found := secrets_in_env.applies with input as set
}

test_denies_what_breaks_the_demand if {
	_violations("fail") == {
		"aws_lambda_function.beside: environment.0.variables.GITHUB",
		"aws_lambda_function.id: environment.0.variables.KEY",
		"aws_lambda_function.other: environment.0.variables.DB_PASSWORD",
		"aws_lambda_function.pair: environment.0.variables.AWS_ACCESS_KEY_ID",
		"aws_lambda_function.pair: environment.0.variables.AWS_SECRET_ACCESS_KEY",
		"aws_lambda_function.private: environment.0.variables.PEM",
	}
	_unknowns("fail") == set()
}

test_allows_what_is_as_it_should_be if {
	_violations("pass") == set()
	_unknowns("pass") == set()
}

test_leaves_open_what_is_known_after_apply_only if {
	_violations("unknown") == set()
	_unknowns("unknown") == {
		"aws_lambda_function.one: environment.0.variables",
		"aws_lambda_function.whole: environment.0.variables",
	}
}

test_applies_to_its_types_only if {
	_applies("fail") == {
		"aws_lambda_function.beside",
		"aws_lambda_function.id",
		"aws_lambda_function.other",
		"aws_lambda_function.pair",
		"aws_lambda_function.private",
	}
	_applies("pass") == {
		"aws_lambda_function.id",
		"aws_lambda_function.other",
		"aws_lambda_function.pair",
	}
	_applies("unknown") == {
		"aws_lambda_function.one",
		"aws_lambda_function.whole",
	}
}

_denied(set) := plans.places(set, found) if {
	found := secrets_in_env.violations with input as set
}

_function(variables) := plans.only("secrets-in-env", "pass", "aws_lambda_function.id", [{"op": "replace", "path": "/values/environment/0/variables", "value": variables}])

test_denies_a_secret_by_its_name_unless_that_says_where_it_is if {
	every name in ["DB_PASSWORD", "TOKEN", "SECRET_ARNOLD", "SECRETURL"] {
		_denied(_function({name: "hunter2"})) == {sprintf("aws_lambda_function.id: environment.0.variables.%s", [name])}
		_denied(_function({name: ""})) == set()
		_denied(_function({name: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db"})) == set()
	}
	every end in ["_ARN", "-name", "_ID", "_URL", "_URI", "_PATH", "_FILE", "_ARNS"] {
		_denied(_function({concat("", ["SECRET", end]): "db"})) == set()
	}
}

test_denies_a_credential_under_any_name if {
	every value in ["AKIAIOSFODNN7EXAMPLE", base64.encode("AKIAIOSFODNN7EXAMPLE"), "-----BEGIN PRIVATE KEY-----"] {
		_denied(_function({"SECRET_ARN": value})) == {"aws_lambda_function.id: environment.0.variables.SECRET_ARN"}
	}
	_denied(_function({"SECRET_KEY_PATH": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"})) == set()
	_denied(_function({"X_SECRET_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"})) == {"aws_lambda_function.id: environment.0.variables.X_SECRET_KEY"}
}

test_leaves_open_a_single_variable if {
	set := _function({"MODE": plans.mark, "DB_PASSWORD": "hunter2"})
	found := secrets_in_env.unknowns with input as set
	plans.places(set, found) == {"aws_lambda_function.id: environment.0.variables.MODE"}
	_denied(set) == {"aws_lambda_function.id: environment.0.variables.DB_PASSWORD"}
}
