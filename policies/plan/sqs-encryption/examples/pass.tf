resource "aws_kms_key" "it" {}

resource "aws_sqs_queue" "left_out" {
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue" "off" {
  kms_master_key_id = "alias/it"
}

resource "aws_sqs_queue" "made" {
  kms_master_key_id = aws_kms_key.it.id
}
