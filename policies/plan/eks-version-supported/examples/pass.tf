resource "aws_eks_cluster" "old" {
  name = "old"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  version = "1.29"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}

resource "aws_eks_cluster" "new" {
  name = "new"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  version = "1.35"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}

resource "aws_eks_cluster" "left_out" {
  name = "left_out"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}
