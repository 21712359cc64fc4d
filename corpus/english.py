"""English digests of the clauses, in our own words: ``catalog/english/*.yaml``, beside the cards they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from yaml import YAMLError

from ceyin.corpus.catalog import CATALOG_FOLDER
from ceyin.corpus.errors import CatalogError
from ceyin.corpus.faults import schema_fault, yaml_fault
from ceyin.corpus.model import ClauseRef
from ceyin.corpus.yamlfile import load_yaml


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Digest(_Strict):
    path: tuple[str, ...] = Field(min_length=1)
    says: str = Field(min_length=1)


class _File(_Strict):
    id: str
    title: str
    issuer: str
    names: tuple[str, ...] = ()
    clauses: tuple[_Digest, ...]


@dataclass(frozen=True, slots=True)
class English:
    """What is known in English: digests by clause; titles, issuers and what people call it by policy id.

    Names are in lower case, without hyphens.
    """

    clauses: Mapping[ClauseRef, str]
    titles: Mapping[str, str]
    issuers: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def load_english(folder: Path = CATALOG_FOLDER / "english") -> English:
    """Read every file of the folder; raises CatalogError naming file, place and cure."""
    files = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    return English(
        {ClauseRef(f.id, c.path): c.says for f in files for c in f.clauses},
        {f.id: f.title for f in files},
        {f.id: f.issuer for f in files},
        {f.id: f.names for f in files},
    )


def _read(path: Path) -> _File:
    text = path.read_text(encoding="utf-8")
    try:
        return _File.model_validate(load_yaml(text))
    except YAMLError as exc:
        raise CatalogError(yaml_fault(path.name, exc, text)) from exc
    except ValidationError as exc:
        raise CatalogError(schema_fault(path.name, exc, text, _File)) from exc
