resource "aws_sqs_queue_policy" "star" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/star"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:role/it" }
      Action    = "sqs:SendMessage"
      Resource  = "*"
    }]
  })
}

resource "aws_sqs_queue_policy" "all" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/all"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = { AWS = "arn:aws:iam::123456789012:role/it" }
      Action    = "sqs:*"
      Resource  = "*"
    }]
  })
}

resource "terraform_data" "chosen" {
  input = "it"
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [terraform_data.chosen.output]
    }
  }
}

resource "aws_sqs_queue_policy" "deferred" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/deferred"
  policy    = data.aws_iam_policy_document.deferred.json
}
