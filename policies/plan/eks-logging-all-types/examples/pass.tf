resource "aws_eks_cluster" "left_out" {
  name = "left_out"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}
