"""Lets the tests of the policies import their fixture builder by name."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
