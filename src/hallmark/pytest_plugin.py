"""Fixtures that hand a running environment to any test: `environment`, `namespace`, `service_url` and friends."""
