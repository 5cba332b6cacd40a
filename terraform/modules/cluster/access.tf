# Who may do what in the cluster, and no ConfigMap that says otherwise.

locals {
  access = {
    administrator = { policy = "AmazonEKSClusterAdminPolicy", namespaces = [] }
    deployer      = { policy = "AmazonEKSAdminPolicy", namespaces = var.service_namespaces }
    promoter      = { policy = "AmazonEKSEditPolicy", namespaces = var.service_namespaces }
    reader        = { policy = "AmazonEKSViewPolicy", namespaces = [] }
  }

  entries = merge(
    { for arn in var.administrator_role_arns : arn => "administrator" },
    { for arn in var.deployer_role_arns : arn => "deployer" },
    { for arn in var.promoter_role_arns : arn => "promoter" },
    { for arn in var.reader_role_arns : arn => "reader" },
  )
}

resource "aws_eks_access_entry" "this" {
  for_each = local.entries

  cluster_name  = aws_eks_cluster.this.name
  principal_arn = each.key
  # What a policy of EKS doesn't give, a RoleBinding of the cluster can give this group.
  kubernetes_groups = ["hallmark:${each.value}"]
}

resource "aws_eks_access_policy_association" "this" {
  for_each = local.entries

  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_eks_access_entry.this[each.key].principal_arn
  policy_arn    = "arn:${data.aws_partition.this.partition}:eks::aws:cluster-access-policy/${local.access[each.value].policy}"

  access_scope {
    type       = length(local.access[each.value].namespaces) > 0 ? "namespace" : "cluster"
    namespaces = local.access[each.value].namespaces
  }
}
