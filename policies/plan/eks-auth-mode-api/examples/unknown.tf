resource "terraform_data" "mode" {
  input = "API"
}

resource "aws_eks_cluster" "open" {
  name     = "open"
  role_arn = "arn:aws:iam::123456789012:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }

  access_config {
    authentication_mode = terraform_data.mode.output
  }
}
