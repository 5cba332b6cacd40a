variable "name" {
  description = "Name of the cluster, and what those of its roles begin with."
  type        = string
  nullable    = false
}

variable "account_id" {
  description = "The AWS account that it is in."
  type        = string
  nullable    = false
}

variable "region" {
  description = "AWS region that it is in."
  type        = string
  nullable    = false
}

variable "kubernetes_version" {
  description = "Minor version of Kubernetes."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Ids of the subnets for the control plane's network interfaces, in two zones."
  type        = list(string)
  nullable    = false
}

variable "public_access_cidrs" {
  description = "Networks that reach the API over the Internet; empty: only the VPC reaches it."
  type        = list(string)
  nullable    = false
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the secrets of Kubernetes."
  type        = string
  nullable    = false
}

variable "log_group_name" {
  description = "Name of the log group for the control plane's logs, /aws/eks/NAME/cluster, which must be there first."
  type        = string
  nullable    = false
}

variable "addon_versions" {
  description = "Versions of the add-ons eks-pod-identity-agent, kube-proxy and vpc-cni."
  type        = map(string)
  nullable    = false
}

variable "owner_tags" {
  description = "Tags of what the cluster itself makes in AWS: what never changes while it lives."
  type        = object({ Environment = string, Owner = string, Project = string })
  nullable    = false
}

variable "administrator_role_arns" {
  description = "IAM roles of people who may do anything."
  type        = list(string)
  nullable    = false
}

variable "deployer_role_arns" {
  description = "IAM roles that administer the service's namespaces."
  type        = list(string)
  nullable    = false
}

variable "promoter_role_arns" {
  description = "IAM roles that change what runs in the service's namespaces."
  type        = list(string)
  nullable    = false
}

variable "reader_role_arns" {
  description = "IAM roles that see everything but secrets."
  type        = list(string)
  nullable    = false
}

variable "service_namespaces" {
  description = "Namespaces that the service runs in."
  type        = list(string)
  nullable    = false
}

variable "service_account" {
  description = "Service account of the service."
  type        = string
  nullable    = false
}

variable "service_policy_arns" {
  description = "IAM policies of the service's role."
  type        = list(string)
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the roles; none if null."
  type        = string
  default     = null
}
