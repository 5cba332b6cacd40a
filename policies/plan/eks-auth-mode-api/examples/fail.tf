resource "aws_eks_cluster" "left_out" {
  name     = "left_out"
  role_arn = "arn:aws:iam::123456789012:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}

resource "aws_eks_cluster" "empty" {
  name     = "empty"
  role_arn = "arn:aws:iam::123456789012:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }

  access_config {
    bootstrap_cluster_creator_admin_permissions = false
  }
}

resource "aws_eks_cluster" "both" {
  name     = "both"
  role_arn = "arn:aws:iam::123456789012:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }

  access_config {
    authentication_mode = "API_AND_CONFIG_MAP"
  }
}
