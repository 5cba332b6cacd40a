output "state_bucket" {
  description = "Name of the bucket for states."
  value       = aws_s3_bucket.this["state"].bucket
}

output "state_kms_key_arn" {
  description = "ARN of the key that encrypts states and images."
  value       = aws_kms_key.this.arn
}

output "role_arns" {
  description = "ARNs of the roles that jobs of GitHub assume, by their stages."
  value       = module.identity.role_arns
}

output "repository_urls" {
  description = "Addresses of the repositories of ECR by their names."
  value       = module.registry.repository_urls
}

output "oidc_provider_arn" {
  description = "ARN of the OIDC provider that stands for GitHub."
  value       = module.identity.oidc_provider_arn
}

output "permissions_boundary_arns" {
  description = "ARNs of the permissions boundaries that the environment stack takes, by stages: a stage's role can make no role without."
  value       = module.identity.permissions_boundary_arns
}
