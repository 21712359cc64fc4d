"""References in clauses and links between documents: found, resolved to addresses, given their kind."""
