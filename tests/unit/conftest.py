"""How hypothesis runs in the layer: the same commit gets the same verdict, on a fast machine and a slow one."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "layer", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("layer")
