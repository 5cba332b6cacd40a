resource "terraform_data" "chosen" {
  input = "1.35"
}

resource "aws_eks_cluster" "open" {
  name = "open"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  version = terraform_data.chosen.output
  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}
