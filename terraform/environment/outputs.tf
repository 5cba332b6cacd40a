output "cluster_name" {
  description = "Name of the cluster."
  value       = module.cluster.name
}

output "cluster_endpoint" {
  description = "Address of the cluster's API."
  value       = module.cluster.endpoint
}

output "cluster_certificate_authority_data" {
  description = "Certificate of the authority that the cluster's API is signed by, in base64."
  value       = module.cluster.certificate_authority_data
}

output "cluster_version" {
  description = "Minor version of Kubernetes that the cluster runs."
  value       = module.cluster.version
}

output "region" {
  description = "AWS region of the environment."
  value       = var.region
}

output "vpc_id" {
  description = "Id of the VPC."
  value       = module.network.vpc_id
}

output "private_subnet_ids" {
  description = "Ids of the subnets that nodes are in."
  value       = module.network.private_subnet_ids
}

output "node_group_names" {
  description = "Names of the node groups."
  value       = [module.nodes.node_group_name]
}

output "log_group_names" {
  description = "Names of the CloudWatch log groups."
  value       = module.observability.log_group_names
}

output "kms_key_arn" {
  description = "ARN of the key that encrypts secrets and logs."
  value       = aws_kms_key.this.arn
}
