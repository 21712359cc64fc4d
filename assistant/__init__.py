"""Answering: understanding, rules, composing, verifying."""
