variable "name" {
  description = "Name of the cluster, and what those of the logs' parts begin with."
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

variable "vpc_id" {
  description = "Id of the VPC whose traffic is logged."
  type        = string
  nullable    = false
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the logs."
  type        = string
  nullable    = false
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  nullable    = false
}

variable "keep_logs" {
  description = "Whether the logs outlive the environment, until their retention ends."
  type        = bool
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the roles; none if null."
  type        = string
  default     = null
}
