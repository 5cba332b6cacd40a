output "vpc_id" {
  description = "Id of the VPC."
  value       = aws_vpc.this.id
}

output "private_subnet_ids" {
  description = "Ids of the subnets for nodes, in the order of their zones. They can reach what nodes need."
  # Without a local, of which a plan has no expression: policies see of these subnets that they are private.
  value = values(aws_subnet.private)[*].id

  # A node that starts before there is a way out never joins.
  depends_on = [aws_route.private, aws_route_table_association.private, aws_vpc_endpoint.this, aws_vpc_endpoint.s3]
}

output "control_plane_subnet_ids" {
  description = "Ids of the subnets for the control plane's network interfaces."
  value       = [for zone in local.control_plane_zones : aws_subnet.control_plane[zone].id]
}
