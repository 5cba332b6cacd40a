resource "aws_lb_listener" "plain" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/it/0"
  port = 443
  protocol = "HTTPS"
  certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0"
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
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
      protocol = "HTTPS"
    }
  }
}

resource "aws_lb_listener" "old" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/it/0"
  port = 443
  protocol = "HTTPS"
  certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0"
  ssl_policy = "ELBSecurityPolicy-FS-1-2-Res-2020-10"
  default_action {
    type = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/it/0"
  }
}

resource "aws_lb_listener" "tls11" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/it/0"
  port = 443
  protocol = "TLS"
  certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0"
  ssl_policy = "ELBSecurityPolicy-TLS13-1-3-2021-06"
  default_action {
    type = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/it/0"
  }
}

resource "aws_lb_listener" "tcp" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/it/0"
  port = 22
  protocol = "TCP"
  default_action {
    type = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/it/0"
  }
}

resource "aws_lb_listener" "gateway" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/it/0"
  default_action {
    type = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/it/0"
  }
}

resource "aws_alb_listener" "plain" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/it/0"
  port = 80
  protocol = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      status_code = "HTTP_301"
      protocol = "HTTPS"
    }
  }
}
