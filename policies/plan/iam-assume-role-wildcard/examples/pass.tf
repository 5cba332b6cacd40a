resource "aws_iam_role" "star" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role" "aws" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = { AWS = ["arn:aws:iam::123456789012:role/it"] }
      Action = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role" "denied" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Deny"
      Principal = "*"
      Action = "sts:AssumeRole"
    }]
  })
}

data "aws_iam_policy_document" "made" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:role/it"]
    }
  }
}

resource "aws_iam_role" "made" {
  assume_role_policy = data.aws_iam_policy_document.made.json
}
