resource "aws_eks_cluster" "left_out" {
  name     = "left_out"
  role_arn = "arn:aws:iam::123456789012:role/it"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}

resource "aws_eks_cluster" "extended" {
  name     = "extended"
  role_arn = "arn:aws:iam::123456789012:role/it"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
  upgrade_policy {
    support_type = "EXTENDED"
  }
}
