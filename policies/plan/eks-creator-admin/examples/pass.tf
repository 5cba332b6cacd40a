resource "aws_eks_cluster" "off" {
  name     = "off"
  role_arn = "arn:aws:iam::123456789012:role/it"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }
}
