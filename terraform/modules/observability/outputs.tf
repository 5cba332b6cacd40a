output "control_plane_log_group_name" {
  description = "Name of the log group that EKS writes the control plane's logs to."
  value       = aws_cloudwatch_log_group.control_plane.name
}

output "log_group_names" {
  description = "Names of all log groups."
  value       = [aws_cloudwatch_log_group.control_plane.name, aws_cloudwatch_log_group.flow.name]
}
