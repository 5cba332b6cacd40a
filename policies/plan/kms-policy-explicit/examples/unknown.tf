resource "terraform_data" "chosen" {
  input = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:role/it" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_key" "open" {
  policy = terraform_data.chosen.output
}

locals {
  key = aws_kms_key.beside.id
}

resource "aws_kms_key" "beside" {}

resource "aws_kms_key_policy" "beside" {
  key_id = local.key
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:role/it" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}
