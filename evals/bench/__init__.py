"""Benchmarks: speed is measured here, never asserted by a test."""
