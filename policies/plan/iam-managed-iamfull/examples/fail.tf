resource "aws_iam_role_policy_attachment" "it" {
  role       = "it"
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}

resource "aws_iam_user_policy_attachment" "it" {
  user       = "it"
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}

resource "aws_iam_group_policy_attachment" "it" {
  group      = "it"
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}

resource "aws_iam_policy_attachment" "it" {
  name       = "it"
  roles      = ["it"]
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}

resource "aws_iam_role" "it" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/IAMFullAccess"]
}

resource "aws_iam_role_policy_attachments_exclusive" "it" {
  role_name   = "it"
  policy_arns = ["arn:aws:iam::aws:policy/IAMFullAccess"]
}

resource "aws_iam_user_policy_attachments_exclusive" "it" {
  user_name   = "it"
  policy_arns = ["arn:aws:iam::aws:policy/IAMFullAccess"]
}

resource "aws_iam_group_policy_attachments_exclusive" "it" {
  group_name  = "it"
  policy_arns = ["arn:aws:iam::aws:policy/IAMFullAccess"]
}

resource "aws_iam_role_policy_attachment" "china" {
  role       = "it"
  policy_arn = "arn:aws-cn:iam::aws:policy/IAMFullAccess"
}
