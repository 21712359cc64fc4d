"""The single questions of a message that asks several.

What belongs together stays together: a sentence that only tells the case goes with the questions after it, and a
question without a subject of its own (「每块大概写啥?」) with the one before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ceyin.assistant.understanding.intents import ASKING, Intent, intents_of
from ceyin.assistant.understanding.subjects import subjects
from ceyin.indexes.tokens import content_words

_SENTENCE = re.compile(r"(?<=[?。;!])")
_JOINED = re.compile(
    r"[,。;]?(?:(?<=[,。;?!])(?:还有就是|还有(?!没有|[\d一二两三四五六七八九十]|几)|另外(?!一)|顺便(?:再)?(?:问|请教)?(?:一?下|一句|一嘴)?|以及|再问(?:一?下|一句)?|再就是|"
    r"同时(?:想问)?|对了|还想(?:问|知道)|也想(?:问|知道)|其次|最后(?:问|再问))|(?:以及|还有就是|顺便(?:再)?问(?:一?下|一句|一嘴)?|再问一?下))[,:]?"
)
_NUMBER = re.compile(
    r"(?:^|(?<![\d.第\-])(?<!\d年)(?<!\d月))(?:([1-9])[.、):]|[((]([1-9一二三四五])[))]|([一二三四五])[、.]"
    r"|第([一二三四五])(?:个问题)?[,:、是])(?=\D)"
    r"|(?:(?<=[,:。;?])|^)([一二三四五])(?:是(?!不)|来)[,:]?"
)
_STRONG = re.compile(
    r"多少|吗|什么时候|怎么|如何|几[年个万家次天件项条人]|能不能|可不可以|能否|哪[天些个里家几]|是不是|多久|什么|啥|(?P<a>[\u4e00-\u9fff])不(?P=a)|谁"
)
_MOST = 6
#: Kinds of question that one answer does not give together.
_KINDS = frozenset(
    {
        Intent.AMOUNT,
        Intent.DEADLINE,
        Intent.DURATION,
        Intent.MATERIALS,
        Intent.WHO,
        Intent.IN_FORCE,
        Intent.PROCEDURE,
    }
)


@lru_cache(maxsize=1024)
def parts_of(text: str) -> tuple[str, ...]:
    """The single questions of a message that asks several; one question is one part."""
    numbered = _numbered(text) or _of_both(text)
    if numbered:
        return numbered
    pieces = [p for s in _SENTENCE.split(text) for p in _joined(s) if p.strip("?。;!, ")]
    goes_on = [p for p in pieces if _GOES_ON.match(p)]
    asking = _with_subject([p for p in pieces if ASKING.search(p) and (len(p) >= 5 or p in goes_on)])
    whole = len(asking) > 1 and all(
        len(content_words(p)) >= 2 or subjects(p) or (_ANEW.search(p) and content_words(p)) for p in asking
    )
    return tuple(asking[:_MOST]) if whole else (text,)


def told_before(text: str, parts: Sequence[str], part: int) -> str:
    """A question with all that a message says before it."""
    own = parts[part]
    before = text[: max(0, text.find(own))]
    if _YEAR.search(own):  # another year than before: 「到2025年几件,到2035年又怎么说」
        before = _YEAR.sub("", before)
    return before + own


def context_of(text: str, parts: Sequence[str], part: int) -> str:
    """A question with what it leans on: what stands before all of them, and before one that points back to it."""
    own = parts[part]
    if part and leans(own):
        return told_before(text, parts, part)
    lead = text[: max(0, text.find(parts[0]))]
    return f"{lead} {own}" if subjects(lead) or _DOCUMENT.search(lead) else own


def leans(part: str) -> bool:
    """Whether a question of several says too little to be understood without those before it."""
    return bool(_LEANING.search(part)) or (len(content_words(part)) < 2 and not subjects(part))


def told_until(text: str, part: int) -> str:
    """What a message says up to its question number ``part`` (from nothing): what a later one supposes is not told yet."""
    sentences = [s for s in _SENTENCE.split(text) if s.strip("?。;!, ")]
    later = [k for k, s in enumerate(sentences) if _GOES_ON.match(s)]
    before = len(parts_of(text)) - len(later)
    if part < before and later:
        return "".join(sentences[: later[0]])
    return text if not later else "".join(sentences[: later[min(part - before, len(later) - 1)] + 1])


def _numbered(text: str) -> tuple[str, ...]:
    """「1.认证补多少2.保险补多少」: the numbers must follow each other, and what they number must ask."""
    found = list(_NUMBER.finditer(text))
    digits = ["一二三四五".find(n) + 1 or int(n) for m in found if (n := next(g for g in m.groups() if g))]
    start = next((k for k in range(len(digits) - 1) if digits[k : k + 2] == [1, 2]), None)
    if start is None:
        return ()
    run = [found[start]]
    for m, digit in zip(found[start + 1 :], digits[start + 1 :], strict=True):
        if digit == len(run) + 1:
            run.append(m)
    ends = [*(m.start() for m in run[1:]), len(text)]
    parts = [text[m.end() : end].strip(",。;、 ") for m, end in zip(run, ends, strict=True)]
    ask = all(len(p) >= 4 and (ASKING.search(p) or intents_of(p)) for p in parts)
    return tuple(parts[:_MOST]) if ask and len(parts) > 1 else ()


def _of_both(text: str) -> tuple[str, ...]:
    """「甲骗钱,乙放水,两边各担什么后果」: one question of two who did different things."""
    m = _EACH.search(text) or _BOTH.fullmatch(text)
    return (f"{m[1]},{m[3]}", f"{m[2]},{m[3]}") if m else ()


def _joined(sentence: str) -> list[str]:
    """A sentence cut where a second question is joined on: ,还有…, ,另外…, or two full questions with a comma."""
    cut = [p for p in _JOINED.split(sentence) if p]
    if len(cut) > 1 and sum(bool(ASKING.search(p)) for p in cut) < 2:
        cut = [sentence]
    return [q for p in cut for q in _side_by_side(p)]


def _side_by_side(piece: str) -> list[str]:
    """「认证补多少,专利奖补多少」: each side asks, about a thing of its own or in another way."""
    out: list[str] = []
    for side in piece.split(","):
        if out and _STRONG.search(out[-1]) and _STRONG.search(side) and _apart(out[-1], side):
            out.append(side)
        elif out:
            out[-1] = f"{out[-1]},{side}"
        else:
            out.append(side)
    return out


def _apart(first: str, second: str) -> bool:
    """Whether two questions with a comma between them are two: about different things, or of different kinds."""
    if subjects(second) - subjects(first) and subjects(first) - subjects(second):
        return True
    if _AGAIN.search(second) and set(content_words(second)) - set(content_words(first)):
        return True
    return (
        bool(subjects(first))
        and not subjects(second)
        and bool(_kind(second) - _kind(first))
        and bool(_kind(first))
    )


def _kind(text: str) -> frozenset[Intent]:
    return intents_of(text) & _KINDS


def _with_subject(pieces: list[str]) -> list[str]:
    """「申报示范区要什么材料,什么时候截止?」: the second question with the subject of the first."""
    out: list[str] = []
    for piece in pieces:
        if out and (m := _GOES_ON.match(piece)):
            out.append(_instead(out[-1], m.group(1)))
            continue
        own = [w for w in content_words(piece) if not _SAYS_NOTHING.match(w)]
        if out and not subjects(piece) and _kind(piece) - _kind(out[-1]) and len(own) < 2:
            named = sorted(subjects(out[-1]), key=out[-1].find)
            piece = "".join(named) + piece
        out.append(piece)
    return out


def _instead(first: str, other: str) -> str:
    """The question before with what the next one puts in its place: 「省级网点奖多少?国家级的呢?」."""
    if m := _AS_WHO.fullmatch(other):  # 「要是以公司名义呢」: the same case with another applicant
        return f"以{m.group(1)}名义,{_WHO.sub('', first).lstrip(',')}"
    for same in (_GRADE, _YEAR):
        if same.fullmatch(other) and len(found := list(dict.fromkeys(same.findall(first)))) == 1:
            return first.replace(found[0], other)
    if len(other) <= _WORD:  # 金奖, 银奖: of one kind by their last character
        alike = re.search(rf"[\u4e00-\u9fff]{{{len(other) - 1}}}{other[-1]}", first)
        if alike and alike.group() != other:
            return first[: alike.start()] + other + first[alike.end() :]
    led, asks = _PLACED.match(first), _ASKS.search(first)
    return f"{led.group() if led else ''}{other}{asks.group() if asks else '怎么规定?'}"


#: What is no subject of a question by itself: 前后做几年, 一共多久.
_SAYS_NOTHING = re.compile(r"[几多]|前后|一共|总共|最[早晚迟多少长高]|大概|到底|具体")
#: Two things told of, and a question about each: 「一头是保险,一头是官司,这两头各补几成」.
_EACH = re.compile(
    r"(?:一[头边样个种])(?:是|呢)?([^,。?;]{3,24}),(?:还有|另)?(?:一[头边样个种])(?:是|呢)?([^,。?;]{3,24}),"
    r"([^。?;]{0,10}各[^。?;]{2,24}[?。]?)"
)
#: Two who are told of, and a question about each of them.
_BOTH = re.compile(
    r"([^,。?;]{6,30}),([^,。?;]{6,30}),(?:这)?(?:两边|两头|双方|两者|二者|两[种拨伙个]人|两家)(?:各自?|分别|都)([^,。?;]{2,16}[?。]?)"
)
#: What points back to the question before: 「其中哪一份…」, 「有了以后…」, 「双方要签个啥」, 「金融上又讲了啥」.
_LEANING = re.compile(
    r"^(?:那|它|其|这|此|该|上述|前面|后头|后面|之后|然后|完了|有了|剩下|双方|到时|批|过)|其中|又(?:是|讲|说|写|定|怎|咋|有|要)"
)
_DOCUMENT = re.compile(r"意见|方案|办法|措施|通知|计划|规划|纲要|细则|规定|号文|文件")
#: 「服务上讲了啥,金融上又讲了啥」: the second side asks the same of another thing.
_AGAIN = re.compile(r"^[^,]{1,14}?(?:又|则|呢)")
#: What asks for another figure or the same again says enough with one word of its own: 「结案率要到多少?」.
_ANEW = re.compile(rf"{_AGAIN.pattern}|(?:到|占|达到?)(?:多少|几|百分之几)")
#: 「国家级的呢?」, 「那银奖呢」: a question that goes on from the one before with another thing in its place.
_GOES_ON = re.compile(r"^(?:那么?|换成|至于)?([^,?。]{2,12}?)(?:的)?呢[?。]?$")
_AS_WHO = re.compile(
    r"(?:要是|如果|若是?|假如|换成?)?(?:以|用|按|换成)?(公司|企业|单位|法人|个人|自然人|个体户)(?:的?名义|的?身份|的话)?去?来?(?:申请|申报|办|借|贷|领|报|拿)?"
)
_WHO = re.compile(
    r"(?:我们?|本人)?是?(?:以|用)?(?:一[名个位])?(?:个体发明人|个人发明人|自然人|个人|本人|公司|企业|单位|法人)(?:的?名义|的?身份)?"
)
_GRADE = re.compile(r"(?:国家|省|市|县|区)级")
_YEAR = re.compile(r"20\d\d年")
#: A word that stands for another of its kind is no longer than this.
_WORD = 3
#: The place a question begins with, and what it asks from its question word on.
_PLACED = re.compile(r"^(?:在)?[\u4e00-\u9fff]{2,3}(?:省|市|区|县)")
_ASKS = re.compile(r"(?:现在|最高|最多)?(?:能|可以|要)?[奖补给]?(?:多少|多久|几|什么|怎么).*$")
