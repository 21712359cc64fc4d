"""Hard conditions as data, decided deterministically with a trace."""
