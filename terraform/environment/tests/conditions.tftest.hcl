# What follows from the kind of an environment and from what is left out.

mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }
  }
  mock_data "aws_eks_addon_version" {
    defaults = { version = "v1.0.0-eksbuild.1" }
  }
}

variables {
  name       = "preview-1"
  owner      = "team-quotes"
  repository = "example/hallmark"
  account_id = "123456789012"
}

run "ephemeral" {
  command = plan

  variables {
    ephemeral          = true
    expires_at         = "2026-12-01T18:00:00Z"
    availability_zones = ["eu-central-1b", "eu-central-1c"]
    addon_versions     = { coredns = "v1.12.4-eksbuild.1" }
  }

  assert {
    condition     = aws_kms_key.this.deletion_window_in_days == 7
    error_message = "The key of an ephemeral environment goes as soon as AWS lets it."
  }

  assert {
    condition     = aws_kms_key.this.enable_key_rotation
    error_message = "The key is rotated."
  }

  assert {
    condition     = length(data.aws_availability_zones.usual) == 0 && local.zones == tolist(["eu-central-1b", "eu-central-1c"])
    error_message = "Zones that are given are not looked up."
  }

  assert {
    condition = local.addon_versions == {
      coredns                = "v1.12.4-eksbuild.1"
      eks-pod-identity-agent = "v1.0.0-eksbuild.1"
      kube-proxy             = "v1.0.0-eksbuild.1"
      metrics-server         = "v1.0.0-eksbuild.1"
      vpc-cni                = "v1.0.0-eksbuild.1"
    }
    error_message = "Only versions that are not given are looked up."
  }

  assert {
    condition     = length(output.log_group_names) == 2 && output.region == "eu-central-1"
    error_message = "The kit finds the logs by the outputs."
  }
}

run "production" {
  command = plan

  variables {
    name       = "production"
    expires_at = "never"
    zones      = 3
    nat        = "per-zone"
    # Smallest and greatest of what is allowed.
    cidr                = "172.31.0.0/20"
    node_min            = 0
    node_desired        = 100
    node_max            = 100
    public_access_cidrs = ["198.51.0.0/16", "203.0.113.7/32"]
    service_namespaces  = ["production"]
    deployer_role_arns  = ["arn:aws:iam::123456789012:role/hallmark-stage-production"]
    reader_role_arns    = ["arn:aws:iam::123456789012:role/people/reader"]
    node_instance_types = ["m7i.large", "g4dn.xlarge"]
    commit              = "0123456789abcdef0123456789abcdef01234567"
  }

  assert {
    condition     = aws_kms_key.this.deletion_window_in_days == 30
    error_message = "The key of a permanent environment can be saved for as long as AWS lets it."
  }

  assert {
    condition     = local.zones == tolist(["eu-central-1a", "eu-central-1b", "eu-central-1c"])
    error_message = "Zones that are not given are the region's own."
  }

  assert {
    condition = local.owner_tags == {
      Environment = "production"
      Owner       = "team-quotes"
      Project     = "hallmark"
    }
    error_message = "What tags nodes never changes while the environment lives."
  }
}
