resource "aws_kms_key" "it" {}

resource "aws_eks_cluster" "left_out" {
  name = "left_out"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:eu-central-1:123456789012:key/0"
    }
  }
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}

resource "aws_eks_cluster" "made" {
  name = "made"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.it.arn
    }
  }
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}
