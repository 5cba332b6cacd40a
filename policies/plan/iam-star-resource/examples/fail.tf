resource "aws_iam_policy" "one" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid = "One"
      Effect = "Allow"
      Action = "s3:GetObject"
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "list" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid = "One"
      Effect = "Allow"
      Action = ["ec2:DescribeInstances", "ec2:StartInstances"]
      Resource = ["*"]
    }]
  })
}

resource "aws_iam_policy" "wildcard" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid = "One"
      Effect = "Allow"
      Action = "ec2:*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "except" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid = "One"
      Effect = "Allow"
      NotAction = "iam:*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_role" "it" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action = "sts:AssumeRoleWithWebIdentity"
    }]
  })
  inline_policy {
    name = "one"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Sid = "One"
        Effect = "Allow"
        Action = "s3:*"
        Resource = "*"
      }]
    })
  }
}

resource "aws_iam_role_policy" "it" {
  role = "it"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid = "One"
      Effect = "Allow"
      Action = "*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_user_policy" "it" {
  user = "it"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid = "One"
      Effect = "Allow"
      Action = "*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_group_policy" "it" {
  group = "it"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid = "One"
      Effect = "Allow"
      Action = "*"
      Resource = "*"
    }]
  })
}
