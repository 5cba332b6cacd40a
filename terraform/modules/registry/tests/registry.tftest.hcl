# What happens to images.

mock_provider "aws" {}

variables {
  repositories = ["quotes", "hallmark/releases"]
  kms_key_arn  = "arn:aws:kms:eu-central-1:123456789012:key/1"
}

run "repositories" {
  command = plan

  assert {
    condition = alltrue([
      for repository in aws_ecr_repository.this :
      repository.image_tag_mutability == "IMMUTABLE" && !repository.force_delete && repository.image_scanning_configuration[0].scan_on_push
    ]) && length(aws_ecr_repository.this) == 2
    error_message = "A tag is written once, an image is scanned, and a repository with images stays."
  }

  assert {
    condition = [
      for rule in jsondecode(aws_ecr_lifecycle_policy.this["quotes"].policy).rules : rule.selection.tagPrefixList
    ] == [["ephemeral-"]]
    error_message = "Only images for ephemeral environments expire."
  }
}

run "expires_at_once" {
  command = plan

  variables {
    ephemeral_days = 0
  }

  expect_failures = [var.ephemeral_days]
}

run "expires_after_half_a_day" {
  command = plan

  variables {
    ephemeral_days = 1.5
  }

  expect_failures = [var.ephemeral_days]
}
