# Where logs go, and how long they stay.

mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name               = "hallmark-preview-1"
  account_id         = "123456789012"
  region             = "eu-central-1"
  vpc_id             = "vpc-1"
  kms_key_arn        = "arn:aws:kms:eu-central-1:123456789012:key/1"
  log_retention_days = 7
  keep_logs          = false
}

run "ephemeral" {
  command = plan

  assert {
    condition = alltrue([
      for group in [aws_cloudwatch_log_group.control_plane, aws_cloudwatch_log_group.flow] :
      group.retention_in_days == 7 && group.kms_key_id == var.kms_key_arn && !group.skip_destroy
    ])
    error_message = "Logs are encrypted, end, and go with the environment."
  }

  assert {
    condition     = output.control_plane_log_group_name == "/aws/eks/hallmark-preview-1/cluster"
    error_message = "The log group is the one that EKS writes to."
  }

  assert {
    condition     = aws_flow_log.this.vpc_id == "vpc-1" && aws_flow_log.this.traffic_type == "ALL"
    error_message = "All traffic of the VPC is logged."
  }
}

run "permanent" {
  command = plan

  variables {
    keep_logs = true
  }

  assert {
    condition     = aws_cloudwatch_log_group.control_plane.skip_destroy && aws_cloudwatch_log_group.flow.skip_destroy
    error_message = "Logs outlive a permanent environment."
  }
}
