# One environment: network, cluster, nodes, add-ons, access, logs. Everything in it carries its name.

locals {
  full_name = "hallmark-${var.name}"

  # What never changes while the environment lives, so that it may be written into things that are replaced when it does.
  owner_tags = {
    Environment = var.name
    Owner       = var.owner
    Project     = var.project
  }

  zones = length(var.availability_zones) > 0 ? var.availability_zones : data.aws_availability_zones.usual[0].names
}

# Not filtered by state: a zone with trouble today must not move the subnets.
data "aws_availability_zones" "usual" {
  count = length(var.availability_zones) > 0 ? 0 : 1

  # In these EKS places no control plane.
  exclude_zone_ids = ["use1-az3", "usw1-az2", "cac1-az3"]

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }

  filter {
    name   = "zone-type"
    values = ["availability-zone"]
  }
}

module "network" {
  source = "../modules/network"

  name               = local.full_name
  region             = var.region
  cidr               = var.cidr
  availability_zones = local.zones
  zones              = var.zones
  nat                = var.nat
}

module "observability" {
  source = "../modules/observability"

  name               = local.full_name
  account_id         = var.account_id
  region             = var.region
  vpc_id             = module.network.vpc_id
  kms_key_arn        = aws_kms_key.this.arn
  log_retention_days = var.log_retention_days
  keep_logs          = !var.ephemeral

  permissions_boundary_arn = var.permissions_boundary_arn
}

module "cluster" {
  source = "../modules/cluster"

  name                = local.full_name
  account_id          = var.account_id
  region              = var.region
  kubernetes_version  = var.kubernetes_version
  subnet_ids          = module.network.control_plane_subnet_ids
  public_access_cidrs = var.public_access_cidrs
  kms_key_arn         = aws_kms_key.this.arn
  log_group_name      = module.observability.control_plane_log_group_name
  addon_versions      = local.addon_versions
  owner_tags          = local.owner_tags

  administrator_role_arns = var.administrator_role_arns
  deployer_role_arns      = var.deployer_role_arns
  promoter_role_arns      = var.promoter_role_arns
  reader_role_arns        = var.reader_role_arns
  service_namespaces      = var.service_namespaces
  service_account         = var.service_account
  service_policy_arns     = var.service_policy_arns

  permissions_boundary_arn = var.permissions_boundary_arn
}

module "nodes" {
  source = "../modules/nodes"

  name               = local.full_name
  cluster_name       = module.cluster.name
  kubernetes_version = module.cluster.version
  subnet_ids         = module.network.private_subnet_ids
  instance_types     = var.node_instance_types
  min_size           = var.node_min
  max_size           = var.node_max
  desired_size       = var.node_desired
  addon_versions     = local.addon_versions
  owner_tags         = local.owner_tags

  permissions_boundary_arn = var.permissions_boundary_arn
}
