variable "cidr" {
  description = "Addresses of the VPC: a private network from /16 to /20. Every zone's nodes get an eighth of them."
  type        = string
  default     = "10.0.0.0/16"
  nullable    = false

  validation {
    condition     = can(regex("/(16|17|18|19|20)$", var.cidr)) && try(cidrsubnet(var.cidr, 0, 0) == var.cidr, false)
    error_message = "cidr must be an IPv4 network from /16 to /20 without host bits, such as 10.0.0.0/16."
  }

  validation {
    condition     = can(regex("^(10\\.|172\\.(1[6-9]|2\\d|3[01])\\.|192\\.168\\.)", var.cidr))
    error_message = "cidr must lie in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16."
  }
}

variable "zones" {
  description = "Number of availability zones with nodes, from 1 to 3. The control plane is in two, whatever this is."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = contains([1, 2, 3], var.zones)
    error_message = "zones must be 1, 2 or 3."
  }
}

variable "availability_zones" {
  description = "Availability zones to take the first ones of; empty for all usual zones of the region, by name."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for zone in var.availability_zones : can(regex("^${var.region}[a-f]$", zone))])
    error_message = "availability_zones must be zones of the region, such as eu-central-1a."
  }

  validation {
    condition     = length(var.availability_zones) == 0 || length(distinct(var.availability_zones)) >= max(2, var.zones)
    error_message = "availability_zones must name at least two zones, and as many as var.zones, or none at all."
  }

  validation {
    condition     = length(distinct(var.availability_zones)) == length(var.availability_zones)
    error_message = "availability_zones must name a zone once: the nodes would be in fewer than var.zones."
  }
}

variable "nat" {
  description = "How nodes reach the Internet: none (AWS only, by endpoints in the VPC), single (one gateway for all zones) or per-zone."
  type        = string
  default     = "single"
  nullable    = false

  validation {
    condition     = contains(["none", "single", "per-zone"], var.nat)
    error_message = "nat must be none, single or per-zone."
  }
}

variable "public_access_cidrs" {
  description = "Networks that reach the API of the cluster over the Internet, /16 or smaller; empty: nobody does."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition = alltrue([
      for cidr in var.public_access_cidrs :
      can(regex("^[0-9.]+/(1[6-9]|2[0-9]|3[0-2])$", cidr)) && try(cidrsubnet(cidr, 0, 0) == cidr, false)
    ])
    error_message = "public_access_cidrs must be IPv4 networks without host bits, /16 or smaller: the whole Internet is never let in."
  }
}
