"""Answers that quote: the clauses that cover the question, or an honest word that none does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ceyin.assistant.citing import Citations, cite_as, desk
from ceyin.assistant.compose.aims import add_other_aims, asks_two_aims
from ceyin.assistant.compose.aspects import aspects_of, broad, lacking, with_most
from ceyin.assistant.compose.draft import Draft, Material
from ceyin.assistant.compose.listing import listing
from ceyin.assistant.compose.plain import plain_words, says_enough
from ceyin.assistant.compose.quoting import NEAR, add_quote, kind_wanted, of_kind, quote, stem_of
from ceyin.assistant.compose.refusing import torn
from ceyin.assistant.compose.standing import tell_validity
from ceyin.assistant.compose.used import ASKS_MEANING, UNEXPLAINED
from ceyin.assistant.defining import definition_wanted
from ceyin.assistant.evidence import Evidence, is_general
from ceyin.assistant.interest import asks_interest, tells_interest
from ceyin.assistant.understanding.intents import ASKING, Intent, heading_wanted
from ceyin.corpus.model import Damage, DamageKind
from ceyin.indexes.tokens import content_words, is_term

#: The share of the question's rare words a clause must cover to answer it.
MIN_COVERAGE = 0.34
#: How many times the threshold the score must be for a clause that shares few words with the question.
_SURE = 1.1
#: A term of the field this rare (idf) is what a question is about; a clause without it does not answer.
RARE = 2.5


#: The share of the question and of the threshold that suffice on a card.
_WHOLE, _HALF = 0.85, 0.5
#: The share of the question and the cosine that suffice anywhere, with half the threshold.
_ALL, _CLOSE = 0.97, 0.65
#: A clause that gives money must cover so much of the question as the one that covers most.
_AS_MUCH = 0.6
#: Asked whether money is given; what a clause that gives or spares some has.
_ASKS_AWARD = re.compile(
    r"(?:给|能|可以|有|还)(?:报销?|补贴?|奖励?|贴|资助|补助)(?:点|些|一部分|多少|几)*(?:钱)?(?:不|吗|么|没有?|啵|[?]|$)"
    r"|(?:给报|补|奖)不(?:给报|补|奖)|(?:补贴|奖励|资助|补助|报销)(?:吗|么|不[?]?$|有没有)|有没有(?:补贴|奖励|资助|补助|报销)"
)
_AWARDS = re.compile(r"补贴|补助|奖|资助|贴息|报销|减免|免[收征除费]|减[征收免]|[万千百\d]元|贷款|补偿")
#: Asked for a day; what a clause that names one has.
_ASKS_DAY = re.compile(r"几月|几[号日](?!文)|哪[一]?天|何日|截止|最[晚迟](?:到|什么|哪|几|要|能)")
_DAY = re.compile(r"\d+(?:个?月|日|年|天|个工作日)|季度|[月年]底|之日")


def covers(item: Evidence) -> bool:
    """Whether a clause of the policy the question points to covers it at all."""
    has_figure = any(s.figure for s in item.sentences)
    return item.coverage >= MIN_COVERAGE and (has_figure or not item.asks_figure)


def answers(material: Material, item: Evidence) -> bool:
    """Whether a clause covers the question well enough to answer it."""
    if item.policy.stub or item.clause.ref.path[0] in ("题头", "落款", "通知"):
        return False  # dates and names there are the policy's own, not what it rules
    if not material.held() and not _whole_on_card(material, item) and not _says_it_all(material, item):
        return False
    if item.coverage < MIN_COVERAGE and not _in_other_words(material, item):
        return False
    if item.clause.damaged and torn(item) and item.asks_figure and not _named_beside_figure(material, item):
        return False  # 「奖励30万元」 whose award is lost belongs to nobody
    if _ASKS_AWARD.search(material.question.said) and not _AWARDS.search(item.best.cut(item.clause.text)):
        return False
    if asks_interest(material.question.said) and not tells_interest(item.clause.text):
        return False
    if _ASKS_DAY.search(material.question.said) and not _names_day(material, item):
        return False
    has_figure = any(s.figure for s in item.sentences)
    if item.asks_figure:
        return has_figure and keys_present(material, item) and _same_level(material, item)
    return keys_present(material, item)


def _whole_on_card(material: Material, item: Evidence) -> bool:
    """Whether a digest of ours, shorter than its clause, has nearly every rare word of the question: half will do."""
    return item.clause.text_kind == "card" and item.coverage >= _WHOLE and material.held(_HALF)


def _says_it_all(material: Material, item: Evidence) -> bool:
    """Whether a clause has every rare word of the question and is as near to it as hardly another matter is."""
    return item.coverage >= _ALL and item.near >= _CLOSE and material.held(_HALF)


def _names_day(material: Material, item: Evidence) -> bool:
    """Whether a clause names a day, and is of a policy named or meant by place where there are any."""
    focus = material.scope.focus
    return bool(_DAY.search(item.clause.text)) and (not focus or item.policy.policy_id in focus)


def _in_other_words(material: Material, item: Evidence) -> bool:
    """Whether a clause that shares few words with the question answers it: the best one, where the score is sure."""
    return any(part and item is part[0] for part in material.parts) and material.held(_SURE)


def keys_present(material: Material, item: Evidence) -> bool:
    """Whether every term of the field that the question is about stands in the clause or what it is about."""
    # of an English question a word may be put into Chinese in another way than the texts have it
    translated = material.question.english and _in_other_words(material, item)
    said = material.question.said
    lacking = [w for w in item.missing if is_term(w) and material.idf(w) >= RARE]
    if lacking and item.policy.policy_id in material.question.policies:
        lacking = [w for w in lacking if not _of_oneself(w, said)]
    if not translated and any(not _kind_of_thing(w, said) for w in lacking):
        return False
    # 「到2025年」 is not answered by what is planned for 2035
    years = _BY_YEAR.findall(material.question.said)
    planned = _BY_YEAR.findall(item.clause.text)
    return not years or not planned or any(year in planned for year in years)


def _of_oneself(word: str, said: str) -> bool:
    """Whether a word stands only where one tells of oneself, with nothing asked: 「我带几个大学生创业,」."""
    pieces = [p for p in _PIECE.findall(said) if word in p]
    return bool(pieces) and all(_SELF.search(p) and not ASKING.search(_COUNT_OF.sub("", p)) for p in pieces)


def _kind_of_thing(word: str, said: str) -> bool:
    """Whether a word only says what kind of thing is asked for, which a text names one by one: 「哪些比率」."""
    return bool(_GENERAL.fullmatch(word)) and bool(
        re.search(rf"(?:哪[些几]|什么|啥|一)[个项种类]*{word}", said)
    )


_PIECE = re.compile(r"[^,。;?!]+[,。;?!]?")
_SELF = re.compile(r"^(?:我|俺|咱)(?!们?(?:市|省|县|区|国))")
_COUNT_OF = re.compile(r"几(?=[个名位家件])")
#: Words for a kind of thing that no text needs to have.
_GENERAL = re.compile(r"比率|比例|指标|数据|名目|参数|数值|说法|称呼|叫法|口号")

#: 国家级, 省级示范企业, 国家知识产权优势企业: which level of an honour is meant.
_LEVEL = re.compile(r"(国家|江西省|省|抚州市|市)(?:级|知识产权(?:示范|优势))")


def _same_level(material: Material, item: Evidence) -> bool:
    """Whether a figure of the level asked about stands there: three years of a city's honour are not the nation's."""
    asked = {m[-1] for m in _LEVEL.findall(material.question.said)}
    if not asked:
        return True
    stated = [{m[-1] for m in _LEVEL.findall(s.cut(item.clause.text))} for s in item.sentences if s.figure]
    return any(not levels or levels & asked for levels in stated)


def _answering(material: Material, part: Sequence[Evidence]) -> list[Evidence]:
    """The clauses that answer a question; an award for something else is none for what is asked about."""
    if of_another_level(material, part):
        return []
    kept = [e for e in part if answers(material, e)]
    if _ASKS_AWARD.search(material.question.said):
        most = max((e.coverage for e in part[:3]), default=0.0)
        kept = [e for e in kept if e.coverage >= _AS_MUCH * most]
    return kept


def of_another_level(material: Material, part: Sequence[Evidence]) -> bool:
    """Whether the clause a question is about gives the figure of another level alone: no other clause stands in for it."""
    first = next(iter(part), None)
    if first is None or not first.asks_figure or first.coverage < _WHOLE:
        return False
    return any(s.figure for s in first.sentences) and not _same_level(material, first)


def _named_beside_figure(material: Material, item: Evidence) -> bool:
    """Whether a sentence with a figure also names what the question is about."""
    asked = [w for w in content_words(material.question.said) if is_term(w) and material.idf(w) >= RARE]
    return bool(asked) and any(
        s.figure and all(w in s.cut(item.clause.text) for w in asked) for s in item.sentences
    )


def extract(material: Material) -> Draft | None:
    """Quote what answers; None where nothing does."""
    question = material.question
    if draft := listing(material):
        return draft
    found: list[list[Evidence]] = []
    for one, part in zip(_each(material), material.parts, strict=True):
        kept = _headed(one, part) + _answering(one, part)
        kept = with_most(aspects_of(one.question.said), kept, part)
        years = _BY_YEAR.findall(one.question.said) if found else []  # in the first it may be a policy's name
        kept = [e for e in kept if any(f"到{y}年" in e.clause.text for y in years)] or kept
        if found and _WITHIN.search(one.question.said):
            shown = found[-1][0]
            kept = [e for e in part if e.clause.ref == shown.clause.ref][:1] or [shown]
        if kept:
            found.append(kept)
    if not found:
        return None
    draft = Draft(Citations(question.as_of))
    first = found[0][0]
    if first.clause.ref.path == ("附件",) and not _ASKS_ATTACHMENTS.search(question.said):
        return _only_listed(draft, first)
    over = tell_validity(draft, material, first.policy)
    whole = question.wants(Intent.WHO)
    counts = bool(_ASKS_LIST.search(question.said)) and not question.wants(Intent.WHO)
    damaged = list_damage(first) if counts else []
    chosen: list[Evidence] = []
    for group in found:
        taken = {e.clause.ref for e in chosen}
        fresh = next(
            (e for e in group[:3] if e.clause.ref not in taken and e.score >= 0.85 * group[0].score), group[0]
        )
        if (
            fresh.clause.ref in taken
        ):  # one clause for two questions: the next one of the first may be meant there
            earlier = next(g for g in found if g[0].clause.ref == fresh.clause.ref)
            chosen += [e for e in earlier[1:2] if e.score >= _SHARED * earlier[0].score][: 3 - len(chosen)]
        chosen.append(fresh)
    aspects, both_aims = aspects_of(question.said), asks_two_aims(question.said)
    if len(found) == 1 and aspects:
        chosen += lacking(aspects, found[0])
    elif len(found) == 1 and not both_aims:
        chosen += _others(material, found[0])
    else:  # of several questions each gets its one clause, and the next one where it is as near
        chosen += [e for group in found for e in group[1:2] if e.score >= _AS_NEAR * group[0].score]
    lead = len(found)
    most = 5 if question.wants(Intent.PROCEDURE, Intent.MATERIALS) else 3
    most = _MOST_OF_CLAUSE if broad(question.said) or aspects else most
    for k, item in enumerate(chosen):
        if any(item.clause.ref == earlier.clause.ref for earlier in chosen[:k]):
            continue
        same = [e for e in chosen[k:] if e.clause.ref == item.clause.ref]
        stem = stem_of(draft, item) if k == 0 and _ASKS_USE.search(question.said) else ""
        add_quote(
            draft,
            *same,
            lead=f"{cite_as(item.policy, item.clause.ref.path)}:{stem}",
            limit=(most if k < lead else 2),
            whole=whole,
            kind=kind_wanted(question.said, lasting=question.wants(Intent.DURATION)),
            aspects=aspects if k == 0 else (),
            least=0.0 if k == 0 and broad(question.said) else NEAR,
        )
    if both_aims:
        add_other_aims(draft, first)
    meaning = definition_wanted(question.said) if ASKS_MEANING.search(question.said) else None
    if meaning and _only_used(question.said, [c.text for _, c, _ in draft.cites.items], meaning):
        if _COUNTED.search(question.said):
            draft.status, draft.refusal = "refused", "not_in_corpus"
            draft.say("conclusion", "未收录:文件用了这个说法,没有写明它的意思。", first=True)
        else:
            draft.say("conclusion", UNEXPLAINED, first=True)
    elif len(found) == 1 and not (damaged or over):
        _plainly(draft, material, chosen[0])
    if damaged:
        draft.status = "source_incomplete"
        draft.say(
            "unsaid",
            "原文此处残缺:" + ";".join(d.note for d in damaged) + "。以上只是现存的内容,完整内容请查看原件。",
        )
    elif broken := _broken_off(material, first):
        draft.status = "source_incomplete"
        draft.say("unsaid", f"原文此处残缺:{broken},看不到完整的内容,请查看原件。")
    elif first.clause.damage_kind is DamageKind.EMPTY:
        draft.status = "source_incomplete"
        draft.say("unsaid", "原文此处只剩编号或标题,正文缺失,完整内容请查看原件。")
    elif first.clause.damaged:
        draft.warnings.append(f"{cite_as(first.policy, first.clause.ref.path)}有残缺:{first.clause.damage}。")
    if len(found) < len(material.parts):
        draft.warnings.append("有一部分问题,政策库里的文件没有写明。")
    return draft


def _each(material: Material) -> list[Material]:
    """The material of each single question: what it asks for is no matter of the others."""
    parts = material.question.parts
    if len(parts) != len(material.parts) or len(parts) < 2:
        return [material for _ in material.parts]
    return [replace(material, question=material.question.only(part)) for part in parts]


#: Where the best clause of a question is that of another, too, its second best may stand so much behind.
_SHARED = 0.7
#: Asked what money may be spent on.
_ASKS_USE = re.compile(
    r"(?:花|用|投)(?:在|到|来|于|去)|拿[去来]|(?:能|可以|可不可以).{0,8}(?:开支|列支|支出|报销)"
)
#: Asks about what the clause shown for the question before has: 「其中哪一份不是我们写的」.
_WITHIN = re.compile(r"^(?:这?其中|这?里[面头边]|双方|它)")


def _headed(material: Material, part: Sequence[Evidence]) -> list[Evidence]:
    """The clause of the same policy whose heading names what is asked for: 申报材料, not 申报主体."""
    wanted = heading_wanted(material.question.said)
    if not part or wanted is None or not material.question.wants(Intent.MATERIALS, Intent.PROCEDURE):
        return []
    top = part[0]
    if wanted.search(top.clause.heading) or not answers(material, top):
        return []
    named = [e for e in part if e.policy is top.policy and wanted.search(e.clause.heading)]
    near = [e for e in named if e.score >= _NAMED * top.score and not e.clause.damaged]
    return near if len(near) == 1 else []


#: A clause whose heading names what is asked for may come so much behind the best one.
_NAMED = 0.55
#: So many sentences of a clause are quoted where any help or several things are asked for.
_MOST_OF_CLAUSE = 6
#: Of several questions, one is answered by two clauses only where they are as near as this.
_AS_NEAR = 0.97


#: What a sentence that is whole ends with.
_ENDED = re.compile(r"[。;:!?)”』」]$")
#: 「2+6+N」, 「5+4+5」: a handy name for a count of things.
_COUNTED = re.compile(r"\d+\+\d+(?:\+[\dA-Za-z])*")


def _only_used(said: str, texts: Sequence[str], meaning: re.Pattern[str]) -> bool:
    """Whether the clauses use the word asked about and none says what it means; of a count they may list the things."""
    if any(meaning.search(text) for text in texts):
        return False
    counted = _COUNTED.search(said)
    return counted is None or any(counted.group() in text for text in texts)


_CONSEQUENCE = re.compile(
    r"处罚|惩罚|后果|(?:怎么|如何|咋|怎样|什么|啥)(?:个)?(?:处理|处置|处分|发落|收场|罚)|怎么办|会怎样|会咋|会怎么|下场|追究|什么责任"
)


def _broken_off(material: Material, item: Evidence) -> str | None:
    """What is lost of the words that answer: the end of the sentence, or what the items of a list lead to."""
    clause, said = item.clause, material.question.said
    items_asked = material.question.wants(Intent.LIST, Intent.WHICH, Intent.SAYS) or _ASKS_LIST.search(said)
    at_the_end = item.best.end >= len(clause.text) - 1 or (clause.text.endswith(":") and items_asked)
    if clause.damage_kind is DamageKind.CUT_END and at_the_end:
        return clause.damage
    last = re.split(r"[,。;:]", clause.text)[-1]
    if clause.damaged and any(word in last for word in item.best.words) and not _ENDED.search(clause.text):
        return "这句话没有写完"
    stem = clause.ref.path[:-1]
    orphan = bool(stem) and stem[-1].startswith("?") and all(c.ref.path != stem for c in item.policy.clauses)
    if orphan and _CONSEQUENCE.search(said) and not _CONSEQUENCE.search(clause.text):
        return "这一项所属的总述缺失,会怎样处理没有了"
    return None


def _plainly(draft: Draft, material: Material, item: Evidence) -> None:
    """Say the answer in plain words in front of its quotation."""
    n = draft.cites.number_of(item.clause.ref)
    words = plain_words(item, draft.blocks[0].text, material.question, material.idf)
    if n is not None and words:
        draft.say("conclusion", f"{words}[{n}]。", first=True)
    elif n is not None and len(draft.blocks[0].text) > _LONG and (said := _sentence(material, item)):
        draft.say("conclusion", f"{said}[{n}]。", first=True)


#: A quotation this long is led by the sentence that answers: one no longer than that, with so much of what is asked.
_LONG, _READABLE, _MOST_OF_IT = 150, 110, 0.6
_NOT_ALONE = re.compile(
    r"^(?:其中|另|同时|并|但|也|还|又|再|此外|都|均|才|就|届时|前款|上述|该|其|对此|否则)|[::]$"
)


def _sentence(material: Material, item: Evidence) -> str | None:
    """The one sentence of a clause that answers, in its own words; None where it takes more than one."""
    question, text = material.question, item.clause.text
    if question.wants(Intent.LIST, Intent.MATERIALS, Intent.PROCEDURE, Intent.WHO, Intent.COMPARE):
        return None
    best = item.best
    kind = kind_wanted(question.said, lasting=question.wants(Intent.DURATION))
    if kind is not None:
        best_of_kind = of_kind(item, kind)
        if best_of_kind is None:
            return None
        best = best_of_kind
    everything = frozenset[str]().union(*(s.words for s in item.sentences))
    held = sum(material.idf(w) for w in best.words)
    if held < _MOST_OF_IT * sum(material.idf(w) for w in everything) or (
        item.asks_figure and not best.figure
    ):
        return None
    words = quote(best.cut(text)).rstrip("。;,")
    if kind is None and not says_enough(words, question.said, material.idf):
        return None
    return words if len(words) <= _READABLE and not _NOT_ALONE.search(words) else None


_BY_YEAR = re.compile(r"到(20\d\d)年")
#: A question after the whole of a list: what is missing from it then matters.
_ASKS_LIST = re.compile(
    r"哪些|几[样种条项个份]|都有|都叫|包括|(?:什么|啥)(?:材料|条件|资料|情形|情况)|多少[样种条项个份]"
)
_ASKS_ATTACHMENTS = re.compile(r"附件.{0,8}(?:几|哪|什么|叫|名称|多少个)|(?:几|哪些).{0,4}附件")


def _only_listed(draft: Draft, item: Evidence) -> Draft:
    """An attachment that is named but not there."""
    draft.status, draft.refusal = "refused", "annex_not_in_corpus"
    n = draft.cites.cite(item.policy, item.clause, [(0, len(item.clause.text))])
    draft.say("conclusion", f"未收录:这项内容在附件里,文件只列了附件名称[{n}],附件正文没有收录。")
    draft.say("next", f"请向{desk(item.policy)}查询附件。")
    return draft


def _others(material: Material, found: list[Evidence]) -> list[Evidence]:
    """Further clauses worth citing: close in score, and one of each policy for a comparison."""
    first = found[0]
    out: list[Evidence] = []
    compare = material.question.wants(Intent.COMPARE)
    if compare:
        seen = {first.policy.policy_id}
        for item in found[1:]:
            named = not material.scope.focus or len(material.parts) == 1
            near_enough = item.score >= 0.6 * first.score and item.coverage >= 0.75 * first.coverage
            if named and item.policy.policy_id not in seen and near_enough:
                out.append(item)
                seen.add(item.policy.policy_id)
    near = 0.75 if compare else 0.85
    at_home = set(material.scope.focus)
    for item in found[1:]:
        stranger = (
            bool(at_home) and first.policy.policy_id in at_home and item.policy.policy_id not in at_home
        )
        frame = is_general(item.clause) and not is_general(first.clause)
        if item not in out and not stranger and not frame and item.score >= near * first.score:
            out.append(item)
    siblings = [] if _alone(first) else _siblings(material, first)
    return [*siblings, *(o for o in out if o not in siblings)][: 4 if compare or siblings else 2]


#: A clause with a figure that covers so much of a question after figures needs no neighbour.
_ALONE = 0.8


def _alone(item: Evidence) -> bool:
    return item.asks_figure and item.coverage >= _ALONE and any(s.figure for s in item.sentences)


def _siblings(material: Material, first: Evidence) -> list[Evidence]:
    """The items of the list a stem or an item belongs to, when the question asks for the list."""
    path = first.clause.ref.path
    if first.clause.text.endswith(":"):
        return [e for e in material.evidence if e.policy is first.policy and e.clause.ref.path[:-1] == path]
    if not material.question.wants(Intent.LIST, Intent.MATERIALS, Intent.PROCEDURE):
        return []
    stem = path if first.clause.text.endswith((":", "。")) and _has_items(first) else path[:-1]
    if not stem:
        return []
    same = [
        e
        for e in material.evidence
        if e.policy.policy_id == first.policy.policy_id
        and e.clause.ref != first.clause.ref
        and (e.clause.ref.path[:-1] == stem or e.clause.ref.path == stem)
    ]
    return sorted(same, key=lambda e: e.clause.ordinal) if any(len(e.clause.text) < 120 for e in same) else []


def _has_items(item: Evidence) -> bool:
    path = item.clause.ref.path
    return any(c.ref.path[:-1] == path for c in item.policy.clauses)


def list_damage(item: Evidence) -> list[Damage]:
    """Gaps of the list a clause stands in: between its own beginning and the next clause outside it."""
    path = item.clause.ref.path
    stem = path if _has_items(item) else path[:-1]
    if not stem:
        return []
    inside = [c for c in item.policy.clauses if c.ref.path[: len(stem)] == stem and c.span is not None]
    if not inside:
        return []
    start = min(c.span.start for c in inside if c.span)
    end = max(c.span.end for c in inside if c.span)
    return [d for d in item.policy.damages if d.kind is DamageKind.GAP and start <= d.span.start < end]


#: What bounds a figure is part of it: 20个左右, 不超过2万元.
_BOUND = r"(?:最高不超过|不超过|最高|不少于|不低于|超过|约|左右|以上|以下|以内)?"
