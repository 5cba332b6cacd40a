resource "terraform_data" "chosen" {
  input = "arn:aws:kms:eu-central-1:123456789012:key/0"
}

resource "aws_dynamodb_table" "key" {
  name         = "key"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = terraform_data.chosen.output
  }
}

resource "aws_dynamodb_table" "switch" {
  name         = "switch"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = terraform_data.chosen.output == ""
    kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/0"
  }
}
