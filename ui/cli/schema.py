"""``ceyin schema``: the JSON Schema of every public JSON."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from pydantic import BaseModel

from ceyin.corpus.errors import CeyinError


def schema(name: Annotated[str | None, typer.Argument(help="只输出这一个")] = None) -> None:
    """输出接口 JSON 的 JSON Schema。"""
    from ceyin.assistant import contract
    from ceyin.assistant.matching.wire import MatchReport, PlanReport
    from ceyin.assistant.rules.files import FactFile, RuleFile
    from ceyin.corpus.wire import ParsedSourceView
    from ceyin.ui.views import ImportView, VersionedPolicyView, VersionList

    models: dict[str, type[BaseModel]] = {
        "answer": contract.Answer,
        "ask": contract.AskRequest,
        "check": contract.CheckReport,
        "match": MatchReport,
        "plan": PlanReport,
        "rules": RuleFile,
        "facts": FactFile,
        "search": contract.SearchResult,
        "policies": contract.PolicyList,
        "policy": contract.PolicyView,
        "parse": ParsedSourceView,
        "import": ImportView,
        "versions": VersionList,
        "version": VersionedPolicyView,
    }
    if name is not None and name not in models:
        raise CeyinError(f"没有“{name}”。可选:{'、'.join(models)}。")
    chosen = {name: models[name]} if name else models
    out = {key: model.model_json_schema() for key, model in chosen.items()}
    print(json.dumps(out[name] if name else out, ensure_ascii=False, indent=2))
