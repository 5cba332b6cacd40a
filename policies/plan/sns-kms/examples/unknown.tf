resource "terraform_data" "chosen" {
  input = "alias/it"
}

resource "aws_sns_topic" "open" {
  kms_master_key_id = terraform_data.chosen.output
}
