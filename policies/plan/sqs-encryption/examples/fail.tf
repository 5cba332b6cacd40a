resource "aws_sqs_queue" "left_out" {}

resource "aws_sqs_queue" "off" {
  sqs_managed_sse_enabled = false
}
