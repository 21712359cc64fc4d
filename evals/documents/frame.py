"""What stands around the clauses: titles, number lines, salutations, signatures, lists of annexes, site furniture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ceyin.corpus.numerals import to_chinese
from ceyin.evals.documents import words
from ceyin.evals.documents.draft import Draft
from ceyin.evals.documents.parts import Chunk


@dataclass(frozen=True, slots=True)
class Head:
    """Title and number of a policy and the chunks that show them."""

    title: str
    doc_number: str | None
    chunks: list[Chunk]


@dataclass(frozen=True, slots=True)
class Foot:
    """The date a policy was signed and the chunks of its signature."""

    issued: date | None
    chunks: list[Chunk]


def head(draft: Draft, title: str, *, breakable: bool) -> Head:
    """The title, on one line or broken over two, and below it perhaps the number line."""
    rng = draft.rng
    chunks: list[Chunk] = []
    at = title.find("关于")
    if breakable and at > 0 and draft.may("title broken over lines", 0.15):
        chunks += [Chunk(title[:at], "title"), Chunk(title[at:], "title")]
    else:
        chunks.append(Chunk(title, "title"))
    number = None
    if draft.may("number line", 0.5):
        year, k = draft.pick(2019, 2026), draft.pick(1, 300)
        number = f"示{rng.choice(('政', '府', '财', '商', '科'))}{rng.choice(('办发', '发', '规', '字', '办函'))}〔{year}〕{k}号"
        shown = number
        if draft.may("square brackets in the number", 0.1):
            shown = number.replace("〔", "[").replace("〕", "]")
        chunks.append(Chunk(shown, "number"))
    return Head(title, number, chunks)


def salutation(draft: Draft) -> list[Chunk]:
    """「各县(区)人民政府,市直有关部门:」."""
    if draft.may("short salutation", 0.25):
        return [Chunk(draft.rng.choice(("市直各有关单位:", "各县(区):", "各有关企业:")), "salutation")]
    forms = ("各县(区)人民政府,市直有关部门:", "各县(区)人民政府:", "各县(市、区)财政局、商务局:")
    return [Chunk(draft.rng.choice(forms), "salutation")]


def foot(draft: Draft) -> Foot:
    """A signature in one of the ways officials sign."""
    rng = draft.rng
    day = date(draft.pick(2019, 2026), draft.pick(1, 12), draft.pick(1, 28))
    shown = f"{day.year}年{day.month}月{day.day}日"
    if draft.may("date in Chinese numerals", 0.12):
        shown = f"{words.chinese_digits(day.year)}年{to_chinese(day.month)}月{to_chinese(day.day)}日"
    signers = rng.sample(words.SIGNERS, 1)
    if draft.may("several signers", 0.2):
        signers = rng.sample(words.SIGNERS, draft.pick(2, 4))
    if len(signers) > 1 and draft.may("signers in one line", 0.3):
        signers = ["  ".join(signers)]
    if len(signers) == 1 and "  " not in signers[0] and draft.may("signer and date in one line", 0.15):
        chunks = [Chunk(f"{signers[0]} {shown}", "signature")]
    else:
        chunks = [*(Chunk(s, "signature") for s in signers), Chunk(shown, "signature")]
    if draft.may("note of disclosure", 0.1):
        chunks.append(Chunk("(此件公开发布)", "other"))
    return Foot(day, chunks)


def printing_lines(draft: Draft) -> list[Chunk]:
    """What the printer adds at the very end: 「抄送:……」 and 「示例市人民政府办公室 2026年3月3日印发」."""
    if not draft.may("printing lines", 0.1):
        return []
    year, month, day = draft.pick(2019, 2026), draft.pick(1, 12), draft.pick(1, 28)
    return [
        Chunk("抄送:市委各部门,市人大常委会办公室,市政协办公室。", "other"),
        Chunk(f"示例市人民政府办公室 {year}年{month}月{day}日印发", "other"),
    ]


def attachments(draft: Draft, names: list[str]) -> list[Chunk]:
    """「附件:1.申请表」 and the lines below it."""
    if len(names) == 1:
        return [Chunk(f"附件:{names[0]}", "other")]
    first = [Chunk(f"附件:1.{names[0]}", "other")]
    return first + [Chunk(f"{k}.{name}", "other") for k, name in enumerate(names[1:], 2)]


def site_above(draft: Draft) -> list[Chunk]:
    """What a web page puts above the policy."""
    rng = draft.rng
    lines = ["示例市人民政府门户网站", "当前位置:首页 > 政务公开 > 政策文件", "首页", "网站地图"]
    return [Chunk(line, "furniture") for line in lines if rng.random() < 0.6]


def site_between(draft: Draft) -> list[Chunk]:
    """What a web page puts between the title and the body."""
    rng = draft.rng
    lines = (
        f"发布日期:{draft.pick(2019, 2026)}-0{draft.pick(1, 9)}-1{draft.pick(0, 9)} 浏览次数:{draft.pick(10, 9999)}",
        "字号:[大 中 小] 打印",
        "【字体:大 中 小】 【打印本页】 【关闭窗口】",
        f"来源:示例市人民政府 {draft.pick(2019, 2026)}-0{draft.pick(1, 9)}-2{draft.pick(0, 8)} 10:1{draft.pick(0, 9)}",
    )
    return [Chunk(rng.choice(lines), "furniture")]


def site_below(draft: Draft) -> list[Chunk]:
    """What a web page puts below the policy."""
    rng = draft.rng
    lines = (
        "扫一扫在手机打开当前页",
        "上一篇:示例市发布夜间集市摊位名单",
        "下一篇:没有了",
        "主办单位:示例市人民政府办公室",
        f"联系电话:0799-{draft.pick(1000000, 9999999)}",
        "版权所有:示例市人民政府 备案号:示ICP备12345678号",
        "Copyright © 2026 示例市人民政府",
    )
    return [Chunk(line, "furniture") for line in lines if rng.random() < 0.5]
