output "role_arns" {
  description = "ARNs of the roles by their stages."
  value       = { for stage, role in aws_iam_role.stage : stage => role.arn }
}

output "oidc_provider_arn" {
  description = "ARN of the OIDC provider that stands for GitHub."
  value       = aws_iam_openid_connect_provider.github.arn
}

output "permissions_boundary_arns" {
  description = "ARNs of the permissions boundaries of the roles in environments, by their stages."
  value       = { for stage, policy in aws_iam_policy.environment_boundary : stage => policy.arn }
}
