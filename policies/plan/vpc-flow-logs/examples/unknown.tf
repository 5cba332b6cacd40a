resource "aws_vpc" "one" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "two" {
  cidr_block = "10.1.0.0/16"
}

resource "terraform_data" "chosen" {
  input = "one"
}

resource "aws_flow_log" "either" {
  vpc_id          = terraform_data.chosen.output == "one" ? aws_vpc.one.id : aws_vpc.two.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-central-1:123456789012:log-group:flow"
  iam_role_arn    = "arn:aws:iam::123456789012:role/flow"
}
