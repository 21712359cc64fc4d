"""Yes-or-no facts told in the words of their own key: 信用水平高, 没有主观恶意 for those no pattern reads."""

from __future__ import annotations

import re
from functools import lru_cache

_VERB = re.compile(r"^(?:是否|是|有|已|符合|属于|存在|参加|办理|申请)")
_NOT = r"(?:不|没有?|未|无|并非|不是|还没有?|从没有?|从未)"
#: Behind the words they are a condition or a question: 符合条件的企业, 是小规模纳税人吗.
_OPEN = r"(?!\S{0,2}(?:吗|么|嘛)|的|才|就|时|可以|能|怎么|是什么|要)"
#: So short a key says nothing by itself.
_SHORTEST = 4


@lru_cache(maxsize=512)
def _patterns(names: tuple[str, ...]) -> tuple[tuple[str, ...], re.Pattern[str], re.Pattern[str]] | None:
    """The words without which nothing is told, then what tells yes and what tells no."""
    stems, said, denied = [], [], []
    for name in names:
        verb = _VERB.match(name)
        stem = name[verb.end() :] if verb else name
        if len(name) < _SHORTEST or len(stem) < 3:
            continue
        stems.append(stem)
        head = re.escape(verb.group().removesuffix("否")) if verb else ""
        said.append(rf"{head}(?:了|过|着)?{re.escape(stem)}")
        denied.append(rf"{_NOT}(?:{head})?(?:过|有)?{re.escape(stem)}")
    if not said:
        return None
    before = "(?<!不)(?<!没)(?<!没有)(?<!未)(?<!无)(?<!是否)(?<!是不是)(?<!并非)(?<!有没)(?<!必须)(?<!需要)"
    yes = re.compile(f"{before}(?:{'|'.join(said)}){_OPEN}")
    return tuple(stems), yes, re.compile(f"(?<!是)(?<!有)(?:{'|'.join(denied)}){_OPEN}")


def told_literally(names: tuple[str, ...], text: str) -> tuple[bool, int] | None:
    """Whether the fact of these names is told in a text, and where; None where it is not."""
    compiled = _patterns(names)
    if compiled is None or not any(stem in text for stem in compiled[0]):
        return None
    _, said, denied = compiled
    no = denied.search(text)
    if no is not None:
        return False, no.start()
    yes = said.search(text)
    return (True, yes.start()) if yes is not None else None
