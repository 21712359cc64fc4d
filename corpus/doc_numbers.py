"""Document numbers (文号): 国发〔2019〕5号, 国务院令第588号, 2023年第5号公告."""

from __future__ import annotations

import re

from ceyin.corpus.normalise import normalise

_YEAR = r"(?:19|20)\d\s?\d"
_OPEN, _CLOSE = r"[〔\[(【〈<﹝﹙「『]", r"[〕\])】〉>﹞﹚」』]"
#: 国知发管字〔2016〕86号, 京建发[2023]第 12 号; must not match 《…意见》 or a bare 2023年.
DOC_NUMBER = re.compile(
    rf"[\u4e00-\u9fff]{{1,12}}(?:字|发|办|规|函|号)?[\u4e00-\u9fff]{{0,4}}\s*{_OPEN}\s*{_YEAR}\s*年?{_CLOSE}\s*(?:第\s*)?\d{{1,5}}\s*号"
)
_NUMERAL = r"(?:\d{1,5}|[一二三四五六七八九十百千〇零]{1,7})"
#: 中华人民共和国国务院令(第588号), 广东省人民政府令 第193号, 财政部 税务总局公告2023年第5号.
ORDER_NUMBER = re.compile(
    rf"(?:[\u4e00-\u9fff、]{{2,60}}?)(?:令|公告|通告)\s*{_OPEN}?\s*(?:{_YEAR}\s*年?)?\s*(?:{_CLOSE}\s*)?第\s*{_NUMERAL}\s*号(?:令|公告)?\s*{_CLOSE}?"
)
#: A number without the name of its issuer, alone in its line: 第588号, 2023年第5号, 〔2023〕15号, 第12号令.
_BARE = re.compile(
    rf"[(〔]?\s*(?:(?:公告|令|通告)?\s*{_YEAR}\s*年\s*第\s*{_NUMERAL}\s*号(?:公告|令|通告)?|第\s*{_NUMERAL}\s*号(?:令|公告)?"
    rf"|{_OPEN}\s*{_YEAR}\s*{_CLOSE}\s*第?\s*\d{{1,5}}\s*号)\s*[)〕]?"
)
_LABEL = re.compile(r"^(?:发文字号|发文文号|发布文号|公文文号|文件编号|文件号|文号|字号|编号)[:：]?")
_LEADING = re.compile(r"^(?:来源|主办|各|根据|按照|依据|参照)")


def doc_number(text: str) -> str | None:
    """The document number (文号) that a short text consists of or carries in brackets."""
    flat = _LABEL.sub("", normalise(text))
    m = DOC_NUMBER.search(flat)
    return written(m.group()) if m else None


def written(number: str) -> str:
    """A number in its usual form: the year in 〔〕, no white space, no label before it."""
    flat = _LABEL.sub("", normalise(number))
    m = re.fullmatch(rf"([\u4e00-\u9fff]*){_OPEN}({_YEAR})年?{_CLOSE}(.+)", flat)
    if m and m.group(3)[-1] in "号":
        return f"{m.group(1)}〔{m.group(2)}〕{m.group(3)}"
    return re.sub(r"[()〔〕]|^中华人民共和国(?!主席)", "", flat)


def number_line(line: str) -> str | None:
    """The number that a whole line consists of, with or without a label or brackets around it."""
    flat = _LABEL.sub("", normalise(line)).strip()
    bare = flat
    if len(flat) > 2 and flat[0] in "(【[" and flat[-1] in ")】]":
        bare = flat[1:-1]
    if len(bare) > 70 or re.search(r"[。;,:《》]", bare) or _LEADING.match(bare):
        return None
    if DOC_NUMBER.fullmatch(bare) or ORDER_NUMBER.fullmatch(bare) or _BARE.fullmatch(flat):
        return written(bare if not _BARE.fullmatch(flat) else flat)
    return None


def is_number_line(line: str) -> bool:
    """Whether a line is nothing but a document number."""
    return number_line(line) is not None


def own_number(lines: list[str]) -> str | None:
    """The number of a document among the lines of its head: its first number line, an order with its number below.

    「示例市人民政府令」 and 「第12号」 in two lines make 示例市人民政府令第12号.
    """
    for k, line in enumerate(lines):
        number = number_line(line)
        if number is None:
            continue
        if re.match(r"^第", number) and k and re.search(r"令$", normalise(lines[k - 1])):
            return re.sub(r"^中华人民共和国(?!主席)", "", normalise(lines[k - 1])) + number
        return number
    return None


def trailing_number(title: str) -> tuple[str, str | None]:
    """A title and the number in brackets behind it: 「……的通知(示发〔2023〕3号)」."""
    m = re.search(r"[(【]([^()【】]{3,40}号(?:令|公告)?)[)】]$", title)
    number = number_line(m.group(1)) if m else None
    if m and number:
        return title[: m.start()], number
    m = re.search(rf"(?<=[知见法则定案施例])\s*({DOC_NUMBER.pattern})$", title)
    return (title[: m.start()], written(m.group(1))) if m else (title, None)
