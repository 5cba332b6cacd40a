resource "aws_vpc" "local" {
  cidr_block = "10.0.0.0/16"
}

locals {
  vpc = aws_vpc.local.id
}

resource "aws_flow_log" "local" {
  vpc_id          = local.vpc
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-central-1:123456789012:log-group:flow"
  iam_role_arn    = "arn:aws:iam::123456789012:role/flow"
}
