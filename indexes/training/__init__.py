"""Training of what the indexes ship; needs the ``neural`` extra and is never imported at answer time."""
