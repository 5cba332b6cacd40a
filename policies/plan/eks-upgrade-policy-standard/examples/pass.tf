resource "aws_eks_cluster" "standard" {
  name     = "standard"
  role_arn = "arn:aws:iam::123456789012:role/it"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
  upgrade_policy {
    support_type = "STANDARD"
  }
}
