"""Measuring all of it. Nothing imports this package; the ``eval`` command is found by entry point."""
