resource "aws_vpc" "alone" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_flow_log" "it" {
  vpc_id          = aws_vpc.alone.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-central-1:123456789012:log-group:flow"
  iam_role_arn    = "arn:aws:iam::123456789012:role/flow"
}

resource "aws_vpc" "many" {
  for_each   = { a = "10.1.0.0/16", b = "10.2.0.0/16" }
  cidr_block = each.value
}

resource "aws_vpc" "counted" {
  count      = 2
  cidr_block = "10.${count.index + 3}.0.0/16"
}

resource "aws_flow_log" "many" {
  for_each        = aws_vpc.many
  vpc_id          = each.value.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-central-1:123456789012:log-group:flow"
  iam_role_arn    = "arn:aws:iam::123456789012:role/flow"
}

resource "aws_flow_log" "counted" {
  count           = 2
  vpc_id          = aws_vpc.counted[count.index].id
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-central-1:123456789012:log-group:flow"
  iam_role_arn    = "arn:aws:iam::123456789012:role/flow"
}
