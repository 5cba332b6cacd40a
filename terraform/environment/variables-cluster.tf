variable "kubernetes_version" {
  description = "Minor version of Kubernetes: one in EKS's standard support."
  type        = string
  default     = "1.35"
  nullable    = false

  validation {
    condition     = contains(["1.34", "1.35"], var.kubernetes_version)
    error_message = "kubernetes_version must be 1.34 or 1.35: the others are not in standard support."
  }
}

variable "addon_versions" {
  description = "Versions of the EKS add-ons by their names; the newest that fits the cluster for what is not named."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.addon_versions), ["coredns", "eks-pod-identity-agent", "kube-proxy", "metrics-server", "vpc-cni"])) == 0
    error_message = "addon_versions may name coredns, eks-pod-identity-agent, kube-proxy, metrics-server and vpc-cni."
  }

  validation {
    condition     = alltrue([for version in values(var.addon_versions) : can(regex("^v\\d+\\.\\d+\\.\\d+-eksbuild\\.\\d+$", version))])
    error_message = "addon_versions must hold versions such as v1.12.4-eksbuild.1."
  }
}

variable "node_instance_types" {
  description = "Instance types of the nodes, x86-64 as the image of the service is, the preferred one first."
  type        = list(string)
  default     = ["t3.medium"]
  nullable    = false

  validation {
    condition     = length(var.node_instance_types) > 0 && alltrue([for type in var.node_instance_types : can(regex("^[a-z0-9-]+\\.[a-z0-9-]+$", type))])
    error_message = "node_instance_types must name at least one instance type, such as t3.medium."
  }

  validation {
    condition     = !anytrue([for type in var.node_instance_types : can(regex("^(a1|[a-z]+[0-9]+g)", type))])
    error_message = "node_instance_types must be x86-64: Graviton cannot run the image of the service."
  }
}

variable "node_min" {
  description = "Least number of nodes."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.node_min >= 0 && floor(var.node_min) == var.node_min
    error_message = "node_min must be a whole number, 0 or more."
  }
}

variable "node_max" {
  description = "Greatest number of nodes."
  type        = number
  default     = 4
  nullable    = false

  validation {
    condition     = var.node_max >= 1 && var.node_max <= 100 && floor(var.node_max) == var.node_max
    error_message = "node_max must be a whole number from 1 to 100."
  }
}

variable "node_desired" {
  description = "Number of nodes."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.node_min <= var.node_desired && var.node_desired <= var.node_max && floor(var.node_desired) == var.node_desired
    error_message = "node_desired must be a whole number from node_min to node_max."
  }
}

variable "log_retention_days" {
  description = "Days that logs of the control plane and of the network are kept, out of those that CloudWatch knows."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a number that CloudWatch knows, such as 7, 30, 90 or 365."
  }
}
