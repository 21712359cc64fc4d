"""How well the right clause is found: measures, corpora, systems and baselines of ``ceyin eval --suite retrieval``."""
