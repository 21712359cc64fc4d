"""A draft as files of the rule book: the rules, and beside them the facts they would need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from ceyin.assistant.drafting.draft import Draft
from ceyin.assistant.rules.files import FactFile
from ceyin.corpus.errors import RuleError

_RULES_HEAD = "# 机器起草,未经核定:这些规则不作判断。请逐条对照原文,改正后把 review.status 改为 reviewed 并写明核定人。\n"
_FACTS_HEAD = "# 机器起草:上述规则要用、事实表里还没有的事实。核定后放进 facts/。\n"


def write_draft(draft: Draft, path: Path) -> tuple[Path, ...]:
    """Write the rules to ``path`` and, where new facts are needed, those to ``NAME.facts.yaml``; both returned."""
    texts = {path: _RULES_HEAD + as_yaml(draft.file)}
    if draft.facts:
        texts[path.with_suffix(".facts.yaml")] = _FACTS_HEAD + as_yaml(FactFile(facts=draft.facts))
    for target, text in texts.items():
        try:
            target.write_text(text, encoding="utf-8")
        except OSError as exc:
            raise RuleError(f"写不了 {target}:{exc.strerror}。请检查文件夹和权限。") from exc
    return tuple(texts)


def as_yaml(file: BaseModel) -> str:
    """A rule or fact file as people write them: only what differs from the default, figures as strings."""
    content: Any = file.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
