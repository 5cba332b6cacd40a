"""What the service tells of itself: one JSON line a request, and metrics by route template."""
