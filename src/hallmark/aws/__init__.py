"""An AWS account as its own API shows it, not as Terraform remembers it: what an environment has there, and its end."""
