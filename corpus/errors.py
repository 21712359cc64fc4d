"""The errors of this project: what happened, and what to do about it, in one line of Chinese."""

from __future__ import annotations


class CeyinError(Exception):
    """Something a person can mend; its text names the place and the cure, the command exits with 1."""


class SourceError(CeyinError):
    """A source cannot be read: missing, binary, broken, too large."""


class CatalogError(CeyinError):
    """A catalog file is not as the schema wants it; names file, place and the nearest valid key."""


class StoreError(CeyinError):
    """The database or the home folder cannot be used."""


class IndexStateError(CeyinError):
    """An index is missing or cannot be opened; it can always be rebuilt from the store."""


class RuleError(CeyinError):
    """A rule file is not as the schema wants it."""


class FactError(CeyinError):
    """A fact given by the user cannot be read as its type."""
