resource "aws_eip" "office" {
  domain = "vpc"
}

resource "terraform_data" "switch" {
  input = false
}

resource "aws_eks_cluster" "ranges" {
  name     = "ranges"
  role_arn = "arn:aws:iam::123456789012:role/cluster"

  vpc_config {
    subnet_ids          = ["subnet-0a", "subnet-0b"]
    public_access_cidrs = ["192.0.2.0/24", "${aws_eip.office.public_ip}/32"]
  }
}

resource "aws_eks_cluster" "switch" {
  name     = "switch"
  role_arn = "arn:aws:iam::123456789012:role/cluster"

  vpc_config {
    subnet_ids             = ["subnet-0a", "subnet-0b"]
    endpoint_public_access = terraform_data.switch.output
  }
}
