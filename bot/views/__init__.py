"""Outbound: pure functions from a value to Block Kit."""
