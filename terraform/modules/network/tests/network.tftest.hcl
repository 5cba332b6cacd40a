# Where subnets lie, and the ways that lead out.

mock_provider "aws" {}

variables {
  name               = "hallmark-preview-1"
  region             = "eu-central-1"
  cidr               = "10.0.0.0/20"
  availability_zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  zones              = 1
  nat                = "none"
}

run "one_zone_without_gateway" {
  command = plan

  assert {
    condition     = { for zone, subnet in aws_subnet.private : zone => subnet.cidr_block } == { "eu-central-1a" = "10.0.0.0/23" }
    error_message = "Nodes are in one zone."
  }

  assert {
    condition = { for zone, subnet in aws_subnet.control_plane : zone => subnet.cidr_block } == {
      "eu-central-1a" = "10.0.14.0/28"
      "eu-central-1b" = "10.0.14.16/28"
    }
    error_message = "The control plane is in two zones, whatever the nodes are."
  }

  assert {
    condition     = length(aws_subnet.public) + length(aws_internet_gateway.this) + length(aws_nat_gateway.this) + length(aws_route.private) == 0
    error_message = "Nothing leads to the Internet."
  }

  assert {
    condition     = keys(aws_vpc_endpoint.this) == ["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "elasticloadbalancing", "logs", "sts"]
    error_message = "Nodes reach what they need of AWS inside the VPC."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.endpoints[0].cidr_ipv4 == "10.0.0.0/20"
    error_message = "Only the VPC reaches the endpoints."
  }

  assert {
    condition     = length(aws_default_security_group.this.ingress) + length(aws_default_security_group.this.egress) == 0
    error_message = "The default security group has no rules."
  }
}

run "three_zones_with_one_gateway" {
  command = plan

  variables {
    zones = 3
    nat   = "single"
  }

  assert {
    condition = { for zone, subnet in aws_subnet.private : zone => subnet.cidr_block } == {
      "eu-central-1a" = "10.0.0.0/23"
      "eu-central-1b" = "10.0.2.0/23"
      "eu-central-1c" = "10.0.4.0/23"
    }
    error_message = "Another zone moves no subnet."
  }

  assert {
    condition     = keys(aws_subnet.control_plane) == ["eu-central-1a", "eu-central-1b"]
    error_message = "Another zone changes nothing for the cluster."
  }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["eu-central-1a"] && length(aws_route.private) == 3
    error_message = "All zones share the gateway of the first."
  }

  assert {
    condition     = length(aws_subnet.public) == 3 && !anytrue([for subnet in aws_subnet.public : subnet.map_public_ip_on_launch])
    error_message = "Load balancers find a public subnet in every zone, instances get no address in it."
  }

  assert {
    condition     = length(aws_vpc_endpoint.this) + length(aws_security_group.endpoints) == 0
    error_message = "What can be reached through the gateway costs no endpoint."
  }
}

run "gateway_in_every_zone" {
  command = plan

  variables {
    zones = 2
    nat   = "per-zone"
    # By their letters, not by their order.
    availability_zones = ["eu-central-1c", "eu-central-1f", "eu-central-1a"]
  }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["eu-central-1c", "eu-central-1f"] && keys(aws_eip.nat) == keys(aws_nat_gateway.this)
    error_message = "Every zone of the nodes has a gateway."
  }

  assert {
    condition = concat(
      [for subnet in aws_subnet.private : subnet.cidr_block],
      [for subnet in aws_subnet.public : subnet.cidr_block],
      [for subnet in aws_subnet.control_plane : subnet.cidr_block],
    ) == ["10.0.4.0/23", "10.0.10.0/23", "10.0.12.128/26", "10.0.13.64/26", "10.0.14.32/28", "10.0.14.80/28"]
    error_message = "Addresses follow from the letter of the zone."
  }
}

run "fewer_zones_than_nodes_want" {
  command = plan

  variables {
    zones              = 3
    availability_zones = ["eu-central-1a", "eu-central-1b"]
  }

  expect_failures = [aws_vpc.this]
}

run "fewer_zones_than_the_control_plane_wants" {
  command = plan

  variables {
    availability_zones = ["eu-central-1a"]
  }

  expect_failures = [aws_vpc.this]
}

run "zone_without_a_known_letter" {
  command = plan

  variables {
    availability_zones = ["eu-central-1a", "eu-central-1g"]
  }

  expect_failures = [var.availability_zones]
}
