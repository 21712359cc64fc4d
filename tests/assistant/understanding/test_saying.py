"""Facts told in everyday words: what counts as told of the applicant's case, and what does not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ceyin.assistant.rules.book import load_book
from ceyin.assistant.rules.values import Absent, Known
from ceyin.assistant.understanding.english import is_english, translate
from ceyin.assistant.understanding.reading import read
from ceyin.assistant.understanding.saying import said_facts

BOOK = load_book()
NOW = date(2026, 11, 25)  # a Wednesday
PATENTS, INVENTIONS, MARKS = "有效专利件数", "有效发明专利件数", "注册商标件数"
FIRST, COST, OWN, WHO = "首次通过认证", "实际认证费用", "专利是否自主研发", "企业类型"
PREMIUM, LAWYER, NAMED, APPROVED = "所缴保费", "维权代理费", "认定日期", "批准日期"
SENT, PLACE = "提交日期", "所在地"
UNKNOWN = "unknown"
NONE = "none"


def told(*messages: str, key: str) -> object:
    """What is known of a fact: the value as text, a month as YYYY-MM, ``NONE`` and ``UNKNOWN``."""
    turns = [translate(text) if is_english(text) else text for text in map(read, messages)]
    fact = said_facts(turns, BOOK, NOW).get(key)
    if isinstance(fact, Absent):
        return NONE
    if not isinstance(fact, Known):
        return UNKNOWN
    if isinstance(fact.value, Decimal):
        return int(fact.value) if fact.value == int(fact.value) else float(fact.value)
    if isinstance(fact.value, date):
        return f"{fact.value:%Y-%m}" if fact.month_only else fact.value.isoformat()
    return fact.value


COUNTS: dict[str, list[tuple[str, str, object]]] = {
    "every kind of patent counts as a patent, only an invention as an invention": [
        ("我们有3件实用新型", PATENTS, 3),
        ("我们有3件实用新型", INVENTIONS, UNKNOWN),
        ("3件实用新型、没有发明", PATENTS, 3),
        ("3件实用新型、没有发明", INVENTIONS, NONE),
        ("实用新型4件", PATENTS, 4),
        ("3件实用新型和2件外观设计", PATENTS, 5),
        ("3件实用新型、2件外观,还有1件发明", PATENTS, 6),
        ("3件实用新型、2件外观,还有1件发明", INVENTIONS, 1),
        ("5件都是实用新型", INVENTIONS, NONE),
        ("只有两件实用新型", INVENTIONS, NONE),
        ("一共5件专利,其中2件发明", PATENTS, 5),
        ("一共5件专利,其中2件发明", INVENTIONS, 2),
        ("有2件发明专利", PATENTS, UNKNOWN),
    ],
    "a count is read in every everyday form": [
        ("俺公司有俩自己的发明", INVENTIONS, 2),
        ("手里攥着六件自研专利", PATENTS, 6),
        ("自研的实用新型仨", PATENTS, UNKNOWN),
        ("3项专利", PATENTS, 3),
        ("专利总共有十二件", PATENTS, 12),
        ("有效发明只有4件", INVENTIONS, 4),
        ("发明5件,商标2个", MARKS, 2),
        ("名下5个注册商标", MARKS, 5),
        ("發明專利三件", INVENTIONS, 3),
    ],
    "none is a known number": [
        ("专利方面我们一件都没有", PATENTS, NONE),
        ("专利方面我们一件都没有", INVENTIONS, NONE),
        ("压根没有发明", INVENTIONS, NONE),
        ("发明?一件都没有", INVENTIONS, NONE),
        ("我们公司零专利", PATENTS, NONE),
        ("专利数为0", PATENTS, NONE),
        ("没有任何专利", PATENTS, NONE),
        ("没有半件发明", INVENTIONS, NONE),
        ("商标没注册", MARKS, NONE),
        ("没有商标", MARKS, NONE),
        ("发明冇", INVENTIONS, NONE),
        ("莫得发明专利", INVENTIONS, NONE),
        ("木有专利", PATENTS, NONE),
    ],
    "what is said roughly is not known": [
        ("我们有好几件专利", PATENTS, UNKNOWN),
        ("我们有十来件专利", PATENTS, UNKNOWN),
        ("有10多件专利", PATENTS, UNKNOWN),
        ("有3件以上专利", PATENTS, UNKNOWN),
        ("不到3件专利", PATENTS, UNKNOWN),
        ("三四件专利", PATENTS, UNKNOWN),
        ("差不多有5件专利", PATENTS, UNKNOWN),
        ("发明大概4件", INVENTIONS, UNKNOWN),
        ("至少有3件专利", PATENTS, UNKNOWN),
    ],
}
MONEY: dict[str, list[tuple[str, str, object]]] = {
    "a sum is read in every everyday form": [
        ("认证交了1.8万", COST, 18000),
        ("认证费一万八", COST, 18000),
        ("认证花了18000块", COST, 18000),
        ("认证费2万8", COST, 28000),
        ("认证费¥18,000", COST, 18000),
        ("认证花了1.8w", COST, 18000),
        ("贯标花了18k", COST, 18000),
        ("认证费人民币18000", COST, 18000),
        ("认证费RMB 18000", COST, 18000),
        ("认证费一万二千五", COST, 12500),
        ("认证费1万8千块", COST, 18000),
        ("认证费两万整", COST, 20000),
        ("认证费20000.5元", COST, 20000.5),
        ("认证机构收了我们15000", COST, 15000),
        ("发票开的1.75万", COST, 17500),
        ("贯标前前后后花了19500", COST, 19500),
        ("認證費兩萬塊", COST, 20000),
        ("专利执行险保费8000元", PREMIUM, 8000),
        ("律师代理费花了5万块", LAWYER, 50000),
    ],
    "a sum said roughly is not known": [
        ("认证费两万五千多", COST, UNKNOWN),
        ("认证费大概2万", COST, UNKNOWN),
        ("认证费2万左右", COST, UNKNOWN),
        ("认证费快2万了", COST, UNKNOWN),
        ("认证费近两万", COST, UNKNOWN),
        ("认证费一两万", COST, UNKNOWN),
        ("认证费2万出头", COST, UNKNOWN),
        ("认证费不到2万", COST, UNKNOWN),
        ("认证费万把块", COST, UNKNOWN),
    ],
    "money that comes in, is heard of or is another's is no cost": [
        ("听说补2万,我们交了1.5万认证费", COST, 15000),
        ("认证能给2万吗", COST, UNKNOWN),
        ("网上说认证费要补2万", COST, UNKNOWN),
        ("交了钱,听说补2万", COST, UNKNOWN),
        ("朋友的公司交了3万认证费", COST, UNKNOWN),
        ("人家花了2万,我们花了1.6万认证费", COST, 16000),
        ("中介说认证费收3万", COST, UNKNOWN),
        ("我交了8000保费", COST, UNKNOWN),
        ("我交了8000保费", PREMIUM, 8000),
        ("我们交了3万的税", COST, UNKNOWN),
    ],
}
DAYS: dict[str, list[tuple[str, str, object]]] = {
    "a day or month is counted from today": [
        ("去年5月评上的", NAMED, "2025-05"),
        ("去年五月评上", NAMED, "2025-05"),
        ("前年6月份评上", NAMED, "2024-06"),
        ("22年5月评上的", NAMED, "2022-05"),
        ("去年12月底评上", NAMED, "2025-12"),
        ("上个月获批的", APPROVED, "2026-10"),
        ("批文是上上个月18号下来的", APPROVED, "2026-09-18"),
        ("上月15号批的", APPROVED, "2026-10-15"),
        ("今年3月8号批的", APPROVED, "2026-03-08"),
        ("这个月8号交的材料", SENT, "2026-11-08"),
        ("昨天提交的材料", SENT, "2026-11-24"),
        ("大前天提交的", SENT, "2026-11-22"),
        ("上周五寄出的", SENT, "2026-11-20"),
        ("3天前批的", APPROVED, "2026-11-22"),
        ("下周三去申报", "拟申报日期", "2026-12-02"),
        ("明年3月申报", "拟申报日期", "2027-03"),
    ],
    "a date is read in every notation": [
        ("2023-12-05批的", APPROVED, "2023-12-05"),
        ("2023.12.5获批", APPROVED, "2023-12-05"),
        ("2023/12/5获批", APPROVED, "2023-12-05"),
        ("23年12月5号获批", APPROVED, "2023-12-05"),
        ("二〇二三年十二月五日批的", APPROVED, "2023-12-05"),
        ("2023年11月30日获批,2月5日印发", "建设方案印发日期", "2024-02-05"),
        ("2023年11月30日获批,次年2月5日印发", "建设方案印发日期", "2024-02-05"),
        ("建设方案拟于今年12月31日印发,我们是9月30日拿到批复的", APPROVED, "2026-09-30"),
        ("方案定在12月28号发", "建设方案印发日期", "2026-12-28"),
    ],
    "what is no day and no month is not known": [
        ("前年底评上的示范企业", NAMED, UNKNOWN),
        ("2024年春天评上的", NAMED, UNKNOWN),
        ("去年评上的", NAMED, UNKNOWN),
        ("前几天批的", APPROVED, UNKNOWN),
        ("5月评上的", NAMED, UNKNOWN),
        ("每年1月31日提交", SENT, UNKNOWN),
    ],
}
WHO_AND_WHERE: dict[str, list[tuple[str, str, object]]] = {
    "who applies is told in many words": [
        ("我们是事业单位", WHO, "事业单位"),
        ("我们医院第一次通过认证", WHO, "事业单位"),
        ("我们是合作社,看企业能报的政策", WHO, "合作社"),
        ("我们合作社不是企业", WHO, "合作社"),
        ("我是干个体的", WHO, "个体工商户"),
        ("我开了家小店,个体户", WHO, "个体工商户"),
        ("我们学校的老师问", WHO, "高校"),
        ("我们农科院", WHO, "科研院所"),
        ("俺厂子", WHO, "企业"),
        ("临川区的茶企", WHO, "企业"),
        ("我们不是高校", WHO, UNKNOWN),
        ("是否属于高校还不好说", WHO, UNKNOWN),
    ],
    "a county stands in its city": [
        ("我们在临川区", PLACE, "抚州市临川区"),
        ("我们厂在南丰县", PLACE, "抚州市南丰县"),
        ("公司注册地抚州市东乡区", PLACE, "抚州市东乡区"),
        ("我们在抚州", PLACE, "抚州"),
        ("注册在成都", PLACE, "成都"),
        ("听说抚州补得多", PLACE, UNKNOWN),
    ],
}
YES_AND_NO: dict[str, list[tuple[str, str, object]]] = {
    "the first time and not the first time": [
        ("头一回做贯标", FIRST, True),
        ("从没报过认证,今年第一次", FIRST, True),
        ("以前从来没做过认证,这次刚过", FIRST, True),
        ("这不是首次认证", FIRST, False),
        ("我们不是第一次过认证", FIRST, False),
        ("第二次认证了", FIRST, False),
        ("已经第三次认证了", FIRST, False),
        ("以前认证过一次", FIRST, False),
        ("证书到期做的再认证", FIRST, False),
    ],
    "a denied denial is no denial": [
        ("我们不是没有发明", INVENTIONS, UNKNOWN),
        ("没有一件不是自主研发的", OWN, True),
        ("并不是没有专利", PATENTS, UNKNOWN),
        ("不是没有管理制度", "有知识产权管理制度", True),
        ("专利不是买来的", OWN, True),
        ("专利不是买的,是受让来的", OWN, False),
        ("4个实用新型都是自个儿琢磨的", OWN, True),
        ("我们市从没当过示范城市", "是否国家知识产权示范城市", False),
        ("我们市不是示范城市", "是否国家知识产权示范城市", False),
        ("这不是首次认证", "是否国家知识产权示范城市", UNKNOWN),
    ],
    "what is left open is not known": [
        ("费用还没定,大概1.8万", COST, UNKNOWN),
        ("可能是第一次认证", FIRST, UNKNOWN),
        ("是不是首次认证我不清楚", FIRST, UNKNOWN),
        ("不清楚是不是第一次认证", FIRST, UNKNOWN),
        ("发明还没数,可能有3件", INVENTIONS, UNKNOWN),
        ("好像没有发明专利", INVENTIONS, UNKNOWN),
        ("有3件发明,专利几件记不清了", INVENTIONS, 3),
        ("我们公司第一次认证不知道能补多少", FIRST, True),
        ("认证费1.8万是多少钱能补还没定", COST, UNKNOWN),
    ],
    "what is asked or required is not told": [
        ("有没有发明都能报吗", INVENTIONS, UNKNOWN),
        ("要有5件发明吗", INVENTIONS, UNKNOWN),
        ("需要有3件专利才能补吗", PATENTS, UNKNOWN),
        ("必须是第一次认证吗", FIRST, UNKNOWN),
        ("规定要5件发明", INVENTIONS, UNKNOWN),
        ("规定要5件发明,我们只有4件,能补吗", INVENTIONS, 4),
        ("网上说要3件专利", PATENTS, UNKNOWN),
        ("他们说首次认证给2万", FIRST, UNKNOWN),
        ("我们没有发明能报吗", INVENTIONS, NONE),
        ("要是有3件发明呢", INVENTIONS, 3),
    ],
    "what others have is not ours": [
        ("隔壁公司有5件发明", INVENTIONS, UNKNOWN),
        ("隔壁公司有5件发明,我们有2件", INVENTIONS, 2),
        ("别人家是高校,有6件专利", PATENTS, UNKNOWN),
        ("同行有4件发明,拿了2万,我们没有发明", INVENTIONS, NONE),
        ("有的企业有10件专利", PATENTS, UNKNOWN),
    ],
}
ENGLISH: dict[str, list[tuple[str, str, object]]] = {
    "English facts": [
        ("we paid 15,000 yuan for the certification", COST, 15000),
        ("We spent 15k yuan on certification fees.", COST, 15000),
        ("I heard the subsidy is 20,000 yuan for a first certification", COST, UNKNOWN),
        ("we have 3 utility models and no inventions", PATENTS, 3),
        ("we have 3 utility models and no inventions", INVENTIONS, NONE),
        ("We are a university with no patents at all", PATENTS, NONE),
        ("We are a university with no patents at all", WHO, "高校"),
        ("Our company got certified for the first time", FIRST, True),
        ("this is our second certification already", FIRST, False),
        ("two invention patents, all developed in-house", INVENTIONS, 2),
        ("we have 10 invention patents", INVENTIONS, 10),
        ("our firm sued a shop for infringing our trademark and won", "是否主动维权", True),
        ("our firm sued a shop for infringing our trademark and won", "纠纷类型", ("商标侵权",)),
        ("our company was sued for infringing a patent and won", "是否主动维权", False),
        ("the attorney fee was CNY 50,000", "维权代理费", 50000),
        ("for our first IP management certification", FIRST, True),
        ("the zone was approved on December 5, 2023", APPROVED, "2023-12-05"),
        ("we were recognised last May as a demonstration enterprise", NAMED, "2025-05"),
        ("the premium we paid for patent insurance was 8000 yuan", PREMIUM, 8000),
        ("our cooperative wants the subsidy", WHO, "合作社"),
        ("got certified, paid 19,000 yuan, 3 utility models, no inventions", COST, 19000),
        ("we bought the patents from another firm", OWN, False),
        ("we applied to register the transfer of our patent", "变更类型", "专利权转移变更"),
        ("we sold two trade marks to a partner", "变更类型", "商标转让"),
        ("the trademark owner has a new address", "变更类型", "商标变更"),
        ("may the district bypass the province", "跳过中间一级", True),
    ]
}


def rows(*tables: dict[str, list[tuple[str, str, object]]]) -> list[tuple[str, str, object]]:
    return [row for table in tables for kind in table.values() for row in kind]


@pytest.mark.parametrize(("message", "key", "value"), rows(COUNTS, MONEY, DAYS))
def test_figures_and_dates_are_facts_where_they_are_exact_and_our_own(
    message: str, key: str, value: object
) -> None:
    assert told(message, key=key) == value


@pytest.mark.parametrize(("message", "key", "value"), rows(WHO_AND_WHERE, YES_AND_NO))
def test_what_is_told_is_known_and_what_is_asked_or_open_is_not(
    message: str, key: str, value: object
) -> None:
    assert told(message, key=key) == value


@pytest.mark.parametrize(("message", "key", "value"), rows(ENGLISH))
def test_english_messages_tell_facts_too(message: str, key: str, value: object) -> None:
    assert told(message, key=key) == value


TALKS: list[tuple[str, list[str], str, object]] = [
    ("a fact stays known", ["有3件发明", "能补多少?"], INVENTIONS, 3),
    ("a later figure replaces an earlier one", ["有3件发明", "现在有4件发明了"], INVENTIONS, 4),
    ("a bare correction means what was told last", ["有3件实用新型", "不对,是4件"], PATENTS, 4),
    (
        "the figure that holds stands after 是",
        ["认证费1.8万", "更正一下,认证费是1.9万不是1.8万"],
        COST,
        19000,
    ),
    ("or before the one that does not", ["认证费1.8万", "认证费不是1.8万,是1.9万"], COST, 19000),
    ("a correction of a sum leaves the counts", ["认证费1.8万,有3件专利", "刚才说错了,是1.9万"], PATENTS, 3),
    ("and finds the sum behind them", ["认证费1.8万,有3件专利", "刚才说错了,是1.9万"], COST, 19000),
    ("a correction names the figure it replaces", ["有5件专利,2件发明", "更正,不是5件,是6件"], PATENTS, 6),
    ("so the other one stays", ["有5件专利,2件发明", "更正,不是5件,是6件"], INVENTIONS, 2),
    ("a correction within a message", ["有5件专利,其中2件发明,不对,发明是3件"], INVENTIONS, 3),
    ("a correction of yes and no", ["我们第一次认证", "说错了,我们是第二次认证"], FIRST, False),
    ("a correction of who applies", ["我们公司想申请", "说错了,我们是事业单位"], WHO, "事业单位"),
    ("a date put right", ["2023年12月5日批的", "记错了,是2023年12月8日"], APPROVED, "2023-12-08"),
    ("a supposition holds for its message", ["有3件发明", "要是有6件发明呢"], INVENTIONS, 6),
    ("and gives way to what was told", ["有3件发明", "要是有6件发明呢", "那能补多少"], INVENTIONS, 3),
    ("but stays where nothing else was told", ["如果我们是第一次认证", "那能补多少"], FIRST, True),
    ("another client starts anew", ["我们是高校,认证费2万", "另一家公司没有专利,能补吗"], COST, UNKNOWN),
    ("and has facts of its own", ["我们是高校,认证费2万", "另一家公司没有专利,能补吗"], PATENTS, NONE),
    ("another firm that is sued is no client", ["有3件发明", "另一家公司告我们侵权"], INVENTIONS, 3),
    (
        "a change of subject keeps the facts",
        ["我们有3件发明", "专利保险怎么补?", "首批什么时候截止?"],
        INVENTIONS,
        3,
    ),
    (
        "honours add up",
        ["评上了国家优势企业", "还有市级示范企业"],
        "所获称号",
        ("国家知识产权优势企业", "抚州市知识产权示范企业"),
    ),
    (
        "the year of 次年 is told before",
        ["2023年11月30日批的", "次年2月5日印发"],
        "建设方案印发日期",
        "2024-02-05",
    ),
    (
        "a choice is put right by what it is not",
        ["商标变更名称,9月3日交的", "说错了,不是变更,是转让"],
        "变更类型",
        "商标转让",
    ),
    (
        "a choice denied for another that is none of its members stays",
        ["商标变更名称,9月3日交的", "不是变更,是别的事"],
        "变更类型",
        "商标变更",
    ),
    (
        "the exact day replaces the month",
        ["培育项目2023年10月没验收过去", "查了一下,准确日期是2023年10月18日"],
        "验收未通过日期",
        "2023-10-18",
    ),
]


@pytest.mark.parametrize(("messages", "key", "value"), [t[1:] for t in TALKS], ids=[t[0] for t in TALKS])
def test_a_conversation_keeps_corrects_and_drops_facts(messages: list[str], key: str, value: object) -> None:
    assert told(*messages, key=key) == value


TWENTY = [
    "你好",
    "我们是抚州的一家科技公司,今年第一次做贯标",
    "有3件实用新型,都是自己研发的",
    "没有发明",
    "认证费一共1.8万",
    "能补多少?",
    "那高校呢?",
    "要交什么材料?",
    "专利保险怎么补?",
    "保费交了8000,投的执行险",
    "更正一下,认证费是1.9万不是1.8万",
    "示范区称号能用几年?",
    "听说有5件发明就能拿3万,是吗?",
    "隔壁公司有6件发明,拿了2万",
    "要是我们有1件发明呢?",
    "江宁方案的目标是什么?",
    "去年5月还评上了市级示范企业",
    "牌子管几年?",
    "商标有两件",
    "那认证最后能补多少?",
]
KEPT = [
    (PATENTS, 3),
    (INVENTIONS, NONE),
    (OWN, True),
    (FIRST, True),
    (COST, 19000),
    (PREMIUM, 8000),
    (NAMED, "2025-05"),
    (MARKS, 2),
    (PLACE, "抚州"),
]


@pytest.mark.parametrize(("key", "value"), KEPT, ids=[k for k, _ in KEPT])
def test_twenty_turns_later_every_fact_is_known_as_corrected(key: str, value: object) -> None:
    assert told(*TWENTY, key=key) == value
