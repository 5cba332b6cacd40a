output "repository_urls" {
  description = "Addresses of the repositories by their names."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}
