resource "aws_eks_cluster" "old" {
  name = "old"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  version = "1.28"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}

resource "aws_eks_cluster" "new" {
  name = "new"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  version = "1.99"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}
