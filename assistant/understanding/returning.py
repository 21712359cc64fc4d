"""Coming back to what was spoken of before another subject: 说回保险, 回到刚才抚州那个, 刚才第一个问题."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ceyin.assistant.places import find_places
from ceyin.assistant.understanding.conversation import leans
from ceyin.assistant.understanding.intents import ASKING
from ceyin.indexes.tokens import content_words

_BACK = re.compile(
    r"(?:^|[,。;!?]|那|咱们?|我们|再|还是|先)(?P<verb>(?:说|聊|转|讲|扯|绕|拉|问)回(?:来|到)?|回到|回过头(?:来)?(?:说|看|问)?|回头(?:说|看|再说))"
    r"(?P<what>[^,。;?!]{0,16})"
)
_BEFORE = re.compile(r"刚才|刚刚|前面|之前|原来|最开始|一开始|开头|最初|上面|那个|这个|问题|话题")
_NUMBERED = re.compile(
    r"(?:刚才|刚刚|前面|最开始|一开始|上面|最初)(?:我)?(?:问)?的?第(?P<n>[一二三四五六])个"
)


def came_back(said: str, earlier: Sequence[str]) -> list[str]:
    """The earlier messages without those about a subject that is left again; all of them where none is."""
    asked = [k for k, text in enumerate(earlier) if ASKING.search(text)]
    numbered = _NUMBERED.search(said)
    if numbered is not None:
        n = "一二三四五六".index(numbered.group("n"))
        return [earlier[asked[n]]] if len(asked) > max(n, 1) else list(earlier)
    m = _BACK.search(said)
    if m is None or len(earlier) < 2:
        return list(earlier)
    start = _start_of_last(earlier)
    what = [w for w in content_words(_BEFORE.sub(" ", m.group("what"))) if len(w) > 1]
    meant = [k for k in range(len(earlier)) if any(w in earlier[k] for w in what)]
    if meant:
        return _up_to_next(earlier, meant[-1]) if meant[-1] < start else list(earlier)
    told = m.group("verb") != "回到" or _BEFORE.search(m.group("what")) or find_places(m.group("what"))
    return list(earlier[:start]) if told and start else list(earlier)


def _start_of_last(earlier: Sequence[str]) -> int:
    """Where the last subject begins: at the last message that asks and stands alone."""
    at = len(earlier) - 1
    while at > 0 and leans(earlier[at], earlier[:at], False):
        at -= 1
    return at


def _up_to_next(earlier: Sequence[str], at: int) -> list[str]:
    """The messages up to this one, and what was told or asked of it after."""
    end = at + 1
    while end < len(earlier) and leans(earlier[end], earlier[:end], False):
        end += 1
    return list(earlier[:end])
