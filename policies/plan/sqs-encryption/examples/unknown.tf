resource "terraform_data" "chosen" {
  input = "alias/it"
}

resource "aws_sqs_queue" "key" {
  kms_master_key_id = terraform_data.chosen.output
}

resource "aws_sqs_queue" "managed" {
  sqs_managed_sse_enabled = terraform_data.chosen.output == ""
}
