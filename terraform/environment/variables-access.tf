locals {
  # No user, no root, no wildcard: what people and workflows assume.
  role_arn = "^arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+$"
}

variable "administrator_role_arns" {
  description = "IAM roles of people who may do anything in the cluster. Not for workflows."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.administrator_role_arns : can(regex(local.role_arn, arn))])
    error_message = "administrator_role_arns must be ARNs of IAM roles."
  }
}

variable "deployer_role_arns" {
  description = "IAM roles that administer the service's namespaces."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.deployer_role_arns : can(regex(local.role_arn, arn))])
    error_message = "deployer_role_arns must be ARNs of IAM roles."
  }
}

variable "promoter_role_arns" {
  description = "IAM roles that change what runs in the service's namespaces."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.promoter_role_arns : can(regex(local.role_arn, arn))])
    error_message = "promoter_role_arns must be ARNs of IAM roles."
  }
}

variable "reader_role_arns" {
  description = "IAM roles that see everything in the cluster but secrets."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.reader_role_arns : can(regex(local.role_arn, arn))])
    error_message = "reader_role_arns must be ARNs of IAM roles."
  }

  validation {
    condition = length(distinct(concat(
      var.administrator_role_arns, var.deployer_role_arns, var.promoter_role_arns, var.reader_role_arns,
      ))) == sum([
      length(var.administrator_role_arns), length(var.deployer_role_arns), length(var.promoter_role_arns), length(var.reader_role_arns),
    ])
    error_message = "A role may stand in one of administrator_role_arns, deployer_role_arns, promoter_role_arns and reader_role_arns, and once."
  }
}

variable "service_namespaces" {
  description = "Namespaces of Kubernetes that the service runs in."
  type        = list(string)
  default     = ["staging", "production"]
  nullable    = false

  validation {
    condition = length(var.service_namespaces) > 0 && alltrue([
      for namespace in var.service_namespaces : can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", namespace))
    ])
    error_message = "service_namespaces must name at least one namespace of Kubernetes."
  }

  validation {
    condition     = !anytrue([for namespace in var.service_namespaces : namespace == "default" || startswith(namespace, "kube-")])
    error_message = "service_namespaces must not name a namespace of Kubernetes's own."
  }
}

variable "service_account" {
  description = "Service account of the service in each of these namespaces, which gets the service's AWS role."
  type        = string
  default     = "quotes"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.service_account))
    error_message = "service_account must be the name of a service account of Kubernetes."
  }
}

variable "service_policy_arns" {
  description = "IAM policies of the service's AWS role; the role may do nothing without."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.service_policy_arns : can(regex("^arn:aws[a-z-]*:iam::(\\d{12}|aws):policy/.+$", arn))])
    error_message = "service_policy_arns must be ARNs of IAM policies."
  }
}
