"""YAML as people write it for us: no float literals, no duplicate keys, no day that does not exist."""

from __future__ import annotations

from typing import Any

import yaml

# libyaml reads several times faster; a PyYAML built without it reads the same.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Only ``true`` and ``false`` are booleans: the key ``on`` is a word, as in YAML 1.2."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _no_float(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    raise yaml.constructor.ConstructorError(
        None, None, f"小数 {node.value} 要加引号写成字符串,以免失真", node.start_mark
    )


def _date(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as exc:
        raise yaml.constructor.ConstructorError(
            None, None, f"日期 {node.value} 不存在。请核对", node.start_mark
        ) from exc


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(
                None, None, "键只能是文字,这里是一组内容。请给花括号里的文字加引号", key_node.start_mark
            )
        key = loader.construct_object(key_node)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"键 “{key}” 重复", key_node.start_mark)
        seen.add(key)
    loader.flatten_mapping(node)
    result: dict[Any, Any] = yaml.SafeLoader.construct_mapping(loader, node, deep=True)
    return result


_Loader.add_constructor("tag:yaml.org,2002:float", _no_float)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def load_yaml(data: bytes | str) -> Any:
    """Parse one document; raises yaml.YAMLError with the place in it."""
    return yaml.load(data, Loader=_Loader)
