"""For what and from when a figure holds, as a few words cut out of its sentence: titles and names of facts."""

from __future__ import annotations

import re

from ceyin.assistant.drafting.finding import Found
from ceyin.assistant.rules.figures import figures_in

LONGEST = 20  # characters of a name
_LABEL = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]+[条款项]"
    r"|[(]?[一二三四五六七八九十\d]+[)、.]|其中|[—·*#\s])+"
)
_JOINT = re.compile(
    r"^(?:且|并|或者?|最长|最高|最多|是指|之后|及|和|对于?|其中|同时|凡|如|若|按照?|由|以|在|将|为|应当?|须"
    r"|需|可以?|符合|属于|的|、|,)+"
)
_TAIL = re.compile(
    r"(?:但|在?此后|不得|不能|应当?|须|需|要|可|能|原则上|累计|合计|一次性|给予"
    r"|按照?|为|在|至|到|达到?|满|年满|超过|不超过|不低于|不高于|不少于|不满"
    r"|未满|低于"
    r"|高于|少于|多于|大于|小于|控制|最高|最低|最长|最多|至少|不|提高|提升|上浮"
    r"|下浮|调整|统一|分别|是|的|于|[(::、,])+$"
)
_VERB = re.compile(
    r"^(?:力争|争取|拥有|具有|具备|持有|取得|提供|已|有|获得|累计|连续|实现|完成"
    r"|建成|建设|培育|打造|组建|引进|新增|推出|支持|设立|保持)+"
)
_EVENT = re.compile(r"(?:自|从)?([^,。;自从]{2,16}?)(?:之日|当日|日)?(?:起|后)(?:的)?(?:◆|,)?$")
#: 5件以上有效发明专利, 8个联盟, 20%的企业: the noun behind the figure.
_BEHIND = re.compile(r"^(?:[(][^()]*[)])?(?:(?:及|或)?以[上下内]|左右|余)?(?:的)?([一-鿿]{2,16})")


#: Words that name the giving, not what is given for: the part before says that.
_GENERIC = re.compile(
    r"(?:一次)?(?:当年)?(?:一次性)?(?:给予|申请|奖励|补贴|补助|资助|贷款|每年"
    r"|每家|每户|每人|每月|期|最高)*"
)
_FIELD_TAIL = re.compile(r"等(?:重点)?(?:领域|方面)?$")


def title_of(text: str, found: Found, heading: str = "") -> str:
    """A short title by the kind of candidate: what is to be done by a deadline, else what the figure measures."""
    if found.kind == "validity":
        return "文件的施行与有效期"
    name = (_act_of(text, found) if found.kind == "deadline" else "") or noun_of(text, found)
    return name or _last_line(heading) or "文中的数字"


def noun_of(text: str, found: Found) -> str:
    """What the figure measures: the noun behind it, or what stands before the comparison; may be empty."""
    before = text[found.words[0] : found.start]
    if figures_in(before):  # 拥有5件以上专利、1件以上商标: what belongs to the figure before it is not ours
        before = re.split(r"[、/或和及且至~—-]", before)[-1]
    before = _FIELD_TAIL.sub("", _clean(before)) if not _FIELD_TAIL.search(_clean(before)) else ""
    bare = _VERB.sub("", before)
    if len(bare) >= 2 or not before:
        before = bare
    if len(before) < 2 or _VERB.fullmatch(before):
        behind = _BEHIND.match(text[found.end : found.sentence[1]])
        if behind and found.figure.kind in ("number", "rate"):
            return _cut(behind.group(1))
    if len(before) >= 2 and not _GENERIC.fullmatch(before):
        return _cut(before)
    earlier = _clean(text[found.sentence[0] : found.words[0]].rstrip(",:").rsplit(",", 1)[-1])
    return _cut(_cut(earlier) + before if len(earlier) + len(before) > LONGEST else earlier + before)


def event_of(text: str, found: Found) -> str:
    """From which event a period runs (自批准之日起 → 批准), empty where the sentence names none."""
    part = text[found.words[0] : found.start]
    if re.search(r"[此其]后$", part):  # 未通过验收的,在此后三年内: what stands before the comma
        return _cut(_clean(text[slice(*found.sentence)].split(",", 1)[0]).split("的", 1)[0])
    for stretch in (part, text[found.sentence[0] : found.start]):
        m = _EVENT.search(stretch.rstrip(",在"))
        if m:
            return _cut(_JOINT.sub("", _LABEL.sub("", m.group(1))))
    m = re.match(r"[^,。;]{0,2},自([^,。;]{2,16}?)(?:之日|日)?起", text[found.end : found.sentence[1]])
    return _cut(m.group(1)) if m else ""


def due_event(text: str, found: Found) -> str:
    """Which end a period counts back from (到期前1个月 → 到期), empty where there is none."""
    m = re.search(r"([一-鿿]{2,12}?)(?:之?前|届满前)(?:的)?$", text[found.words[0] : found.start])
    return _cut(_JOINT.sub("", _LABEL.sub("", m.group(1)))) if m else ""


def _act_of(text: str, found: Found) -> str:
    """What is to be done by the time named: the words behind it, up to the comma or in the next part."""
    after = re.sub(
        r"^(?:[(][^()]*[)])?(?:之?内|以内|以?前|之前|底前|止)?,?", "", text[found.end : found.sentence[1]]
    )
    act = re.split(r"[,。;:(]", after, maxsplit=1)[0]
    return act[:LONGEST] if len(act) >= 3 and not figures_in(act) else ""


def _clean(words: str) -> str:
    words = re.sub(r"[(][^()]*[)]?", "", words)
    previous = None
    while words != previous:
        previous = words
        words = _TAIL.sub("", _JOINT.sub("", _LABEL.sub("", words.strip())))
    return re.sub(r"[\s“”\"|]", "", words)


def _cut(words: str) -> str:
    """The end of a long stretch, begun at a joint where one is near: names are read from their head noun."""
    if len(words) <= LONGEST:
        return words
    pieces = re.split(r"[的、或和及]", words)
    out = pieces[-1]
    for piece in reversed(pieces[:-1]):
        if len(out) >= 4:
            break
        out = piece + out
    return out[-LONGEST:]


def _last_line(heading: str) -> str:
    lines = [line.strip() for line in heading.splitlines() if line.strip()]
    return lines[-1][:LONGEST] if lines else ""
