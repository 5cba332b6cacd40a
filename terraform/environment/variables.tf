variable "name" {
  description = "Name of the environment: unique in the account, never used again. Everything in the account begins with hallmark-NAME."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,28}[a-z0-9]$", var.name))
    error_message = "name must be 2 to 30 small letters, digits and hyphens, begin with a letter and not end with a hyphen."
  }
}

variable "ephemeral" {
  description = "Whether everything in the environment can be deleted at once, and whether it must expire."
  type        = bool
  default     = false
  nullable    = false
}

variable "expires_at" {
  description = "Instant after which the environment may be taken down, in UTC as 2026-01-31T18:00:00Z; never for one that is not ephemeral."
  type        = string
  nullable    = false

  validation {
    condition     = var.expires_at == "never" || can(regex("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$", timeadd(var.expires_at, "0s")))
    error_message = "expires_at must be an instant in UTC, such as 2026-01-31T18:00:00Z, or never."
  }

  validation {
    condition     = var.ephemeral != (var.expires_at == "never")
    error_message = "expires_at must be an instant for an ephemeral environment, and never for any other."
  }
}

variable "owner" {
  description = "Who answers for the environment: the value of the tag Owner."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[\\w.:/=+@-][\\w .:/=+@-]{0,127}$", var.owner))
    error_message = "owner must be 1 to 128 letters, digits, spaces and . : / = + @ _ -, as tags allow them."
  }
}

variable "project" {
  description = "What the environment is for: the value of the tag Project."
  type        = string
  default     = "hallmark"
  nullable    = false

  validation {
    condition     = can(regex("^[\\w.:/=+@-][\\w .:/=+@-]{0,127}$", var.project))
    error_message = "project must be 1 to 128 letters, digits, spaces and . : / = + @ _ -, as tags allow them."
  }
}

variable "repository" {
  description = "Repository that the environment was made from, as OWNER/REPO: the value of the tag Repository."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{0,38}/[\\w.-]{1,100}$", var.repository))
    error_message = "repository must be OWNER/REPO."
  }
}

variable "commit" {
  description = "Commit that the environment was made from, 40 hexadecimal digits or unknown: the value of the tag Commit."
  type        = string
  default     = "unknown"
  nullable    = false

  validation {
    condition     = var.commit == "unknown" || can(regex("^[0-9a-f]{40}$", var.commit))
    error_message = "commit must be 40 hexadecimal digits, or unknown."
  }
}

variable "account_id" {
  description = "The AWS account that the environment belongs to; credentials of another one are refused."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^\\d{12}$", var.account_id))
    error_message = "account_id must be 12 digits."
  }
}

variable "region" {
  description = "AWS region of the environment."
  type        = string
  default     = "eu-central-1"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-\\d$", var.region))
    error_message = "region must be the name of an AWS region, such as eu-central-1."
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of every role in the environment: the bootstrap stack's output; none if null."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:aws[a-z-]*:iam::\\d{12}:policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy, or null."
  }
}
