"""What the policies say: sources, clauses, cards and the store they live in. No search, no models."""
