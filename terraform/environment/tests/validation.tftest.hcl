# Every variable refuses what it must. A run starts the provider, so each holds one mistake of as many variables as it can:
# of those that are not judged by one another. What is not refused is missing from the expected failures, and fails the run.

mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name               = "preview-1"
  ephemeral          = true
  expires_at         = "2026-12-01T18:00:00Z"
  owner              = "team-quotes"
  repository         = "example/hallmark"
  account_id         = "123456789012"
  availability_zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  addon_versions = {
    coredns                = "v1.12.4-eksbuild.1"
    eks-pod-identity-agent = "v1.3.10-eksbuild.1"
    kube-proxy             = "v1.35.0-eksbuild.2"
    metrics-server         = "v0.8.0-eksbuild.5"
    vpc-cni                = "v1.21.0-eksbuild.2"
  }
}

run "refused_1" {
  command = plan

  variables {
    # name with capitals
    name = "Preview"
    # no instant
    expires_at = "tomorrow"
    # owner empty
    owner = ""
    # project empty
    project = ""
    # repository without owner
    repository = "hallmark"
    # commit shortened
    commit = "0123abc"
    # account id of 11 digits
    account_id = "12345678901"
    # region unknown in form
    region             = "Frankfurt"
    availability_zones = []
    # boundary is no policy
    permissions_boundary_arn = "arn:aws:iam::123456789012:role/boundary"
    # cidr too small
    cidr = "10.0.0.0/21"
    # zones 0
    zones = 0
    # nat unknown
    nat = "both"
    # public access of everybody
    public_access_cidrs = ["0.0.0.0/0"]
    # kubernetes version past support
    kubernetes_version = "1.33"
    # another add-on
    addon_versions = { aws-ebs-csi-driver = "v1.50.0-eksbuild.1" }
    # instance types none
    node_instance_types = []
    # node min negative
    node_min = -1
    # node max 0
    node_max = 0
    # unknown to CloudWatch
    log_retention_days = 31
    # administrator is a user
    administrator_role_arns = ["arn:aws:iam::123456789012:user/somebody"]
    # deployer is the account
    deployer_role_arns = ["arn:aws:iam::123456789012:root"]
    # promoter is a wildcard
    promoter_role_arns = ["arn:aws:iam::123456789012:role/*"]
    # namespaces none
    service_namespaces = []
    # service account with dot at its end
    service_account = "quotes."
    # service policy is a role
    service_policy_arns = ["arn:aws:iam::123456789012:role/service"]
  }

  expect_failures = [
    var.name,
    var.expires_at,
    var.owner,
    var.project,
    var.repository,
    var.commit,
    var.account_id,
    var.region,
    var.permissions_boundary_arn,
    var.cidr,
    var.zones,
    var.nat,
    var.public_access_cidrs,
    var.kubernetes_version,
    var.addon_versions,
    var.node_instance_types,
    var.node_min,
    var.node_max,
    var.log_retention_days,
    var.administrator_role_arns,
    var.deployer_role_arns,
    var.promoter_role_arns,
    var.service_namespaces,
    var.service_account,
    var.service_policy_arns,
  ]
}

run "refused_2" {
  command = plan

  variables {
    # name of one letter
    name = "p"
    # not in UTC
    expires_at = "2026-12-01T18:00:00+01:00"
    # owner with what tags refuse
    owner = "team <quotes>"
    # cidr too large
    cidr = "10.0.0.0/15"
    # zones 4
    zones = 4
    # public access of both halves
    public_access_cidrs = ["0.0.0.0/1", "128.0.0.0/1"]
    # kubernetes version with patch
    kubernetes_version = "1.35.1"
    # no version
    addon_versions = { coredns = "latest" }
    # instance type without size
    node_instance_types = ["t3"]
    # node max 101
    node_max = 101
    # everybody
    reader_role_arns = ["*"]
    # namespace with underscore
    service_namespaces = ["pre_view"]
  }

  expect_failures = [
    var.name,
    var.expires_at,
    var.owner,
    var.cidr,
    var.zones,
    var.public_access_cidrs,
    var.kubernetes_version,
    var.addon_versions,
    var.node_instance_types,
    var.node_max,
    var.reader_role_arns,
    var.service_namespaces,
  ]
}

run "refused_3" {
  command = plan

  variables {
    # name with hyphen at its end
    name = "preview-"
    # ephemeral, but never expires
    expires_at = "never"
    # cidr with host bits
    cidr = "10.0.0.1/16"
    # zones 1 and a half
    zones = 1.5
    # public access with host bits
    public_access_cidrs = ["198.51.100.1/24"]
    # instance type of graviton
    node_instance_types = ["t3.medium", "m7gd.large"]
    # node desired below min
    node_min     = 2
    node_desired = 1
    # one role with two duties
    deployer_role_arns = ["arn:aws:iam::123456789012:role/ci"]
    reader_role_arns   = ["arn:aws:iam::123456789012:role/ci"]
    # namespace of kubernetes
    service_namespaces = ["kube-system"]
  }

  expect_failures = [
    var.name,
    var.expires_at,
    var.cidr,
    var.zones,
    var.public_access_cidrs,
    var.node_instance_types,
    var.node_desired,
    var.reader_role_arns,
    var.service_namespaces,
  ]
}

run "refused_4" {
  command = plan

  variables {
    # name longer than 30
    name = "a234567890123456789012345678901"
    # permanent, but expires
    ephemeral = false
    # cidr is no network
    cidr = "10.0.0.300/16"
    # availability zones of another region
    availability_zones = ["us-east-1a", "us-east-1b"]
    # of IPv6
    public_access_cidrs = ["2001:db8::/32"]
    # node desired above max
    node_max     = 2
    node_desired = 3
    # namespace default
    service_namespaces = ["default"]
  }

  expect_failures = [
    var.name,
    var.expires_at,
    var.cidr,
    var.availability_zones,
    var.public_access_cidrs,
    var.node_desired,
    var.service_namespaces,
  ]
}

run "refused_5" {
  command = plan

  variables {
    # of the Internet
    cidr = "198.51.0.0/16"
    # availability zones only one
    availability_zones = ["eu-central-1a"]
    # node desired half
    node_desired = 1.5
  }

  expect_failures = [
    var.cidr,
    var.availability_zones,
    var.node_desired,
  ]
}

run "refused_6" {
  command = plan

  variables {
    # just past the private ones
    cidr = "172.32.0.0/16"
    # availability zones twice the same
    availability_zones = ["eu-central-1a", "eu-central-1a"]
  }

  expect_failures = [
    var.cidr,
    var.availability_zones,
  ]
}

run "refused_7" {
  command = plan

  variables {
    # availability zones fewer than zones
    availability_zones = ["eu-central-1a", "eu-central-1b"]
    zones              = 3
  }

  expect_failures = [
    var.availability_zones,
  ]
}

run "refused_8" {
  command = plan

  variables {
    # availability zones with one twice, which would leave the nodes in one
    availability_zones = ["eu-central-1a", "eu-central-1a", "eu-central-1b"]
    zones              = 2
  }

  expect_failures = [
    var.availability_zones,
  ]
}
