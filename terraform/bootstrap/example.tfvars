account_id   = "123456789012"
owner        = "team-platform"
repository   = "example/hallmark"
state_bucket = "example-hallmark-states"
