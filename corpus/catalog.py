"""The catalog that ships with the project: bibliographic facts and cards, in our own words.

One YAML file per policy in ``corpus/catalog/``. A card belongs to one clause (same ``path``) and says in plain
language what stands in it, with every figure, and which questions people would ask of it.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ceyin.corpus.errors import CatalogError
from ceyin.corpus.faults import schema_fault, yaml_fault
from ceyin.corpus.yamlfile import load_yaml

CATALOG_FOLDER = Path(__file__).parent / "catalog"

Level = Literal["national", "province", "city"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Card(_Entry):
    """One clause in our own words; ``path`` as the segmenter writes it."""

    path: tuple[str, ...] = Field(min_length=1)
    heading: str = ""
    digest: str = Field(min_length=2)
    questions: tuple[str, ...] = ()
    damaged: bool = False


class CardReview(_Entry):
    """Who wrote the cards of a policy and who read the text against them a second time; ``note``: what was settled."""

    by: str
    on: date
    second: str | None = None
    second_on: date | None = None
    note: str = ""


class CatalogPolicy(_Entry):
    """Bibliographic facts of one policy and its cards.

    ``aliases`` are other titles it goes by in sources; ``nicknames`` what people call it (28号文, 个转企措施);
    ``topics`` the programmes, awards and areas it is about, as people name them; ``revision`` is the day on which
    its issuer announced that it is to be revised.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    aliases: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    doc_number: str | None = None
    issuers: tuple[str, ...] = Field(min_length=1)
    region: str
    level: Level
    issued: date | None = None
    published: date | None = None
    effective_from: date | None = None
    expires: date | None = None
    repealed: date | None = None
    trial: bool = False
    revision: date | None = None
    stub: bool = False
    sources: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    implements: tuple[str, ...] = ()
    review: CardReview | None = None
    cards: tuple[Card, ...] = ()

    def card(self, path: tuple[str, ...]) -> Card | None:
        """The card of a clause, None where none was written."""
        return next((c for c in self.cards if c.path == path), None)


class Catalog(_Entry):
    """All catalog policies, ordered by id; ``fingerprint`` changes with any file."""

    policies: tuple[CatalogPolicy, ...]
    fingerprint: str

    def policy(self, policy_id: str) -> CatalogPolicy | None:
        """The entry with this id."""
        return next((p for p in self.policies if p.id == policy_id), None)


def load_catalog(folder: Path | None = None) -> Catalog:
    """Read every ``*.yaml`` of a folder; raises CatalogError naming file, place, key and nearest valid key."""
    folder = folder or CATALOG_FOLDER
    if not folder.is_dir():
        raise CatalogError(f"找不到目录 {folder}。请重新安装,或检查路径。")
    policies: list[CatalogPolicy] = []
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        data = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + data)
        policies.append(_read(path, data))
    ids = [p.id for p in policies]
    for policy, path in zip(policies, sorted(folder.glob("*.yaml")), strict=True):
        if ids.count(policy.id) > 1:
            raise CatalogError(f"{path.name}:id “{policy.id}” 重复。请改成唯一的 id。")
        if path.stem != policy.id:
            raise CatalogError(f"{path.name}:id 是 “{policy.id}”,文件名应为 {policy.id}.yaml。")
        paths = [c.path for c in policy.cards]
        for card_path in paths:
            if paths.count(card_path) > 1:
                raise CatalogError(f"{path.name}:卡片地址 {'/'.join(card_path)} 重复。请合并为一张。")
    return Catalog(policies=tuple(policies), fingerprint=digest.hexdigest()[:16])


def _read(path: Path, data: bytes) -> CatalogPolicy:
    try:
        content = load_yaml(data)
    except yaml.YAMLError as exc:
        raise CatalogError(yaml_fault(path.name, exc, data.decode("utf-8", "replace"))) from exc
    try:
        return CatalogPolicy.model_validate(content)
    except ValidationError as exc:
        raise CatalogError(schema_fault(path.name, exc, data.decode("utf-8"), CatalogPolicy)) from exc
