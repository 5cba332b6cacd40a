"""Promotion: prove a commit, then move stages to it, forward or back, with the evidence checked at every step."""
