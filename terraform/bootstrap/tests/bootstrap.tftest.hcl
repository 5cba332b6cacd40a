# What is refused, and how the states are kept.

mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}", minified_json = "{}" }
  }
}

variables {
  owner        = "team-platform"
  repository   = "example/hallmark"
  account_id   = "123456789012"
  state_bucket = "example-state"
}

run "states" {
  command = plan

  variables {
    repository_ids = "example@12/hallmark@34"
  }

  assert {
    condition     = { for role, bucket in aws_s3_bucket.this : role => bucket.bucket } == { access_log = "example-state-access-log", state = "example-state" }
    error_message = "There is a bucket for states and one for the record of who asked for them."
  }

  assert {
    condition     = !anytrue([for bucket in aws_s3_bucket.this : bucket.force_destroy])
    error_message = "No bucket goes with anything in it."
  }

  assert {
    condition = {
      for role, bucket in aws_s3_bucket_server_side_encryption_configuration.this :
      role => one(one(bucket.rule).apply_server_side_encryption_by_default).sse_algorithm
    } == { access_log = "AES256", state = "aws:kms" }
    error_message = "States are encrypted by the key; S3 writes its records to no bucket that is."
  }

  assert {
    condition = {
      for role, bucket in aws_s3_bucket_lifecycle_configuration.this :
      role => [for rule in bucket.rule : rule.id]
    } == { access_log = ["old-versions", "old-records"], state = ["old-versions"] }
    error_message = "Records end, states that are in use never."
  }

  assert {
    condition     = aws_kms_key.this.deletion_window_in_days == 30 && aws_kms_key.this.enable_key_rotation
    error_message = "The key is rotated, and can be saved for as long as AWS lets it."
  }
}

run "refused_1" {
  command = plan

  variables {
    project = ""
    owner   = ""
    # without owner
    repository = "hallmark"
    # 13 digits
    account_id = "1234567890123"
    # not a region's name
    region = "Frankfurt"
    # none
    stages = []
    # a dot, which TLS names don't cover
    state_bucket = "example.state"
    # none
    repositories = []
  }

  expect_failures = [
    var.project,
    var.owner,
    var.repository,
    var.account_id,
    var.region,
    var.stages,
    var.state_bucket,
    var.repositories,
  ]
}

run "refused_2" {
  command = plan

  variables {
    # twice the same
    stages = ["staging", "staging"]
    # of another repository
    repository_ids = "example@12/other@34"
    # no room for the other bucket's name
    state_bucket = "a23456789012345678901234567890123456789012345678901234"
    # with capitals
    repositories = ["Quotes"]
  }

  expect_failures = [
    var.stages,
    var.repository_ids,
    var.state_bucket,
    var.repositories,
  ]
}

run "refused_3" {
  command = plan

  variables {
    # of one letter
    stages = ["p"]
    # without ids
    repository_ids = "example/hallmark"
  }

  expect_failures = [
    var.stages,
    var.repository_ids,
  ]
}

run "refused_4" {
  command = plan

  variables {
    # named like an environment of another
    stages = ["prod", "prod-eu"]
  }

  expect_failures = [
    var.stages,
  ]
}

run "refused_5" {
  command = plan

  variables {
    # named like a part of the bootstrap
    stages = ["stage"]
  }

  expect_failures = [
    var.stages,
  ]
}
