resource "terraform_data" "chosen" {
  input = "scheduler"
}

resource "aws_eks_cluster" "open" {
  name = "open"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", terraform_data.chosen.output]
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}
