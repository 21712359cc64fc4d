"""Who signed a policy and when: names side by side, glued or one per line, the person who signs an order."""

from __future__ import annotations

import re
from datetime import date

from ceyin.corpus.dates import ANY_DATE, DATE, day_of
from ceyin.corpus.normalise import normalise
from ceyin.corpus.titles import TITLE_LINE

_SIGNER_END = (
    "局|厅|部|委|政府|办公室|办公厅|委员会|院|(?<!社)(?<!机)(?<!大)会|中心|(?<=[银分支人商])行|社|总工会|军区|法院|检察院|银行|学会|协会|集团"
    "|公司|国务院|办|署|队|站|所|处|领导小组|指挥部|开发区|管委会|主席团|支队|大学|分局|基金|联席会议"
)
_SIGNER = re.compile(rf"^[\u4e00-\u9fff()·、\s]{{2,60}}(?:{_SIGNER_END})(?:\([^()]{{1,20}}\))?$")
_DATE_ONLY = re.compile(rf"^[(]?{ANY_DATE}[)]?$")
_SIGNED_DATE = re.compile(rf"^[\u4e00-\u9fff()、\s]{{2,60}}{ANY_DATE}(?:\s*\([^()]{{1,20}}\))?$")
#: 「示例市人民政府办公室 2026年3月4日印发」 is the printer's line, not the signature.
PRINTED = re.compile(rf"^(?:[\u4e00-\u9fff()、\s]{{2,60}})?\s*{ANY_DATE}\s*印发\.?$")
_PERSON = re.compile(
    r"^(?:代)?(?:总\s*理|主\s*席|委员长|省\s*长|市\s*长|部\s*长|主\s*任|局\s*长|行\s*长|署\s*长|厅\s*长|县\s*长|区\s*长|州\s*长|自治区主席)"
    r"[::\s]*[\u4e00-\u9fff·]{1,4}(?:\s[\u4e00-\u9fff·]{1,3})?$"
)
#: 「(代章)」, 「(中国人民银行示例市中心支行代章)」 and 「(盖章)」 beside a name.
_SEAL = re.compile(r"\([^()]{0,30}(?:代章|盖章|公章|印章|章)\)")
_PLACE_START = r"(?:中国|国家|中共|[\u4e00-\u9fff]{2,3}(?:省|市|县|区|自治州))"
#: Where a second name may begin behind the first without a space.
_NEXT_NAME = re.compile(rf"(?<=[局厅委会府院行部心室])(?={_PLACE_START}[\u4e00-\u9fff]{{2,}})")
#: The branch of a national body bears the name of its place inside: 国家税务总局示例市税务局 is one name.
_BRANCHED = re.compile(r"(?:总局|银行|监督管理委员会|银保监会|证监会)$")

_BRANCH = re.compile(r"^(?!国家|中国)[\u4e00-\u9fff]{2,12}(?:监管局|税务局|支局|分局|分行|支行)$")


def is_person(text: str) -> bool:
    """Whether a paragraph is the office and name of a person: 「市长 张三」."""
    return bool(_PERSON.match(text.strip()))


def is_signer(text: str) -> bool:
    """Whether a paragraph is only the name of a public body, or of the person who signs an order."""
    if _PERSON.match(text):
        return True
    return bool(_SIGNER.match(text)) and not TITLE_LINE.match(text)


def is_signature(text: str) -> bool:
    """Whether a paragraph is a date alone or a public body with a date."""
    return bool(_DATE_ONLY.match(text) or _SIGNED_DATE.match(text))


def is_seal(text: str) -> bool:
    """Whether a paragraph only says whose seal stands for a signature: 「(中国人民银行示例市中心支行代章)」."""
    return bool(_SEAL.fullmatch(text.strip()))


def signed_on(lines: list[str]) -> date | None:
    """The date of a signature: its last one, that of the printer's line only where there is no other."""
    dates = [d for line in lines if not PRINTED.match(line.strip()) for d in _days(line)]
    return dates[-1] if dates else None


def printed_on(lines: list[str]) -> date | None:
    """The day the document was printed and sent out (……印发), which 自印发之日起 counts from."""
    for line in lines:
        if re.search(rf"{ANY_DATE}\s*印发", line):
            found = DATE.search(line)
            return day_of(found) if found else None
    return None


def _days(line: str) -> list[date]:
    return [d for m in DATE.finditer(line) if (d := day_of(m))]


def signers(lines: list[str]) -> tuple[str, ...]:
    """The bodies that signed, in their order."""
    names: list[str] = []
    for line in lines:
        if PRINTED.match(line.strip()) or _PERSON.match(line.strip()):
            continue
        for name in split_names(re.sub(rf"{ANY_DATE}.*$", "", _SEAL.sub(" ", line))):
            if is_body(name) and name not in names:
                names.append(name)
    return tuple(names)


def is_body(name: str) -> bool:
    """Whether a name can be that of a public body, not the rest of one that damage cut: 「委示例市人民政府」."""
    return 3 <= len(name) <= 60 and not re.search(r"[:。;,\d]|^\(|^附件|年月日", name)


def split_names(line: str) -> list[str]:
    """The names in one line: 「示例市财政局    示例市商务局」, 「示例市财政局示例市商务局」."""
    line = line.strip()
    wide = bool(re.search(r"\S(?:\s{2,}|\t)\S", line))
    parts = re.split(r"\s{2,}|\t" if wide else r"\s+(?=[\u4e00-\u9fff]{4,})|、(?=[\u4e00-\u9fff]{4,})", line)
    joined: list[str] = []
    for part in filter(None, map(normalise, parts)):
        # 「国家税务总局 示例市税务局」 is one name
        if joined and _BRANCHED.search(joined[-1]) and _BRANCH.match(part):
            joined[-1] += part
        else:
            joined.append(part)
    return [repair(name) for part in joined for name in _unglue(part)]


def _unglue(name: str) -> list[str]:
    """「示例市财政局示例市商务局」 as two names."""
    out: list[str] = []
    at = 0
    for m in _NEXT_NAME.finditer(name):
        left = name[at : m.start()]
        if len(left) >= 4 and not (_BRANCHED.search(left) and left.startswith(("国家", "中国"))):
            out.append(left)
            at = m.start()
    return [*out, name[at:]]


def repair(name: str) -> str:
    """A name whose beginning the page lost is cut to what is whole: 「委示例市人民政府」 → 示例市人民政府."""
    return re.sub(r"^(?:委|局|厅|部|府|室|办|会)(?=[\u4e00-\u9fff]{2,4}(?:市|省|县|区))", "", name)
