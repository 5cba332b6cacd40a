variable "name" {
  description = "What the names of the group, its template and its role begin with."
  type        = string
  nullable    = false
}

variable "cluster_name" {
  description = "Name of the cluster to join."
  type        = string
  nullable    = false
}

variable "kubernetes_version" {
  description = "Minor version of Kubernetes: the cluster's."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Ids of the private subnets to be in."
  type        = list(string)
  nullable    = false
}

variable "instance_types" {
  description = "Instance types, the preferred one first."
  type        = list(string)
  nullable    = false
}

variable "min_size" {
  description = "Least number of nodes."
  type        = number
  nullable    = false
}

variable "max_size" {
  description = "Greatest number of nodes."
  type        = number
  nullable    = false
}

variable "desired_size" {
  description = "Number of nodes."
  type        = number
  nullable    = false
}

variable "addon_versions" {
  description = "Versions of the add-ons coredns and metrics-server."
  type        = map(string)
  nullable    = false
}

variable "owner_tags" {
  description = "Tags of instances, volumes and network interfaces: what never changes while the environment lives, for a change replaces the nodes."
  type        = object({ Environment = string, Owner = string, Project = string })
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the role; none if null."
  type        = string
  default     = null
}
