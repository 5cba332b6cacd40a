resource "terraform_data" "chosen" {
  input = "arn:aws:kms:eu-central-1:123456789012:key/0"
}

resource "aws_eks_cluster" "key" {
  name = "key"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = terraform_data.chosen.output
    }
  }
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}

resource "aws_eks_cluster" "resources" {
  name = "resources"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  encryption_config {
    resources = [terraform_data.chosen.output]
    provider {
      key_arn = "arn:aws:kms:eu-central-1:123456789012:key/0"
    }
  }
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}

resource "aws_eks_cluster" "dynamic" {
  name = "dynamic"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  dynamic "encryption_config" {
    for_each = toset([terraform_data.chosen.output])
    content {
      resources = ["secrets"]
      provider {
        key_arn = encryption_config.value
      }
    }
  }
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}
