"""Terraform as the real binary: a stack's working copy, its plans, and what is made of them.

stack = Stack(root / "terraform/environment", work, variables={...}, backend=Local(work / "terraform.tfstate"))
stack.init()
plan = stack.plan(work / "plan")                # terraform's own plan file; `stack.show(plan.file)` is its JSON
stack.apply(plan.file, report=print)            # exactly what was planned
"""

from __future__ import annotations

from hallmark.terraform.stack import S3, Backend, Local, Plan, Stack

__all__ = ["S3", "Backend", "Local", "Plan", "Stack"]
