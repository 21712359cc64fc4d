"""A second look at the first candidates of a search: light features for clauses nobody asked anything of, and,
where one is configured, a cross-encoder."""
