"""What a message asks: its topic, the policies and places it names, the kind of answer it wants, the facts in it.

Deterministic: patterns and word lists only. What was understood is kept in one value, so it can be shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from ceyin.assistant.places import Place, find_districts, find_places
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.normalise import normalise
from ceyin.indexes.spelling import correct

_ENGLISH_FILE = Path(__file__).parent / "words" / "english.txt"


class Intent(StrEnum):
    """What kind of answer a question wants; one may want several."""

    AMOUNT = "amount"
    DEADLINE = "deadline"
    DURATION = "duration"
    ELIGIBLE = "eligible"
    IN_FORCE = "in_force"
    MATERIALS = "materials"
    PROCEDURE = "procedure"
    WHO = "who"
    ISSUED = "issued"
    ACTUAL = "actual"
    CONTACT = "contact"
    COMPARE = "compare"
    OVERVIEW = "overview"
    WHICH = "which"
    LIST = "list"


_INTENTS: tuple[tuple[Intent, str], ...] = (
    (Intent.AMOUNT, r"多少钱|补多少|给多少|奖多少|资助多少|奖励多少|几万|几千|几十万|多少元|额度|金额|报销多少|拿多少|领多少|贷多少|补几|给几|最多(?:能)?(?:补|拿|领|贷|切)|算算|应补|how much"),
    (Intent.DEADLINE, r"截止|最晚|最迟|什么时候前|哪天前|哪天之前|来得及|按时|几号前|之前要|何时前|deadline|by when"),
    (Intent.DURATION, r"几年|多久|多长时间|有效期|期限|how long"),
    (Intent.ELIGIBLE, r"能不能|可不可以|享受|得到吗|可以吗|可以吧|行吗|行吧|行不行|够格|符合|有资格|能否|可否|是否可以|还能|能申|能报|能拿|能补|能领|算不算|要不要|用不用|必须|may we|can we|must|eligible"),
    (Intent.IN_FORCE, r"还有效|有效没|失效|过期|作废|现行|还在执行|是否有效|有没有效|有效吗|算数|享受得到|in force|still valid"),
    (Intent.MATERIALS, r"材料|资料|交什么|交几样|提交什么|准备什么|哪些文件"),
    (Intent.PROCEDURE, r"流程|步骤|程序|怎么申请|如何申报|怎么报|怎么办理|怎么走"),
    (Intent.WHO, r"谁|哪个部门|哪些部门|哪个单位|哪些单位|牵头|找哪|归哪"),
    (Intent.ISSUED, r"谁发的|哪.{0,3}发的|哪天发|哪年发|什么时候(?:印发|发布|出台|发的|公布)|文号|哪.{0,4}(?:联合)?印发|印发日期|发文|几号文"),
    (Intent.ACTUAL, r"(?:实际|已经|目前|现在|到今年|截至|至今|去年|今年).{0,10}(?:完成|达到|达成|建成|实现|发放|批准|兑现|有)了?(?:没有)?(?:多少|几)|完成(?:得)?(?:怎么样|情况|没有)|实际(?:完成|达到|发了|有)"),
    (Intent.CONTACT, r"电话|联系人|联系方式|地址在|办公地点|网址|官网|哪里下载|下载|邮箱|微信"),
    (Intent.COMPARE, r"分别|各自|区别|不一样|不同|对比|相比|哪个更|两份|两个文件|一个.{0,12}一个|自己又"),
    (Intent.OVERVIEW, r"有(?:哪些|什么)(?:补贴|政策|奖励|资助|扶持|优惠|好处)"),
    (Intent.WHICH, r"哪里|哪儿|在哪|哪一带|哪些|哪个|哪几|什么地方|啥地方"),
    (Intent.LIST, r"哪些|几样|几块|几部分|几条|几个|都有|都叫|包括|什么条件|啥条件"),
)  # fmt: skip

#: What a figure asked for is counted in, by the words that ask.
_UNITS: tuple[tuple[str, str], ...] = (
    (r"多少钱|多少元|(?:每件|每家|有没有|有无).{0,8}(?:资助|补贴|补助|奖)|(?:贴息|补贴|资助|补助|奖励|奖金|保费|经费|贷款|费)\S{0,4}多少|几万|几千|几十万|补多少|给多少|奖多少|资助多少|奖励多少|报销多少|拿多少|领多少|贷多少|补几|给几|官费|多少资金|how much", r"\d[\d.]*(?:万|亿|百万|千)?元|\d[\d.]*%"),
    (r"多少万美元|美元", r"美元"),
    (r"百分之几|百分之多少|比例|占比|几成|比重|百分点|比率|增幅|增长多少", r"\d[\d.]*%|百分|[一二三四五六七八九]成|平均"),
    (r"多少分|几分|占多少分", r"\d+分"),
    (r"几家|多少家", r"\d+(?:多|余)?家|[一二三四五六七八九十]+家"),
    (r"多少件|几件", r"\d[\d.]*(?:万)?件|[一二三四五六七八九十]+件"),
    (r"多少人|几人|几名|多少名", r"\d+(?:万)?[人名]"),
    (r"几年|多久|多长时间|多少天|几天|多少日|几个月|多少年|几个工作日|多少个?工作日", r"[\d一二三四五六七八九十两]+(?:个)?(?:年|月|日|天|工作日)|“十四五”"),
)  # fmt: skip

_FOLLOW_UP = re.compile(r"^(?:那么?|那个|这个?|它|他们|如果|要是|还有|以及|再|另外|到|上面|刚才|前面|同样|换成|也|呢)|^.{0,14}呢[?]?$")
_PERSONAL = re.compile(r"我|俺|咱|本公司|本企业|本店|我司|我院|我校|贵|\b(?:we|our|my|us|I)\b")
_HELP = re.compile(
    r"^(?:你好|您好|嗨|哈喽|hi|hello|在吗|早上好|下午好|谢谢|多谢)[呀啊哦!,。?~ ]*$"
    r"|你(?:都|还)?(?:能|会|可以)(?:帮我?|替我)?(?:做|干|查|回答|解答|办|问)(?:些|点|到)?(?:什么|啥|哪些)"
    r"|怎么用(?:你|这个)|你是谁|(?:能|可以)问(?:些|你)?(?:什么|啥|哪些)|使用说明|what can you do|who are you",
    re.IGNORECASE,
)
_COVERAGE = re.compile(r"(?:收录|包含|覆盖|支持|有).{0,4}(?:哪些|什么|几个|多少)(?:城市|地区|地方|文件|政策文件|份文件)|政策库里有(?:什么|哪些)|which cities")
_PASTED = re.compile(r"[“\"「][^”\"」]{0,200}[”\"」]|【[^】]{1,20}】[^。]*?。")


@dataclass(frozen=True, slots=True)
class Question:
    """A message as understood; ``topic`` is what is searched for (with the conversation where it is elliptic)."""

    message: str
    said: str
    topic: str
    history: tuple[str, ...]
    as_of: date
    intents: frozenset[Intent]
    figure: re.Pattern[str] | None
    personal: bool
    english: bool
    policies: tuple[str, ...]
    places: tuple[Place, ...]
    districts: tuple[str, ...]
    parts: tuple[str, ...]
    help: bool
    coverage: bool

    def wants(self, *intents: Intent) -> bool:
        """Whether any of these is asked for."""
        return any(i in self.intents for i in intents)


def understand(turns: Sequence[str], as_of: date, policies: Sequence[StoredPolicy]) -> Question:
    """Read the last of the user's messages in the light of the earlier ones."""
    history = tuple(_clean(t) for t in turns[:-1])
    said = _clean(turns[-1])
    english = _is_english(said)
    own = translate(said) if english else said
    named = named_policies(own, policies)
    follow_up = bool(history) and (bool(_FOLLOW_UP.search(said)) or (len(said) < 22 and not named))
    topic = own
    if follow_up:
        topic = " ".join([*(translate(h) if _is_english(h) else h for h in history[-3:]), own])
        named = named or named_policies(topic, policies)
    asked = _PASTED.sub(" ", own) if len(_PASTED.sub("", own)) >= 12 else own
    intents = frozenset(i for i, p in _INTENTS if re.search(p, asked, re.IGNORECASE))
    return Question(
        message=turns[-1],
        said=own,
        topic=topic,
        history=history,
        as_of=as_of,
        intents=intents,
        figure=figure_wanted(asked),
        personal=any(_PERSONAL.search(t) for t in (*history, said)),
        english=english,
        policies=named,
        places=tuple(find_places(topic)),
        districts=tuple(find_districts(topic)),
        parts=_parts(asked),
        help=bool(_HELP.search(said)),
        coverage=bool(_COVERAGE.search(said)),
    )


_ASKING = re.compile(r"[?]|什么|多少|哪|谁|几|怎|吗|呢|如何|是否|能不能|可不可以|啥|咋|多久")


def _parts(text: str) -> tuple[str, ...]:
    """The single questions of a message that asks several; one question is one part."""
    each = re.match(r"(.{8,}?)[,,]?(?:分别|各自)", text)
    if each:
        sides = [p for p in re.split(r"[、,]|(?<=[\u4e00-\u9fff]{4})和(?=[\u4e00-\u9fff]{4})", each.group(1)) if len(p) >= 4]
        if len(sides) > 1:
            return tuple(sides)
    pieces = [p for p in re.split(r"(?<=[?。;!])", text) if p.strip("?。;! ")]
    asking = [p for p in pieces if _ASKING.search(p) and len(p) >= 5]
    return tuple(asking) if len(asking) > 1 else (text,)


def figure_wanted(text: str) -> re.Pattern[str] | None:
    """What the figure a question asks for looks like; None where it asks for none."""
    return next((re.compile(f) for p, f in _UNITS if re.search(p, text, re.IGNORECASE)), None)


def _clean(text: str) -> str:
    return correct(normalise(text))


def _is_english(text: str) -> bool:
    letters = len(re.findall(r"[A-Za-z]", text))
    han = len(re.findall(r"[\u4e00-\u9fff]", text))
    return letters > 12 and letters > 4 * han


@lru_cache(maxsize=1)
def _lexicon() -> tuple[tuple[str, str], ...]:
    lines = _ENGLISH_FILE.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
    return tuple(sorted(((a.strip(), b.strip()) for a, b in pairs), key=lambda p: -len(p[0])))


def translate(text: str) -> str:
    """The terms of the texts for an English question, its own words behind them."""
    rest = text.lower()
    found: list[str] = []
    for english, chinese in _lexicon():
        if re.search(rf"\b{re.escape(english)}(?:s|ed)?\b", rest):
            found.append(chinese)
            rest = re.sub(rf"\b{re.escape(english)}(?:s|ed)?\b", " ", rest)
    return " ".join([*found, text])


_FILLERS = re.compile(r"那个|这个|那份|这份|那套|这套|的|那")


def named_policies(text: str, policies: Sequence[StoredPolicy]) -> tuple[str, ...]:
    """The policies a text names by number, nickname or title; longest mention first."""
    text = f"{text} {_FILLERS.sub('', text)}"
    found: list[tuple[int, str]] = []
    for policy in policies:
        names = _names(policy)
        sizes = [len(n) for n in names if n in text]
        if sizes:
            found.append((max(sizes), policy.policy_id))
    return tuple(p for _, p in sorted(found, key=lambda f: (-f[0], f[1])))


def _names(policy: StoredPolicy) -> list[str]:
    names = [normalise(policy.title)]
    if policy.doc_number:
        number = normalise(policy.doc_number)
        names.append(number)
        m = re.search(r"(\d+)号$", number)
        if m and int(m.group(1)) > 9:
            names.append(f"{m.group(1)}号文")
    inner = re.search(r"《(.+?)》", policy.title)
    if inner:
        names.append(normalise(inner.group(1)))
    if policy.entry:
        names += [normalise(n) for n in (*policy.entry.nicknames, *policy.entry.aliases)]
    bare = [re.sub(r"\([^()]*\)$", "", n) for n in names]
    return [n for n in dict.fromkeys([*names, *bare]) if len(n) >= 3]
