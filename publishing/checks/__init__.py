"""Publication checks: rules with levels, gates, context and overrides (docs/checks.md)."""
