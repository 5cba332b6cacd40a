# The add-ons that nodes need to be ready, and so before them. Those that need nodes are beside the nodes.

locals {
  vpc_cni = {
    enableNetworkPolicy = "true"
    env = {
      # Without tags nobody finds the interfaces that a node left behind.
      ADDITIONAL_ENI_TAGS = jsonencode(var.owner_tags)
    }
  }
}

resource "aws_eks_addon" "before_nodes" {
  for_each = {
    eks-pod-identity-agent = null
    kube-proxy             = null
    vpc-cni                = jsonencode(local.vpc_cni)
  }

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = var.addon_versions[each.key]
  configuration_values        = each.value
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  # Not by the nodes' role: what it may do, every process on a node may do that reaches the metadata service.
  dynamic "pod_identity_association" {
    for_each = each.key == "vpc-cni" ? ["aws-node"] : []

    content {
      role_arn        = aws_iam_role.pods["vpc-cni"].arn
      service_account = pod_identity_association.value
    }
  }

  depends_on = [aws_iam_role_policy_attachment.vpc_cni]
}
