account_id = "123456789012"
name       = "preview-1"
ephemeral  = true
expires_at = "2026-01-31T18:00:00Z"
owner      = "team-quotes"
repository = "example/hallmark"
# Of the bootstrap stack's outputs role_arns and permissions_boundary_arns, those of the stage preview.
deployer_role_arns       = ["arn:aws:iam::123456789012:role/hallmark-stage-preview"]
permissions_boundary_arn = "arn:aws:iam::123456789012:policy/hallmark-environment-preview"
