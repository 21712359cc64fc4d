"""What a message asks: its topic, the policies and places it names, the kind of answer it wants, the facts in it.

Deterministic: patterns and word lists only. What was understood is kept in one value, so it can be shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from ceyin.assistant.places import Place, find_districts, find_places
from ceyin.corpus.library import StoredPolicy
from ceyin.corpus.normalise import normalise
from ceyin.corpus.yamlfile import load_yaml
from ceyin.indexes.figures import SEVERAL, figure_wanted
from ceyin.indexes.spelling import correct
from ceyin.indexes.tokens import content_words

_WORDS = Path(__file__).parent / "words"


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
    ILLICIT = "illicit"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class _Patterns:
    intents: tuple[tuple[Intent, re.Pattern[str]], ...]
    headings: dict[Intent, re.Pattern[str]]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    content = load_yaml((_WORDS / "questions.yaml").read_text(encoding="utf-8"))
    intents = tuple((Intent(name), _any(patterns)) for name, patterns in content["intents"].items())
    headings = {Intent(name): re.compile(pattern) for name, pattern in content["headings"].items()}
    return _Patterns(intents, headings)


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_FOLLOW_UP = re.compile(
    r"^(?:那么?|那个|这个?|它|他们|如果|要是|还有|以及|再|另外|到|上面|刚才|前面|同样|换成|也|呢)|^.{0,14}呢[?]?$"
)
_PERSONAL = re.compile(r"我|俺|咱|本公司|本企业|本店|我司|我院|我校|贵|\b(?:we|our|my|us|I)\b")
_HELP = re.compile(
    r"^(?:你好|您好|嗨|哈喽|hi|hello|在吗|早上好|下午好|谢谢|多谢)[呀啊哦!,。?~ ]*$"
    r"|你(?:都|还)?(?:能|会|可以)(?:帮我?|替我)?(?:做|干|查|回答|解答|办|问)(?:些|点|到)?(?:什么|啥|哪些)"
    r"|怎么用(?:你|这个)|^(?:这个|你)?(?:怎么|咋|如何)(?:使)?用[呀啊呢]?[?。]?$|你是谁|谁(?:做|开发|弄|搞)的你"
    r"|你是(?:哪|什么|啥).{0,4}(?:做|开发|弄|搞|单位|部门|机构|人|模型|程序)"
    r"|(?:能|可以)问(?:些|你)?(?:什么|啥|哪些)|使用说明|what can you do|who are you",
    re.IGNORECASE,
)
_COVERAGE = re.compile(
    r"(?:收录|包含|覆盖|支持|有).{0,4}(?:哪些|什么|几个|多少)(?:城市|地区|地方|文件|政策文件|份文件)"
    r"|(?:政策库|库|数据)里?(?:都)?有(?:什么|哪些|没有)|which cities"
    r"|(?:政策库|库)里?.{0,3}有.{1,14}(?:文件|政策)(?:吗|么|没)"
    r"|(?:你|你们|这)(?:这儿|这里|这边|那儿|库里|家|们)?.{0,3}(?:查|问|搜|找)(?:到|得到|得了)?.{0,2}(?:哪|什么|啥|几).{0,5}(?:省|市|地方|地区|政策|文件)"
    r"|(?:你|你们)(?:这儿|这里|这边|那儿|库里|家)?.{0,3}有(?:没有)?.{0,16}(?:的|省|市)(?:文件|政策)(?:吗|没|么)?[?。]?$"
    r"|(?:数据|政策库|文件库|资料|内容|库)(?:是)?(?:什么时候|啥时候|哪天|何时|多久|最近|最后|上次).{0,5}更新|更新(?:到|至)(?:哪|什么|啥|几)"
)
_PASTED = re.compile(r"[“\"「][^”\"」]{16,400}[”\"」]|【[^】]{1,20}】[^。]*?。")


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

    def only(self, part: str) -> Question:
        """One question of a message that asks several, with all else as it is."""
        return replace(self, said=part, parts=(part,), intents=intents_of(part), figure=figure_wanted(part))

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
    return Question(
        message=turns[-1],
        said=own,
        topic=topic,
        history=history,
        as_of=as_of,
        intents=intents_of(asked),
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
        sides = [
            p
            for p in re.split(r"[、,]|(?<=[\u4e00-\u9fff]{4})和(?=[\u4e00-\u9fff]{4})", each.group(1))
            if len(p) >= 4
        ]
        if len(sides) > 1:
            return tuple(sides)
    pieces = [p for p in re.split(r"(?<=[?。;!])", text) if p.strip("?。;! ")]
    asking = [p for p in pieces if _ASKING.search(p) and len(p) >= 5]
    # 「每块大概写啥?」 has no topic of its own: it belongs to the question before it
    whole = len(asking) > 1 and all(len(content_words(p)) >= 2 for p in asking)
    return tuple(asking) if whole else (text,)


def intents_of(text: str) -> frozenset[Intent]:
    """What kinds of answer a question wants."""
    text = SEVERAL.sub("", text)
    found = frozenset(intent for intent, pattern in _patterns().intents if pattern.search(text))
    # Whoever orders something and asks something is answered what is asked.
    return found - {Intent.COMMAND} if _ASKING.search(text) else found


def heading_wanted(text: str) -> re.Pattern[str] | None:
    """What the heading of a clause looks like that gives the kind of answer wanted."""
    wanted = intents_of(text)
    return next((p for intent, p in _patterns().headings.items() if intent in wanted), None)


def _clean(text: str) -> str:
    return correct(normalise(text))


def _is_english(text: str) -> bool:
    letters = len(re.findall(r"[A-Za-z]", text))
    han = len(re.findall(r"[\u4e00-\u9fff]", text))
    return letters > 12 and letters > 4 * han


@lru_cache(maxsize=1)
def _lexicon() -> tuple[tuple[str, str], ...]:
    lines = (_WORDS / "english.txt").read_text(encoding="utf-8").splitlines()
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
    inner = re.search(r"《(.+?)》", policy.title) or re.search(r"关于印发(.+?)的通知$", policy.title)
    if inner:
        names.append(normalise(inner.group(1)))
    if policy.entry:
        names += [normalise(n) for n in (*policy.entry.nicknames, *policy.entry.aliases)]
    names += [re.sub(r"\([^()]*\)$", "", n) for n in names]
    region = re.sub(r"[省市]$", "", policy.region)
    # people leave out the region and 知识产权, which nearly every title has
    names += [re.sub(rf"^{re.escape(region)}[省市]?|^关于", "", n) for n in names]
    names += [n.replace("知识产权", "") for n in names if len(n) > 12]
    return [n for n in dict.fromkeys(names) if len(n) >= 3]
