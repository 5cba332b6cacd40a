# The newest version of every add-on that fits the cluster, unless var.addon_versions pins it.

locals {
  addons = ["coredns", "eks-pod-identity-agent", "kube-proxy", "metrics-server", "vpc-cni"]

  addon_versions = merge(
    { for name, addon in data.aws_eks_addon_version.newest : name => addon.version },
    var.addon_versions,
  )
}

data "aws_eks_addon_version" "newest" {
  for_each = setsubtract(local.addons, keys(var.addon_versions))

  addon_name         = each.value
  kubernetes_version = var.kubernetes_version
  most_recent        = true
}
