"""Rule candidates for a policy nobody has written rules for: found in its text, drafted, left for review."""
