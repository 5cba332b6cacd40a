resource "aws_iam_policy" "json" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "One"
      Effect   = "Allow"
      Action   = "iam:*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "heredoc" {
  policy = <<-EOT
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["iam:*"], "Resource": "*"}}
  EOT
}

data "aws_iam_policy_document" "data" {
  statement {
    actions   = ["iam:*"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "data" {
  policy = data.aws_iam_policy_document.data.json
}

resource "aws_iam_role" "inline" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
  inline_policy {
    name = "one"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Sid      = "One"
        Effect   = "Allow"
        Action   = "iam:*"
        Resource = "*"
      }]
    })
  }
}

resource "aws_iam_role_policy" "it" {
  role = "some"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "One"
      Effect   = "Allow"
      Action   = "iam:*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_user_policy" "it" {
  user = "some"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "One"
      Effect   = "Allow"
      Action   = "iam:*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_group_policy" "it" {
  group = "some"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "One"
      Effect   = "Allow"
      Action   = "iam:*"
      Resource = "*"
    }]
  })
}
