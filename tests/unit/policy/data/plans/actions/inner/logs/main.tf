variable "vpcs" {
  type = map(string)
}

variable "one" {
  type = string
}

resource "aws_flow_log" "all" {
  for_each        = var.vpcs
  vpc_id          = each.value
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-central-1:123456789012:log-group:flow"
  iam_role_arn    = "arn:aws:iam::123456789012:role/flow"
}

resource "aws_flow_log" "one" {
  vpc_id          = var.one
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-central-1:123456789012:log-group:flow"
  iam_role_arn    = "arn:aws:iam::123456789012:role/flow"
}
