resource "terraform_data" "chosen" {
  input = true
}

resource "aws_dynamodb_table" "open" {
  name         = "open"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery {
    enabled = terraform_data.chosen.output
  }
}
