resource "terraform_data" "chosen" {
  input = "HTTPS"
}

resource "aws_lb_listener" "protocol" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/it/0"
  port = 80
  protocol = terraform_data.chosen.output
  default_action {
    type = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/it/0"
  }
}

resource "aws_lb_listener" "redirect" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/it/0"
  port = 80
  protocol = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      status_code = "HTTP_301"
      protocol = terraform_data.chosen.output
    }
  }
}

resource "aws_lb_listener" "policy" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/it/0"
  port = 443
  protocol = "HTTPS"
  certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0"
  ssl_policy = terraform_data.chosen.output
  default_action {
    type = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/it/0"
  }
}

resource "aws_lb_listener" "action" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/it/0"
  port = 80
  protocol = "HTTP"
  default_action {
    type = terraform_data.chosen.output
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/it/0"
  }
}
