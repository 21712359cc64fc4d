"""Finding clauses: words, vectors and their fusion."""
