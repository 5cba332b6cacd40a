# Who reaches the cluster, and what they may do in it.

mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name                    = "hallmark-preview-1"
  account_id              = "123456789012"
  region                  = "eu-central-1"
  kubernetes_version      = "1.35"
  subnet_ids              = ["subnet-1", "subnet-2"]
  public_access_cidrs     = []
  kms_key_arn             = "arn:aws:kms:eu-central-1:123456789012:key/1"
  log_group_name          = "/aws/eks/hallmark-preview-1/cluster"
  addon_versions          = { eks-pod-identity-agent = "v1.0.0", kube-proxy = "v2.0.0", vpc-cni = "v3.0.0" }
  owner_tags              = { Environment = "preview-1", Owner = "team-quotes", Project = "hallmark" }
  administrator_role_arns = []
  deployer_role_arns      = ["arn:aws:iam::123456789012:role/deployer"]
  promoter_role_arns      = ["arn:aws:iam::123456789012:role/promoter"]
  reader_role_arns        = ["arn:aws:iam::123456789012:role/reader"]
  service_namespaces      = ["staging", "production"]
  service_account         = "quotes"
  service_policy_arns     = []
}

run "private" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "Only the VPC reaches the API."
  }

  assert {
    condition = (
      aws_eks_cluster.this.access_config[0].authentication_mode == "API" &&
      !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions &&
      !aws_eks_cluster.this.bootstrap_self_managed_addons
    )
    error_message = "Nobody gets in, and nothing runs, that is not written down."
  }

  assert {
    condition     = aws_eks_cluster.this.upgrade_policy[0].support_type == "STANDARD"
    error_message = "Nobody slides into extended support."
  }

  assert {
    condition     = length(aws_eks_cluster.this.enabled_cluster_log_types) == 5
    error_message = "All logs of the control plane are written."
  }

  assert {
    condition = {
      for arn, entry in aws_eks_access_policy_association.this :
      split("/", arn)[1] => "${split("/", entry.policy_arn)[1]} ${entry.access_scope[0].type} ${join(",", coalesce(entry.access_scope[0].namespaces, []))}"
      } == {
      deployer = "AmazonEKSAdminPolicy namespace production,staging"
      promoter = "AmazonEKSEditPolicy namespace production,staging"
      reader   = "AmazonEKSViewPolicy cluster "
    }
    error_message = "Deployers and promoters act in the service's namespaces only, and nobody else does."
  }

  assert {
    condition     = aws_eks_access_entry.this["arn:aws:iam::123456789012:role/promoter"].kubernetes_groups == toset(["hallmark:promoter"])
    error_message = "The cluster's own roles can be bound to the group of a duty."
  }

  assert {
    condition     = keys(aws_eks_pod_identity_association.service) == ["production", "staging"] && length(aws_iam_role_policy_attachment.service) == 0
    error_message = "The service has a role in each of its namespaces, which may do nothing."
  }

  assert {
    condition = {
      for name, addon in aws_eks_addon.before_nodes : name => "${addon.addon_version} ${length(addon.pod_identity_association)}"
    } == { eks-pod-identity-agent = "v1.0.0 0", kube-proxy = "v2.0.0 0", vpc-cni = "v3.0.0 1" }
    error_message = "The network's pods have a role of their own."
  }

  assert {
    condition     = jsondecode(aws_eks_addon.before_nodes["vpc-cni"].configuration_values).enableNetworkPolicy == "true"
    error_message = "NetworkPolicies are enforced."
  }
}

run "reached_from_an_office" {
  command = plan

  variables {
    public_access_cidrs     = ["198.51.100.0/24"]
    administrator_role_arns = ["arn:aws:iam::123456789012:role/people/administrator"]
    service_policy_arns     = ["arn:aws:iam::123456789012:policy/quotes"]
  }

  assert {
    condition = (
      aws_eks_cluster.this.vpc_config[0].endpoint_public_access &&
      aws_eks_cluster.this.vpc_config[0].endpoint_private_access &&
      aws_eks_cluster.this.vpc_config[0].public_access_cidrs == toset(["198.51.100.0/24"])
    )
    error_message = "The networks that are given reach the API as well, and no other."
  }

  assert {
    condition     = aws_eks_access_policy_association.this["arn:aws:iam::123456789012:role/people/administrator"].access_scope[0].type == "cluster"
    error_message = "People who are named may do anything."
  }

  assert {
    condition     = keys(aws_iam_role_policy_attachment.service) == ["arn:aws:iam::123456789012:policy/quotes"]
    error_message = "The service may do what it is given."
  }
}

run "logs_go_elsewhere" {
  command = plan

  variables {
    log_group_name = "/aws/eks/preview-1/cluster"
  }

  expect_failures = [aws_eks_cluster.this]
}
