resource "aws_eks_cluster" "left_out" {
  name     = "left_out"
  role_arn = "arn:aws:iam::123456789012:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-0a", "subnet-0b"]
  }
}

resource "aws_eks_cluster" "everything" {
  name     = "everything"
  role_arn = "arn:aws:iam::123456789012:role/cluster"

  vpc_config {
    subnet_ids             = ["subnet-0a", "subnet-0b"]
    endpoint_public_access = true
    public_access_cidrs    = ["192.0.2.0/24", "0.0.0.0/0"]
  }
}

resource "aws_eks_cluster" "halves" {
  name     = "halves"
  role_arn = "arn:aws:iam::123456789012:role/cluster"

  vpc_config {
    subnet_ids          = ["subnet-0a", "subnet-0b"]
    public_access_cidrs = ["0.0.0.0/1", "128.0.0.0/1"]
  }
}

resource "aws_eks_cluster" "six" {
  name     = "six"
  role_arn = "arn:aws:iam::123456789012:role/cluster"

  vpc_config {
    subnet_ids          = ["subnet-0a", "subnet-0b"]
    public_access_cidrs = ["::/0"]
  }
}
