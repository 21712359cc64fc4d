"""The history of the tables; a package, so that it travels in the wheel."""
