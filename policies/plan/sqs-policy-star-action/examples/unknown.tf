resource "aws_iam_user" "it" {
  name = "it"
}

resource "terraform_data" "chosen" {
  input = "sqs:*"
}

resource "aws_sqs_queue_policy" "json" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/json"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_user.it.arn }
      Action    = "sqs:*"
      Resource  = "*"
    }]
  })
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions   = [terraform_data.chosen.output]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_sqs_queue_policy" "deferred" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/deferred"
  policy    = data.aws_iam_policy_document.deferred.json
}
