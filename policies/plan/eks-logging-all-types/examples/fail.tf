resource "aws_eks_cluster" "left_out" {
  name = "left_out"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}

resource "aws_eks_cluster" "empty" {
  name = "empty"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  enabled_cluster_log_types = []
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}

resource "aws_eks_cluster" "four" {
  name = "four"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager"]
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}
