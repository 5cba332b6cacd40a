resource "aws_eks_cluster" "on" {
  name     = "on"
  role_arn = "arn:aws:iam::123456789012:role/it"
  vpc_config {
    subnet_ids              = ["subnet-0a", "subnet-0b"]
    endpoint_private_access = true
  }
}
