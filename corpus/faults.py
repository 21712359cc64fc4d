"""What is wrong with a YAML file people write for us, in one line of Chinese: file, line, place and cure."""

from __future__ import annotations

import difflib
import re
import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails


def yaml_fault(name: str, exc: yaml.YAMLError, text: str = "") -> str:
    """A file that is no YAML."""
    exc = _in_full(exc, text)
    problem = str(getattr(exc, "problem", None) or getattr(exc, "reason", None) or exc)
    own = re.search(r"[\u4e00-\u9fff]", problem) is not None and "found" not in problem
    words = problem if own else f"YAML 写法有误:{_said(problem)}"
    mark = getattr(exc, "problem_mark", None)
    begun = getattr(exc, "context_mark", None)
    if begun is not None and any(word in problem for word in ("end of stream", "expected ',' or")):
        mark = begun  # what was never closed stands where it was opened
    position = getattr(exc, "position", None)
    line = mark.line + 1 if mark is not None else None
    if line is None and isinstance(position, int):
        line = text[:position].count("\n") + 1
    return f"{_at(name, line)}{words.rstrip('。')}。"


def _in_full(exc: yaml.YAMLError, text: str) -> yaml.YAMLError:
    """The same fault as PyYAML itself tells it: libyaml leaves out which character it was and where it began."""
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as said:
        return said
    return exc


#: What the parser says, and what to do about it.
_PROBLEMS = {
    r"character '\\t'": "缩进用了制表符。请改成空格",
    r"mapping values are not allowed": "这里不该有冒号。请检查缩进,带冒号的文字要加引号",
    r"could not find expected ':'": "键后面少了冒号。请补上冒号和空格",
    r"expected <block end>": "缩进没有对齐。请与同一层的上一行对齐",
    r"unexpected end of stream": "引号没有配对。请补上另一半",
    r"expected ',' or": "括号没有配对。请补上另一半,或检查逗号",
    r"expected the node content|expected alphabetic|undefined alias": "这个符号有特别的含义。请给这段文字加引号",
    r"could not determine a constructor": "不认识的 ! 标签。请删去,或给这段文字加引号",
    r"unknown escape": "双引号里的反斜杠有特别的含义。请改用单引号",
    r"that cannot start any token": "文字不能以这个符号开头。请加引号",
    r"recursive": "绕回来引用了自己。请删去 & 和 *",
    r"another document": "一个文件只能有一份内容。请删去多余的 ---",
    r"special characters": "有看不见的控制字符。请删去",
    r"invalid \w+ byte|unexpected end of data|codec": "不是 UTF-8 编码。请另存为 UTF-8",
}


def _said(problem: str) -> str:
    found = next((words for pattern, words in _PROBLEMS.items() if re.search(pattern, problem)), None)
    return found or f"{problem}。请检查这一行的缩进、冒号和引号"


def schema_fault(name: str, exc: ValidationError, text: str, model: type[BaseModel]) -> str:
    """The first fault of a file that is YAML, with the nearest key or word the place allows."""
    # A misspelt key is both unknown and missing: the word that stands there is the one to name.
    error = min(exc.errors(), key=lambda e: e["type"] != "extra_forbidden")
    if not error["loc"]:
        return _of_whole(name, error)
    line, shown = _place(text, error["loc"])
    return f"{_at(name, line)}{_wrong(error, shown, model)}"


def _at(name: str, line: int | None) -> str:
    return f"{name} 第 {line} 行:" if line else f"{name}:"


def _of_whole(name: str, error: ErrorDetails) -> str:
    if error["input"] is None:
        return f"{name}:文件是空的。请写上内容,或删去这个文件。"
    if error["type"] == "value_error":
        return f"{name}:{error['ctx']['error']}。"
    return f"{name}:应是“键: 值”的结构。"


def _wrong(error: ErrorDetails, shown: str, model: type[BaseModel]) -> str:
    kind, key = error["type"], str(error["loc"][-1])
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(key, _keys_at(model, error["loc"][:-1]), 1)
        return f"不认识的键 “{shown}”" + (f",是不是想写 “{near[0]}”?" if near else ",请删去。")
    if kind == "missing":
        return f"缺少键 “{shown}”。请补上。"
    if kind == "union_tag_not_found":
        return f"“{shown}” 缺少键 “kind”。请写明是哪一种。"
    if kind in ("union_tag_invalid", "literal_error"):
        expected = str(error["ctx"].get("expected_tags") or error["ctx"]["expected"])
        given = error["ctx"]["tag"] if "tag" in error["ctx"] else error["input"]
        allowed = re.findall(r"'([^']*)'", expected) or [expected]
        # Of a few all are named: the nearest in letters to 「gte」 is gt.
        near = difflib.get_close_matches(str(given), allowed, 1) if len(allowed) > 8 else []
        place = f"{shown}.kind" if "tag" in error["ctx"] else shown
        hint = f",是不是想写 “{near[0]}”?" if near else f",只能是 {'、'.join(allowed)}。"
        return f"“{place}” 的值不对:没有 “{given}” 这一种{hint}"
    if kind == "value_error":
        return f"“{shown}” 的值不对:{error['ctx']['error']}。"
    given = error["input"]
    said = f"(写的是 {given})" if isinstance(given, str | int) else ""
    return f"“{shown}” 的值不对:{_cure(error)}{said}。"


_CURES = {
    "string": "应是文字,数字要加引号",
    "int": "应是整数",
    "bool": "应是 true 或 false",
    "decimal": '应是数字,加引号写,如 "0.30"',
    "finite": "应是有限的数字",
    "date": "应是真有的一天,如 2026-11-24",
    "tuple": "应是列表,如 [甲, 乙]",
    "dict": "应是“键: 值”的结构",
    "model": "应是“键: 值”的结构",
    "too": "不能是空的",
    "recursion": "绕回来引用了自己,请删去 & 和 *",
    "invalid": "键要写成文字",
}


def _cure(error: ErrorDetails) -> str:
    kind = error["type"]
    if kind == "string_pattern_mismatch":
        return f"要写成 {error['ctx']['pattern']} 的样子"
    if kind == "greater_than_equal":
        return f"不能小于 {error['ctx']['ge']}"
    return _CURES.get(kind.split("_")[0], error["msg"])


def _place(text: str, loc: tuple[int | str, ...]) -> tuple[int | None, str]:
    """The line, from 1, of the innermost node on the way to ``loc`` (the key itself, or what lacks it), and the way
    in the words of the file: without the tags of unions, which it does not write."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    line: int | None = None
    shown: list[str] = []
    for n, part in enumerate(loc, 1):
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if pair is None:  # a missing key, or the tag of a union
                shown += [str(part)] if n == len(loc) else []
                continue
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        shown.append(str(part))
    return line, ".".join(shown)


# -- which keys a place allows -------------------------------------------------------------------------


def _keys_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that may stand at the place ``loc`` leads to."""
    at: list[Any] = [model]
    for part in loc:
        at = [found for kind in at for found in _into(kind, part)]
    return [key for kind in at for m in _models(kind) for key in _fields(m)]


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _into(kind: Any, part: int | str) -> Iterator[Any]:
    if isinstance(part, int):
        for container in _plain(kind):
            if get_origin(container) in (tuple, list):
                yield from (a for a in get_args(container) if a is not Ellipsis)
        return
    for model in _models(kind):
        fields = _fields(model)
        if part in fields:
            yield fields[part]
        elif "kind" in fields and part in get_args(fields["kind"]):
            yield model  # the tag of a union


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    for found in _plain(kind):
        if isinstance(found, type) and issubclass(found, BaseModel):
            yield found


def _plain(kind: Any) -> Iterator[Any]:
    """The types a union or an annotated type stands for."""
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _plain(get_args(kind)[0])
    elif origin in (Union, types.UnionType):
        for inner in get_args(kind):
            yield from _plain(inner)
    elif origin is not Literal:
        yield kind
