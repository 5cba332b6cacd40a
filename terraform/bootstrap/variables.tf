variable "project" {
  description = "What it is for: the value of the tag Project."
  type        = string
  default     = "hallmark"
  nullable    = false

  validation {
    condition     = can(regex("^[\\w.:/=+@-][\\w .:/=+@-]{0,127}$", var.project))
    error_message = "project must be 1 to 128 letters, digits, spaces and . : / = + @ _ -, as tags allow them."
  }
}

variable "owner" {
  description = "Who answers for it: the value of the tag Owner."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[\\w.:/=+@-][\\w .:/=+@-]{0,127}$", var.owner))
    error_message = "owner must be 1 to 128 letters, digits, spaces and . : / = + @ _ -, as tags allow them."
  }
}

variable "repository" {
  description = "Repository of GitHub whose jobs are trusted, as OWNER/REPO."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{0,38}/[\\w.-]{1,100}$", var.repository))
    error_message = "repository must be OWNER/REPO."
  }
}

variable "repository_ids" {
  description = "The same with the ids that GitHub never gives again, as OWNER@ID/REPO@ID; empty where its tokens don't name them."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.repository_ids == "" || can(regex("^[^@/]+@\\d+/[^@/]+@\\d+$", var.repository_ids))
    error_message = "repository_ids must be OWNER@ID/REPO@ID, or empty."
  }

  validation {
    condition     = var.repository_ids == "" || replace(var.repository_ids, "/@\\d+/", "") == var.repository
    error_message = "repository_ids must name the same owner and repository as var.repository."
  }
}

variable "account_id" {
  description = "The AWS account; credentials of another one are refused."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^\\d{12}$", var.account_id))
    error_message = "account_id must be 12 digits."
  }
}

variable "region" {
  description = "AWS region of the bucket, the repositories and the environments."
  type        = string
  default     = "eu-central-1"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-\\d$", var.region))
    error_message = "region must be the name of an AWS region, such as eu-central-1."
  }
}

variable "stages" {
  description = "Stages, each an environment of GitHub: its jobs may make environments named after it, STAGE or STAGE-…."
  type        = list(string)
  default     = ["preview", "staging", "production"]
  nullable    = false

  validation {
    condition     = length(var.stages) > 0 && length(distinct(var.stages)) == length(var.stages)
    error_message = "stages must name at least one, and none twice."
  }

  validation {
    condition     = alltrue([for stage in var.stages : can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", stage))])
    error_message = "stages must be 2 to 20 small letters, digits and hyphens, begin with a letter and not end with a hyphen."
  }

  validation {
    condition     = !anytrue([for pair in setproduct(var.stages, var.stages) : startswith(pair[0], "${pair[1]}-")])
    error_message = "No stage may be named like an environment of another, as prod-eu beside prod: its role could change it."
  }

  validation {
    condition     = !anytrue([for stage in var.stages : stage == "stage" || startswith(stage, "stage-") || stage == "bootstrap"])
    error_message = "stages must not be named stage, stage-… or bootstrap: so begin the names of the bootstrap's own parts."
  }
}

variable "state_bucket" {
  description = "Name of the bucket for states, unique in the world. Beside it comes NAME-access-log."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,50}[a-z0-9]$", var.state_bucket))
    error_message = "state_bucket must be 3 to 52 small letters, digits and hyphens, and neither begin nor end with a hyphen."
  }
}

variable "repositories" {
  description = "Repositories of ECR for images and releases."
  type        = list(string)
  default     = ["quotes"]
  nullable    = false

  validation {
    condition     = length(var.repositories) > 0 && alltrue([for name in var.repositories : can(regex("^[a-z0-9]+([._/-][a-z0-9]+)*$", name)) && length(name) >= 2 && length(name) <= 256])
    error_message = "repositories must name at least one repository of ECR: small letters and digits, joined by . _ / or -."
  }
}
