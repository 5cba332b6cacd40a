resource "aws_iam_role" "root" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:role/root" }
      Action = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role" "number" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role" "china" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Deny"
      Principal = { AWS = "arn:aws-cn:iam::123456789012:root" }
      Action = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_openid_connect_provider" "it" {
  url = "https://example.org"
  client_id_list = ["it"]
}

data "aws_iam_policy_document" "federated" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.it.arn]
    }
  }
}

resource "aws_iam_role" "federated" {
  assume_role_policy = data.aws_iam_policy_document.federated.json
}
