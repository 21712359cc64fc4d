"""The store: tables, their migrations and the one way to open them."""

from ceyin.corpus.database.engine import Database, open_database

__all__ = ["Database", "open_database"]
