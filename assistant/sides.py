"""What a question sets side by side: policies, regions, levels of government, programmes, or two subjects.

「2016年强市意见和2023年集聚区通知」, 「江宁、抚州各几件」, 「省里…市里…」, 「退伍兵和大学毕业生各能贷多少」.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ceyin.assistant.places import find_places, holds_in
from ceyin.assistant.rules.book import RuleBook
from ceyin.assistant.rules.model import AmountRule, EligibilityRule, Member, Rule
from ceyin.assistant.rules.trigger import triggered
from ceyin.assistant.rules.uses import conditions_of
from ceyin.assistant.understand import Question
from ceyin.assistant.understanding.intents import Intent
from ceyin.assistant.understanding.levels import levels
from ceyin.assistant.understanding.naming import names_of
from ceyin.corpus.library import StoredPolicy
from ceyin.indexes.tokens import content_words, cut


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things set side by side.

    ``name``: as the question calls it. ``asked``: what is asked of it, in words that stand by themselves.
    ``around``: the words it shares with the others, where its own are few. ``policies``: where alone its answer
    is looked for; None where the question does not say.
    """

    name: str
    asked: str
    around: str
    policies: frozenset[str] | None = None

    @property
    def told(self) -> str:
        """What is asked of it, with its name: 江宁 每万人高价值专利定到几件."""
        return self.asked if self.policies is None else f"{self.name} {self.asked}"


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    policies: frozenset[str]


#: Words that set things side by side.
_BESIDE = re.compile(
    r"各(?!项|类|种|位|级|部门|地|界|方面|县|区|市|单位|国)|分别|两[边份地样者家]|这两|[二三]者|三[份地边]|双方|一样|相同|不同|区别|差别|差异"
    r"|差(?:在|多少|几|哪)|相差|对比|比较|相比|哪[边个]?(?:更|高|低|长|短|大)|谁更|都(?:是|怎么|咋|是怎么|写|说|要|定|有|提|叫|到|算)|对得上|一致"
)
_MARKS = re.compile(
    r"各自|分别|各(?=[给补能怎打有是要写说定想算交按多点])|这?两[边份地者家样](?!月)|(?:放一起|列一起|一起)?(?:列|给我看|对比一下)+$|[列放]?一起|双方|自己又|又(?=[具定要准打])"
)
#: 「……又定到多少」, 「……呢」: a second half that goes on from the first.
_GOES_ON = re.compile(r"又|而|呢|那头|这头|自己|则|想|要|定|给|说|写")
_ASKING = re.compile(r"[?]|什么|多少|哪|谁|几|怎|吗|呢|如何|啥|咋|多久|一样")
_CLAUSE = re.compile(r"[^,。;?!]+")
_KIND = r"(?:意见|通知|方案|办法|措施|计划|规划|纲要|细则|规定|条例|决定|工程|条|号文)"


def sides(question: Question, policies: Sequence[StoredPolicy]) -> list[Side]:
    """The sides of a comparison, in the order of the question; empty where nothing is compared."""
    text = question.said
    earlier = question.topic.removesuffix(text).strip()
    found = _by_policy(text, policies)
    if len(found) < 2 or not (earlier or _compares(question, text)):
        found = [] if _HELD_BY_ONE.search(text) else _by_subject(text)
    # 「那江宁和抚州呢?」 asks what was asked before
    return [
        replace(s, asked=f"{_bare(s.asked)} {earlier}".strip(), around=f"{_bare(s.around)} {earlier}".strip())
        for s in found
    ]


def _bare(words: str) -> str:
    """What is asked without the words that only set side by side: no clause is about 「各自」."""
    return _MARKS.sub("", words)


def _compares(question: Question, text: str) -> bool:
    if _BESIDE.search(text):
        return True
    if question.personal and question.wants(Intent.ELIGIBLE, Intent.AMOUNT, Intent.DEADLINE):
        return False  # whoever names two texts there asks about a case of his own
    asking = [m.group() for m in _CLAUSE.finditer(text) if _ASKING.search(m.group())]
    return len(asking) > 1 and any(_GOES_ON.search(a) for a in asking[1:])


# -- policies, regions, levels -----------------------------------------------------------------------


def _by_policy(text: str, policies: Sequence[StoredPolicy]) -> list[Side]:
    mentions = _mentions(text, policies)
    if len(mentions) < 2:
        mentions = _programmes(text, policies)
    return _asked_of(text, mentions) if len(mentions) > 1 else []


#: Several honours of one applicant are one case: which of them is paid depends on the others.
_HELD_BY_ONE = re.compile(
    r"(?:同时|既)[^,。;?!]{0,24}(?:示范|优势|奖)|(?:示范|优势)企业[^。;?!]{0,12}两(?:份|块|张|个)?(?:证|牌|称号)|两[笔份个](?:都|全|一起)|叠加|重复(?:领|拿|给|发|奖)"
)
#: 「分送国家局和省局」, 「报国家局备案」: who receives something is no side of a comparison.
_RECEIVES = re.compile(
    r"(?:(?:分别|分头|同时|各|抄|报|分|寄|递|上)?[送寄交报递发](?:给|到|往|至|去)?|抄送|告知|通知|提交给?|汇报给?)(?:了)?(?:[\u4e00-\u9fff]{2,6}[和跟与、及])?$"
)


def _mentions(text: str, policies: Sequence[StoredPolicy]) -> list[_Mention]:
    """Where the text names policies, none of them twice and none within another."""
    offices = [m for m in _places(text, policies) if not _RECEIVES.search(text[: m.start])]
    found = [*_documents(text, policies), *offices]
    found.sort(key=lambda m: (m.start, -m.end))
    merged: list[_Mention] = []
    for mention in found:
        last = merged[-1] if merged else None
        if last is not None and _same(text, last, mention):
            both = last.policies & mention.policies
            narrower = min(last.policies, mention.policies, key=len)
            merged[-1] = _Mention(last.start, max(last.end, mention.end), both or narrower)
        else:
            merged.append(mention)
    # 「抚州的专项资金办法和个转企措施」: the place is where both are from, no side of its own
    sharp = [m for m in merged if sum(bool(o.policies) and o.policies < m.policies for o in merged) < 2]
    return [m for k, m in enumerate(sharp) if not any(m.policies & o.policies for o in sharp[:k])]


def _same(text: str, last: _Mention, mention: _Mention) -> bool:
    """Whether two mentions are one: 「国家局的集聚区通知」, 「江西省抚州市」, 「抚州到2035年的行动方案」."""
    if mention.start < last.end:
        return True
    between = text[last.end : mention.start]
    if re.search(r"[,。;?!、和跟与同比]", between):
        return False
    if mention.policies and mention.policies < last.policies:
        return True
    return len(between) <= 2 and bool(re.fullmatch(r"省|市|区|县|的|里的?|", between))


def _documents(text: str, policies: Sequence[StoredPolicy]) -> Iterator[_Mention]:
    """Documents called by a name of theirs or the end of one: 「三化意见」 for 「公共服务三化意见」."""
    names = {p.policy_id: [*names_of(p), p.title] for p in policies}
    for m in re.finditer(_KIND, text):
        begun = re.split(r"[,。;?!、《》和跟与同按]", text[: m.start()])[-1]
        for size in range(min(14, len(begun)), 1, -1):
            tail = begun[-size:] + m.group()
            if tail[0] in "的了这那":
                continue
            own = {i for i, known in names.items() if any(tail in name for name in known)}
            if not own:
                continue
            before = begun[: len(begun) - size]
            own = _narrowed(own, before, policies)
            if len(own) <= 2:
                year = re.search(r"20\d\d年?的?$", before)
                start = m.start() - size - (len(year.group()) if year else 0)
                yield _Mention(start, m.end(), frozenset(own))
            break
        else:
            yield from _nearly(begun, m, names, policies)


#: Words of many titles: alone they name no document.
_COMMON = re.compile(
    r"管理|实施|工作|行动|建设|申报|推进|指导|扶持|奖励|补助|补贴|优惠|专项|国家|省|市|区|那|这|[个份套项条]|的|\d+年?|文件|政策|相关|有关|具体|知识产权"
)


def _nearly(
    begun: str, kind: re.Match[str], names: dict[str, list[str]], policies: Sequence[StoredPolicy]
) -> Iterator[_Mention]:
    """A document called by most of its name in another order: 「盘活存量专利那个2024年通知」, 「普惠方案」."""
    for size in range(min(16, len(begun)), 1, -1):
        core = _COMMON.sub("", begun[-size:])
        pairs = [core[k : k + 2] for k in range(len(core) - 1)]
        if not pairs or begun[-size] != core[0] or core[0] == "年":
            continue
        own = {
            i
            for i, known in names.items()
            if any(kind.group() in n for n in known)
            and sum(any(p in n for n in known) for p in pairs) >= _CALLED * len(pairs)
        }
        if own := _narrowed(own, begun, policies) if own else own:
            if len(own) <= 2:
                year = re.search(r"20\d\d年?的?$", begun[:-size])
                start = kind.start() - size - (len(year.group()) if year else 0)
                yield _Mention(start, kind.end(), frozenset(own))
            return


def _narrowed(own: set[str], before: str, policies: Sequence[StoredPolicy]) -> set[str]:
    """Those of several with the year or region that is said in front: 「抚州到2035年的(行动方案)」."""
    for year in re.findall(r"20\d\d", before):
        fits = {
            p.policy_id
            for p in policies
            if p.policy_id in own and (year in p.title or (p.issued and str(p.issued.year) == year))
        }
        own = fits or own
    here = {p.policy_id for p in policies if any(name in before for name in _names_of_region(p))}
    return own & here or own


def _names_of_region(policy: StoredPolicy) -> list[str]:
    """The names of where a policy holds, its district too: 南京 and 江宁, 抚州, 江西."""
    if policy.region in ("全国", "未注明"):
        return []
    names = [re.sub(r"[省市区县]$", "", policy.region)]
    district = re.search(r"市([\u4e00-\u9fff]{2,4}?)(?:新区|区|县)", policy.region + policy.title)
    return [*names, district.group(1)] if district else names


def _places(text: str, policies: Sequence[StoredPolicy]) -> Iterator[_Mention]:
    names = sorted({name for policy in policies for name in _names_of_region(policy)})
    by_name = {n: frozenset(p.policy_id for p in policies if n in _names_of_region(p)) for n in names}
    for name, own in by_name.items():
        for m in re.finditer(rf"{name}[省市区县]?", text):
            yield _Mention(m.start(), m.end(), own)
    local = [p.region for p in policies if p.region not in ("全国", "未注明")]
    for place in find_places(text):
        if not any(holds_in(region, place) for region in local):  # a side the library has nothing of
            yield _Mention(text.index(place.name), text.index(place.name) + len(place.name), frozenset())
    for start, end, ids in levels(text, policies):
        if not any(text[:start].endswith(name) for name in by_name):
            yield _Mention(start, end, ids)


_PAIR = re.compile(
    r"([\u4e00-\u9fff\d]{2,14})(?:和|跟|与|同|、)([\u4e00-\u9fff\d、]{2,14}?),?(?:这?两[边个份家头]|双方|分别|各|都|哪)"
)
#: The share of its pairs of characters a name must have in common with what a policy is called.
_CALLED = 0.6


def _programmes(text: str, policies: Sequence[StoredPolicy]) -> list[_Mention]:
    """Two programmes that are called after their policies: 「国家强市和集聚示范区两边」."""
    m = _PAIR.search(text)
    if m is None:
        return []
    out = []
    for k in (1, 2):
        name = re.sub(r"(?:申报|评选|申请|认定)$", "", m.group(k))
        policy_id = _called(name, policies, everywhere=not find_places(text))
        if policy_id is None:
            return []
        out.append(_Mention(m.start(k), m.start(k) + len(name), frozenset({policy_id})))
    return out if out[0].policies != out[1].policies else []


def _called(name: str, policies: Sequence[StoredPolicy], *, everywhere: bool) -> str | None:
    """The one policy whose names have most of a name; a national one first where it says 国家 or no place is named."""
    name = re.sub(r"^[\u4e00-\u9fff]{2,3}[省市区]?的", "", name)
    pairs = [name[k : k + 2] for k in range(len(name) - 1)]
    scored = []
    for policy in policies:
        known = " ".join([policy.title, *names_of(policy)])
        share = sum(p in known for p in pairs) / (len(pairs) or 1)
        level = (everywhere or name.startswith(("国家", "全国"))) and policy.region == "全国"
        if share >= _CALLED:
            scored.append((level, share, policy.policy_id))
    scored.sort(reverse=True)
    if not scored or (len(scored) > 1 and scored[0][:2] == scored[1][:2]):
        return None
    return scored[0][2]


_JOINERS = re.compile(r"[、和跟与同及]+$")


def _asked_of(text: str, mentions: Sequence[_Mention]) -> list[Side]:
    """What is asked of each: the clause it stands in alone, and the words that belong to all."""
    own: dict[int, str] = {}
    common: list[str] = []
    for m in _CLAUSE.finditer(text):
        inside = [k for k, s in enumerate(mentions) if m.start() <= s.start < m.end()]
        if len(inside) == 1 and len(mentions) > 1:
            s = mentions[inside[0]]
            own[inside[0]] = (text[m.start() : s.start] + text[s.end : m.end()]).strip("的")
            continue
        words, at = "", m.start()
        for k in inside:
            words = _JOINERS.sub("", words + text[at : mentions[k].start])
            at = mentions[k].end
        common.append(words + text[at : m.end()])
    shared = " ".join(common)
    fullest = max(own.values(), key=lambda w: len(content_words(w)), default="")
    out = []
    for k, s in enumerate(mentions):
        words = own.get(k, "")
        asked = f"{shared} {words}".strip()
        few = len(content_words(words)) < len(content_words(fullest))
        # the second half says only what differs: 「江宁又定到多少」
        around = f"{asked} {fullest}" if few else asked
        out.append(Side(text[s.start : s.end].strip("的"), asked, around, s.policies))
    return out


def subjects_by_rule(question: Question, book: RuleBook) -> list[Side]:
    """What a message tells of, one after the other, and asks for together: each a rule of its own.

    「买了执行险,保费3万,又首次通过贯标,认证费1.5万,一共能拿多少」: what is told belongs to the rule whose words
    came last before it.
    """
    text = question.said
    if not _TOGETHER.search(text):
        return []
    *told, tail = _CLAUSE.findall(text) or [""]
    asked_alone = {rule.id for rule in triggered(book, tail)}
    groups: list[tuple[str | None, str]] = []
    for clause in told:
        rules = [r for r in triggered(book, f"{clause},{tail}") if r.id not in asked_alone]
        rule = next((r.id for r in rules if isinstance(r, AmountRule | EligibilityRule)), None)
        if groups and (rule is None or rule == groups[-1][0]):
            groups[-1] = (groups[-1][0], f"{groups[-1][1]},{clause}")
        else:
            groups.append((rule, clause))
    if len(groups) > 1 and groups[0][0] is None:
        groups[:2] = [(groups[1][0], f"{groups[0][1]},{groups[1][1]}")]
    if len({rule for rule, _ in groups}) < len(groups) or len(groups) < 2:
        return []
    if _share_a_member([r for r in book.rules if r.id in {rule for rule, _ in groups}], book):
        return []  # one award bars another: each alone would be granted
    return [
        Side(_short(_HEAD.sub("", words.split(",")[0])), f"{words},{tail}", f"{words},{tail}")
        for _, words in groups
    ]


def _share_a_member(rules: Sequence[Rule], book: RuleBook) -> bool:
    """Whether a condition of one rule names an honour another is for: 银奖, where there is no 省专利奖."""
    named = [
        {
            (c.fact, m)
            for c in conditions_of(rule)
            if isinstance(c, Member) and book.facts[c.fact].type == "choices"
            for m in c.any_of
        }
        for rule in rules
    ]
    return any(one & other for k, one in enumerate(named) for other in named[k + 1 :])


_TOGETHER = re.compile(
    r"一共|总共|合计|加起来|加一块|合起来|分别|各|两[样项笔个]|都能|又|还(?![清钱款完上了贷掉没])"
)


# -- subjects ----------------------------------------------------------------------------------------

_MARK = re.compile(
    r"分别|各自|各(?![项类种位级部地界方县区市单国自])|(?:这)?两[样块项边笔种头类件个](?!月|年|人|天|大|小)|都(?=怎么|咋|能补|能拿|各)"
    r"|相?差(?=多少|在|几)|有(?:什么|啥|哪些)(?:区别|不同|不一样|差别)|(?:一样|相同)(?:多|高|长|大)?(?=吗|不)|哪[个边样](?=[给发]?的?更?[多高长大厚]|更)|谁(?=[能可以给]{0,2}[贷借拿领得给]?[得到]?更?[多高长久])"
    r"|都?(?:分别|各自|挨个|逐个|一起)?(?:说说|讲讲|[说讲列](?:一下|一说|一讲|清楚)|[说讲列]下)(?=[吧呗。!?]|$)"
)
_JOIN = re.compile(r"(?:、|(?<=[\u4e00-\u9fff\w])(?:和|跟|与|以及|还有)(?=[\u4e00-\u9fff\w]))")
_LEADS = re.compile(r"^(?:和|跟|与|以及|还有|又|也|还|再|同时)")
_HEAD = re.compile(r"^(?:和|跟|与|以及|还有|又|也|还|再|同时|一[个份条项]是)")
_DOES = re.compile(
    r"(?:[都全想要也]{0,2})(?:(?:自己|个人|一个人)?(?:开|创办|办|注册)[\u4e00-\u9fff]{0,4}(?:公司|企业|店|厂)|单干|合伙|(?:自己|个人)?创业(?!园|板))"
)
_GIVEN = re.compile(r"(?:在[^在]{2,5})?(?:能|可以)?(?:奖励|奖|补助|补贴|资助|补|给|拿|得)(?:的|得)?$")
_TAIL = re.compile(r"(?:上|方面|这些|这[几两三四五][样项个种类]|这|那|时|的话)+$")


def _by_subject(text: str) -> list[Side]:
    """Two subjects of one question: 「退伍兵和大学毕业生各能贷多少」."""
    if m := _ONE_AND_ONE.search(text):
        rest = m["rest"].replace("都", "", 1)
        rest = f"{_MORE.sub('', rest[: w.start()])},能贷多少?" if (w := _WHO_MORE.search(rest)) else rest
        return [Side(_short(name), f"{name},{rest}", f"{name},{rest}") for name in (m["a"], m["b"])]
    return next((found for mark in _MARK.finditer(text) if (found := _before(text, mark))), [])


#: 「一个是退伍回来的,一个是刚毕业的大学生,谁能贷得多」.
_ONE_AND_ONE = re.compile(
    r"一[个家]是?(?P<a>[^,。;?!]{3,24})[,;](?:另)?(?:外)?一[个家]是?(?P<b>[^,。;?!]{3,24})[,;。](?P<rest>[^。;!]{4,40})"
)
_WHO_MORE = re.compile(r"谁\S{0,6}[多高]|哪[个边]\S{0,4}[多高]|[各分别都]{1,2}能?(?:贷|借)(?:到|得)?多少")


def _before(text: str, mark: re.Match[str]) -> list[Side]:
    """The subjects named last before a word that sets things side by side."""
    begun = max(text.rfind(c, 0, mark.start()) for c in "。;?!") + 1
    start, pieces, end = _listed(text[begun : mark.start()])
    if len(pieces) < 2:
        return []
    if mark.group().removeprefix("这").startswith("两") and _SENT_TO.search(text[begun : mark.start()]):
        return []  # 「分送国家局和省局两边」 sets nothing side by side
    head, tail = text[: begun + start], f"{text[begun + end : mark.start()]} {text[mark.end() :]}"
    if _RECEIVES.search(head):
        return []
    # 「示范区和试验区的申报条件」: what follows the last belongs to all, unless the first has its own
    last, of, what = pieces[-1].rpartition("的")
    if of and "的" not in pieces[0] and len(last) >= 2:
        pieces[-1], tail = last, f"{what} {tail}"
    # 「网点和站点在市里奖的一样多吗」: what is given, and where, is no part of the last one's name
    if given := _GIVEN.search(pieces[-1]):
        pieces[-1], tail = pieces[-1][: given.start()], f"{given.group()} {tail}"
    # 「退伍兵和毕业生开小微企业谁贷得多」: what both do is no part of the last one's name
    if (does := _DOES.search(pieces[-1])) and does.start() >= 2 and not _DOES.search(pieces[0]):
        pieces[-1], tail = pieces[-1][: does.start()], f"{pieces[-1][does.start() :]} {tail}"
    names = [_TAIL.sub("", _HEAD.sub("", piece)).strip().removesuffix("的") for piece in pieces]
    if any(len(name) < 2 and name != "税" for name in names) or len(set(names)) < len(names):
        return []
    if _WHICH.search(text[mark.start() :]) and "多少" not in tail:
        tail = f"{_MORE.sub('', tail.rstrip('吗呢? '))}多少?"  # each side alone asks how much
    tail = re.sub(r"[ ,]*([ ,])[ ,]*", r"\1", tail)
    asked = [f"{_of_party(head, name, names)}{name},{tail.strip(', ')}" for name in names]
    return [Side(_short(name), words, words) for name, words in zip(names, asked, strict=True)]


#: Two offices that something is handed to.
_SENT_TO = re.compile(
    r"(?:送|寄|交|递|抄|报)(?:给|到|往|至|向|上|了)*[\u4e00-\u9fff]{1,10}(?:局|厅|委|部|办|政府|部门|处)"
    r"(?:和|跟|与|、)[\u4e00-\u9fff]{1,10}(?:局|厅|委|部|办|政府|部门|处)$"
)
_PARTY = re.compile(r"县|厂|公司|企业|个人|学校|园区|村")


def _of_party(head: str, name: str, names: Sequence[str]) -> str:
    """What is told before a list, for one of two parties without what is told of the other: 「我县…,我们厂…」."""
    parties = [p.group() if (p := _PARTY.search(n)) else "" for n in names]
    if not all(parties) or len(set(parties)) < len(parties):
        return head
    others = set(parties) - {parties[list(names).index(name)]}
    told = re.findall(r"[^,。;]+[,。;]?", head)
    return "".join(t for t in told if not ((p := _PARTY.search(t)) and p.group() in others))


def _listed(before: str) -> tuple[int, list[str], int]:
    """The things named last before 「各」 or 「两样」: where the list begins, its members whole, where it ends."""
    clauses = [(m.start(), m.group()) for m in re.finditer(r"[^,]+", before)]
    for k in range(len(clauses) - 1, max(-1, len(clauses) - 3), -1):
        at, clause = clauses[k]
        end = at + len(clause)
        if k and _LEADS.match(clause):
            return clauses[k - 1][0], [clauses[k - 1][1], clause], end
        pieces = [p for p in _JOIN.split(clause) if p]
        if len(pieces) > 1:
            first = _without_head(pieces[0], pieces[1])
            return at + len(pieces[0]) - len(first), [first, *pieces[1:]], end
    return 0, [], 0


def _without_head(first: str, second: str) -> str:
    """The first of a list without the words before it that belong to all: 「企业申请专利和商标」."""
    led = re.search(r"(?:在|对|给|按|从|拿|靠)(?!于)([^在对给按从拿靠]{2,})$", first)
    if led and "的" not in led.group(1):
        return led.group(1)
    if told := re.search(r"(?:提到|规定|说到?|写到?|讲到?|里|中)的([^的]{2,})$", first):
        return told.group(1)
    if "的" in first or second.isascii():
        return first
    words = cut(first)
    kept = ""
    while words and len(kept) < len(second):
        kept = words.pop() + kept
    return kept


def _short(name: str) -> str:
    """What a subject is called in an answer: its last words, without figures in brackets."""
    bare = re.sub(r"\([^()]*\)", "", name)
    tail = bare.rsplit("的", 1)[-1]
    return (tail if len(tail) >= 2 else bare)[-14:]


_COUNTED = re.compile(r"(?:几|多少)([件家个条项人次户种台处所座名]?)")
#: 「哪个高」, 「一样多吗」: asks for a figure of each without naming its kind.
_WHICH = re.compile(
    r"谁[能可以给]{0,2}[贷借拿领得给]?[得到]?更?[多高]|哪[边个样]?[给发]?的?更?[高低多少大厚]|一样[多高大]|相?差[多几]"
)
_MORE = re.compile(
    r"[ ,]*(?:[给发能可以]{0,2}[贷借拿领得]?[得到]?的?)?更?[高低多少长短大厚久](?:[, ]*相?差(?:多少|几\S{0,2}))?$"
)
_HOW_LONG = re.compile(
    r"都是?[\d一二两三四五六七八九十]+个?(?:年|月|天|日|工作日)(?=吗)"
    r"|(?:几|多少)个?(?:年|月|天|日|工作日)(?!份|底)|多久|多长时间"
)
_LENGTH = re.compile(r"[\d一二两三四五六七八九十]+个?(?:年|月|天|日|工作日)")
_ANY_FIGURE = r"\d+(?:\.\d+)?(?:[件家个条项人次户种台处所座名元%倍]|[万亿](?:美?元|件|家|人)?)"


def alone(question: Question, side: Side) -> Question:
    """The question of one side; 「各定了几件」 asks for a number of 件."""
    own = question.only(side.asked)
    if _HOW_LONG.search(question.said):
        return replace(own, figure=_LENGTH, intents=own.intents - {Intent.COMPARE})
    counted = _COUNTED.search(question.said) or _WHICH.search(question.said)
    unit = counted.group(1) if counted and counted.re is _COUNTED else ""
    count = re.compile(rf"\d+(?:\.\d+)?{unit}" if unit else _ANY_FIGURE) if counted else None
    asks = own.figure or question.figure or count
    return replace(own, figure=asks, intents=own.intents - {Intent.COMPARE})
