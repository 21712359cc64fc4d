"""What a message means after the earlier ones: which of them it leans on, and what of those still counts.

Only the user's own messages are known. A message that names its subject stands alone; 「那合作社呢?」, 「它管几年?」
and a bare fact lean on the last one that did, and on the facts told since.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ceyin.assistant.places import find_places
from ceyin.assistant.understanding.intents import ASKING
from ceyin.assistant.understanding.splitting import parts_of
from ceyin.assistant.understanding.subjects import subjects

#: A message, or a part of one, that puts right what was told before.
CORRECTING = re.compile(
    r"(?:(?:啊|哦|噢|呃|额|哎呀?|等等|抱歉|不好意思)[,。]?)?(?:(?<!对)不对(?=[,。,:!是应]|$)|(?:我)?(?:刚才|刚刚|前面|上面|之前)?(?:我)?"
    r"(?:说|讲|写|记|搞|弄|打|报|看|算|填|数|听)(?:错|岔|混)(?:了|啦)?|更正(?:一下)?|纠正(?:一下)?|修正(?:一下)?|重新说(?:一下)?|准确地?说"
    r"|(?:准确|确切|真正|实际)的?(?:日子|日期|时间|数目?|数字|金额)(?:应该|应当)?(?=是|为)"
    r"|(?<![^,。;?!\n])其实(?:应该|应当)?(?:是|只有|就是?|才)(?=[\d一二两三四五六七八九十])|(?<![^,。;?!\n])实际上?(?:就|只有?|才)(?=[\d一二两三四五六七八九十]))"
)
#: What is only supposed from here on.
SUPPOSING = re.compile(
    r"如果|要是|假如|假设|倘若|若是|(?<![\d.一二两俩三四五六七八九十百千几])万一|比如说?|(?:换成|换作)"
)
#: Another applicant than the one spoken of so far.
NEW_CLIENT = re.compile(
    r"(?:^|[,。;!?]|那|还有|现在|再|帮我?看看?|我有|问下?|如果是|换|替)(?:另外?(?:一|有)?|换(?:一)?|下一|别的)(?:个|家|位)?"
    r"(?:客户|公司|企业|单位|店|厂|合作社|学校|高校)(?!\S{0,4}(?:告|侵|仿|抄|冒|抢))"
    r"|(?:还有|再帮|再看|又有)(?:一?个|一?家|一?位)(?:客户|公司|企业|朋友的?(?:公司|店))|换(?:一)?(?:个|家)(?:客户|公司|企业)"
)
_LEANING = re.compile(
    r"^(?:那么?|那个|这个?|它|他们?|其|该|这样|如果|要是|还有|以及|再|另外|到|上面|上述|里面|里头|里边|其中|刚才|前面|同样|同理|换成|也|呢|第[一二三四五六]|前者|后者"
    r"|不对|更正|纠正|我?说错)|^.{0,14}呢[?]?$|^.{1,12}呢[?,。](?:(?!多少|吗|什么|怎|几|哪|谁|如何|啥|咋|呢)[^?]){0,40}$|^(?:为什么|依据|哪一?条|原文|出处|多久|多少|几年|什么时候|怎么办|具体)"
)
#: 「那合作社呢?」: the same question about something else.
_INSTEAD = re.compile(
    r"^(?:那么?|换成|如果是|要是)?(?P<what>[^,。?]{1,14}?)(?:的)?(?:呢|怎么样|又如何|怎么说)[?]?$"
)
#: A subject the user is done with.
_LEFT = re.compile(
    r"(?:先?不(?:说|管|谈|问|聊|提)|(?:先)?放下|撇开)(?P<what>[\u4e00-\u9fff]{2,8}?)(?:了|吧|,)"
)
_ORDINAL = re.compile(r"^(?:那|那么)?(?:第([一二三四五六])(?:个|条|项|种|点|问)?|(前者|后者))")
_YEAR = re.compile(r"20\d\d年?(?:度)?的?")
_SHORT = 22
#: So much of the earlier messages is carried on.
_MOST_CHARS = 400


def leans(said: str, earlier: Sequence[str], named: bool) -> bool:
    """Whether a message says too little to be understood without the earlier ones."""
    if not earlier:
        return False
    own = subjects(said)
    if not ASKING.search(said):
        return True  # told, not asked: it answers or adds to what was asked before
    if _LEANING.search(said):
        known = subjects(" ".join(earlier))
        fresh = own - known
        return not (named or (len(own) > 1 and fresh and len(said) >= 10 and not _INSTEAD.match(said)))
    return len(said) < _SHORT and not named and not own


def chain(said: str, earlier: Sequence[str], named: Sequence[bool]) -> list[str]:
    """The earlier messages a leaning one rests on, in order; ``named`` says of each whether it names a policy."""
    at = len(earlier) - 1
    while at > 0 and leans(earlier[at], earlier[:at], named[at]):
        at -= 1
    instead = bool(_INSTEAD.match(said))
    after = list(earlier[at + 1 :])
    # 「那高校呢?」 is over once 「那合作社呢?」 is asked; the last of them holds for what is asked then.
    swaps = [t for t in after if _INSTEAD.match(t)]
    dropped = swaps if instead else swaps[:-1]
    facts = [t for t in after if t not in dropped and (t in swaps or not ASKING.search(t) or t is after[-1])]
    kept = [_pointed(earlier[at], said), *facts]
    gone = _LEFT.search(said)
    if gone:  # 「不说公园了」: what was asked of it is over, the text it was asked of is not
        kept = [_without_subject(t, gone.group("what")) for t in kept]
    kept = [t for t in (_without_replaced(t, said) for t in kept) if t]
    while len(kept) > 1 and sum(map(len, kept)) > _MOST_CHARS:
        del kept[1]
    return kept


def _pointed(anchor: str, said: str) -> str:
    """Of several questions in one message the one a follow-up points back to: 第二个怎么报, 后者呢."""
    m = _ORDINAL.match(said)
    parts = parts_of(anchor)
    if m is None or len(parts) < 2:
        return anchor
    number = (
        "一二三四五六".index(m.group(1)) if m.group(1) else (0 if m.group(2) == "前者" else len(parts) - 1)
    )
    return parts[number] if number < len(parts) else anchor


def without_left(said: str) -> str:
    """A message without the words by which it leaves a subject, where it asks something besides."""
    rest = "".join(p for p in re.findall(r"[^,。;?!]+[,。;?!]*", said) if not _LEFT.search(p))
    return rest if ASKING.search(rest) else said


def _without_subject(text: str, subject: str) -> str:
    """An earlier message without the clauses that ask about a subject that is left."""
    return "".join(p for p in re.findall(r"[^,。;?!]+[,。;?!]*", text) if subject not in p)


def _without_replaced(text: str, said: str) -> str:
    """An earlier message without the place or year that the later one replaces."""
    if _YEAR.search(said) and not re.search(r"[月日号]", said):
        text = _YEAR.sub("", text)
    if find_places(said):
        for place in find_places(text):
            text = re.sub(rf"{re.escape(place.name)}[省市]?的?", "", text)
    return text


_AT = re.compile(
    r"(?:我|我们|俺|咱|公司|企业|厂|店|单位|合作社|学校|注册地?)(?:是|在|位于|来自|开在|注册在|登记在)[^,。;?!]{2,12}"
)


def told_place(earlier: Sequence[str]) -> str:
    """Where the applicant said to be, in the earlier messages about him; empty where nothing was said."""
    for text in reversed(earlier):
        found = [m.group() for m in _AT.finditer(text) if find_places(m.group())]
        if found:
            return found[-1]
        if NEW_CLIENT.search(text):
            break
    return ""
