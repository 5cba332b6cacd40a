resource "aws_eks_cluster" "left_out" {
  name     = "left_out"
  role_arn = "arn:aws:iam::123456789012:role/it"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}

resource "aws_eks_cluster" "by_default" {
  name     = "by_default"
  role_arn = "arn:aws:iam::123456789012:role/it"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
  access_config {
    authentication_mode = "API"
  }
}

resource "aws_eks_cluster" "on" {
  name     = "on"
  role_arn = "arn:aws:iam::123456789012:role/it"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = true
  }
}
