# VPC, subnets and routes. Every subnet's addresses follow from the letter of its zone and not from its place in a list,
# so that another zone moves none of those that are there:
#
#   eighths 0-5  private, nodes and pods, one for each of the letters a to f
#   eighth 6     public, only gateways and load balancers
#   eighth 7     control plane, the network interfaces of EKS

locals {
  # EKS wants two zones; more would not make the control plane any safer.
  control_plane_zones = slice(var.availability_zones, 0, min(2, length(var.availability_zones)))
  node_zones          = slice(var.availability_zones, 0, min(var.zones, length(var.availability_zones)))
  public_zones        = var.nat == "none" ? [] : local.node_zones
  gateway_zones       = var.nat == "per-zone" ? local.node_zones : slice(local.public_zones, 0, min(1, length(local.public_zones)))

  number = { for zone in var.availability_zones : zone => index(["a", "b", "c", "d", "e", "f"], substr(zone, -1, 1)) }
}

resource "aws_vpc" "this" {
  cidr_block           = var.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = { Name = var.name }

  lifecycle {
    precondition {
      condition     = length(var.availability_zones) >= max(2, var.zones)
      error_message = "There are ${length(var.availability_zones)} availability zones: EKS wants two, and the nodes ${var.zones}."
    }
  }
}

# Nothing uses the default group, and nothing that gets it by mistake can talk.
resource "aws_default_security_group" "this" {
  vpc_id  = aws_vpc.this.id
  ingress = []
  egress  = []

  tags = { Name = "${var.name}-default" }
}

resource "aws_subnet" "private" {
  for_each = toset(local.node_zones)

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = cidrsubnet(var.cidr, 3, local.number[each.key])
  map_public_ip_on_launch = false

  tags = {
    Name                              = "${var.name}-private-${each.key}"
    "kubernetes.io/role/internal-elb" = "1"
  }
}

resource "aws_subnet" "public" {
  for_each = toset(local.public_zones)

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = cidrsubnet(cidrsubnet(var.cidr, 3, 6), 3, local.number[each.key])
  map_public_ip_on_launch = false

  tags = {
    Name                     = "${var.name}-public-${each.key}"
    "kubernetes.io/role/elb" = "1"
  }
}

resource "aws_subnet" "control_plane" {
  for_each = toset(local.control_plane_zones)

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = cidrsubnet(cidrsubnet(var.cidr, 3, 7), 5, local.number[each.key])
  map_public_ip_on_launch = false

  tags = { Name = "${var.name}-control-plane-${each.key}" }
}
