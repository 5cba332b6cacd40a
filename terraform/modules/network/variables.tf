variable "name" {
  description = "Name of the VPC, and what those of its parts begin with."
  type        = string
  nullable    = false
}

variable "region" {
  description = "AWS region of the VPC."
  type        = string
  nullable    = false
}

variable "cidr" {
  description = "Addresses of the VPC."
  type        = string
  nullable    = false
}

variable "availability_zones" {
  description = "Availability zones to take the first ones of, at least two."
  type        = list(string)
  nullable    = false

  validation {
    condition     = alltrue([for zone in var.availability_zones : can(regex("[a-f]$", zone))])
    error_message = "availability_zones must end with a letter from a to f, by which their addresses are given."
  }
}

variable "zones" {
  description = "Number of availability zones with nodes."
  type        = number
  nullable    = false
}

variable "nat" {
  description = "How nodes reach the Internet: none, single or per-zone."
  type        = string
  nullable    = false
}
