package main

test_denies if {
	count(deny) == 1 with input as {"spec": {"template": {"spec": {"containers": [{"name": "x", "securityContext": {"privileged": true}}]}}}}
}

test_allows if {
	count(deny) == 0 with input as {"spec": {"template": {"spec": {"containers": [{"name": "x"}]}}}}
}
