output "name" {
  description = "Name of the cluster, once nodes can join it."
  value       = aws_eks_cluster.this.name

  depends_on = [aws_eks_addon.before_nodes]
}

output "version" {
  description = "Minor version of Kubernetes that the cluster runs."
  value       = aws_eks_cluster.this.version
}

output "endpoint" {
  description = "Address of the API."
  value       = aws_eks_cluster.this.endpoint
}

output "certificate_authority_data" {
  description = "Certificate of the authority that the API is signed by, in base64."
  value       = aws_eks_cluster.this.certificate_authority[0].data
}
