"""Lets the tests of the policies import their fixture builder and the benchmark's manifests by name."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[3] / "bench")]
