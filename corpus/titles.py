"""What a title looks like, over how many lines it runs, and what a web page adds to it."""

from __future__ import annotations

import re

#: What official documents are called.
KINDS = (
    "通知|意见|办法|措施|方案|规定|细则|条例|决定|公告|通告|规划|纲要|计划|批复|函|政策|法|要点|规则|解释"
    "|通报|答复|决议|公报|命令|令|报告|请示|规程|章程|预案|指导目录|议定书|准则|通则|办法细则|的建议|举措|[一二三四五六七八九十\\d]+条(?:政策|措施)?"
)
#: What pages around them are called; such a line is a title only where no document is named above the body.
_PAGE_KINDS = (
    "指南|指引|须知|问答|解答|清单|目录|名单|标准|制度|守则|规范|倡议书|声明|纪要"
    "|说明|流程|攻略|详解|手册|体系|解读|建议|协议|公约|\\d+问|条件|任务|一览表"
)
_BRACKETS = r"(?:\s*\([^()]{1,40}\))*"
#: A line that can be the title of a policy: 「关于……的通知」, 「……办法(试行)」, 「……方案(2022—2035年)」.
TITLE_LINE = re.compile(rf"^[^。;!?]{{2,110}}(?:{KINDS})[》”]?(?:\s*的通知)?{_BRACKETS}$")
_PAGE_TITLE = re.compile(rf"^[^。;!?]{{4,90}}(?:{_PAGE_KINDS})[》”]?{_BRACKETS}$")
_TITLE_END = re.compile(rf"(?:{KINDS})[》”\"]?(?:\s*\([^()]{{1,40}}\)|\s*〔.*号\)?)*\s*$")
#: A page's own title ends with the name of its site: 「……热点13问-示例市人力资源和社会保障局网站」.
_SITE = re.compile(
    r"(?:\s*[-_|—–]+\s*[^-_|]{2,40}?(?:网站|网|门户|平台|政府|局|委员会|官网|中心|日报|新闻)){1,3}$"
)
_PREFIX = re.compile(
    r"^(?:[#>*\s]+|Title:\s*|【[^】]{1,12}】|\((?:转载|转发|原文|全文|附全文)\)|标题[:：]\s*|名称[:：]\s*)"
)


def ends_title(line: str) -> bool:
    """Whether a line can be the last of a title."""
    return bool(_TITLE_END.search(line.strip()))


def is_page_title(line: str) -> bool:
    """Whether a line names a page that is no document: a guide, a list, questions and answers."""
    return bool(_PAGE_TITLE.match(tidy(line.strip())))


def tidy(title: str) -> str:
    """A title without what the page added: the name of the site, 【关注】, (转载); 《》 around the whole go too."""
    before = ""
    while before != title:
        before = title
        title = _PREFIX.sub("", title).strip()
        title = _SITE.sub("", title).strip()
    inner = re.fullmatch(r"《([^《》]+)》", title)
    return inner.group(1) if inner else title


def balanced(text: str) -> bool:
    """Whether every book-title mark and bracket that closes in ``text`` opens in it and the other way round."""
    return (
        text.count("《") == text.count("》")
        and text.count("(") == text.count(")")
        and text.count("“") == text.count("”")
    )
