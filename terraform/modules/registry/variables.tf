variable "repositories" {
  description = "Names of the repositories."
  type        = list(string)
  nullable    = false
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the images."
  type        = string
  nullable    = false
}

variable "ephemeral_days" {
  description = "Days after which an image expires whose tag begins with ephemeral-."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = var.ephemeral_days >= 1 && floor(var.ephemeral_days) == var.ephemeral_days
    error_message = "ephemeral_days must be a whole number, 1 or more."
  }
}
