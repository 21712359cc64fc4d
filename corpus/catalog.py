"""The catalog that ships with the project: bibliographic facts and cards, in our own words.

One YAML file per policy in ``corpus/catalog/``. A card belongs to one clause (same ``path``) and says in plain
language what stands in it, with every figure, and which questions people would ask of it.
"""

from __future__ import annotations

import difflib
import hashlib
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ceyin.corpus.errors import CatalogError
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
        mark = getattr(exc, "problem_mark", None)
        at = f" 第 {mark.line + 1} 行" if mark else ""
        reason = getattr(exc, "problem", None) or getattr(exc, "reason", None) or type(exc).__name__
        raise CatalogError(f"{path.name}{at}:YAML 写法有误({reason})。") from exc
    if not isinstance(content, dict):
        raise CatalogError(f"{path.name}:应是“键: 值”的结构。")
    try:
        return CatalogPolicy.model_validate(content)
    except ValidationError as exc:
        raise CatalogError(describe(path.name, exc, data.decode("utf-8"), _KEYS)) from exc


_KEYS = (*CatalogPolicy.model_fields, *CardReview.model_fields, *Card.model_fields)


def describe(name: str, exc: ValidationError, text: str, keys: tuple[str, ...]) -> str:
    """The first validation error as one line: file, line, key, and the nearest valid key."""
    # A misspelt key is both unknown and missing: the word that stands there is the one to name.
    error = min(exc.errors(), key=lambda e: e["type"] != "extra_forbidden")
    where = ".".join(str(p) for p in error["loc"])
    key = str(error["loc"][-1]) if error["loc"] else ""
    line = _line(text, error["loc"])
    at = f" 第 {line} 行" if line else ""
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(key, keys, 1)
        hint = f",是不是想写 “{near[0]}”?" if near else ",请删去。"
        return f"{name}{at}:不认识的键 “{where}”{hint}"
    if error["type"] == "missing":
        return f"{name}{at}:缺少键 “{where}”。"
    return f"{name}{at}:“{where}” 的值不对({error['msg']})。"


def _line(text: str, loc: tuple[int | str, ...]) -> int | None:
    """The line, from 1, of the innermost node on the way to ``loc``: the key itself, or what lacks it."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    line: int | None = None
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if pair is None:  # a missing key, or the tag of a union that the file does not write
                continue
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line
