"""Where a policy begins and ends on a page: titles, heads, furniture, orders (policies of 示例市)."""

import pytest

from ceyin.corpus.page import is_salutation
from ceyin.corpus.titles import tidy
from tests.corpus.test_segment import assert_lossless, parsed

BODY = "各区人民政府,市政府各部门:\n为让小店开得起来,现就有关事项通知如下:\n一、每家小店给予补贴。\n示例市人民政府\n2026年3月1日\n"

TITLES = {
    "in one line": ("示例市人民政府关于小店补贴的通知\n", "示例市人民政府关于小店补贴的通知"),
    "the issuer in a line of its own": (
        "示例市人民政府\n关于小店补贴的通知\n",
        "示例市人民政府关于小店补贴的通知",
    ),
    "over four lines": (
        "示例市财政局\n示例市商务局\n关于小店开门补贴和\n大店关门补贴的通知\n示财〔2026〕3号\n",
        "示例市财政局示例市商务局关于小店开门补贴和大店关门补贴的通知",
    ),
    "passing on another's": (
        "示例市人民政府办公室转发示例市商务局\n关于小店工作意见的通知\n",
        "示例市人民政府办公室转发示例市商务局关于小店工作意见的通知",
    ),
    "broken inside the name of what it issues": (
        "关于印发示例市人才办法\n实施细则的通知\n",
        "关于印发示例市人才办法实施细则的通知",
    ),
    "broken inside 《》": (
        "示例市人民政府关于暂停实施《示例市小店\n条例》有关规定的决定\n",
        "示例市人民政府关于暂停实施《示例市小店条例》有关规定的决定",
    ),
    "spaced out": ("关 于 小 店 补 贴 的 通 知\n", "关于小店补贴的通知"),
    "without 关于": ("示例市小店补贴办法(试行)(2023年修订)\n", "示例市小店补贴办法(试行)(2023年修订)"),
    "number in brackets behind": ("关于小店补贴的通知(示发〔2026〕9号)\n", "关于小店补贴的通知"),
    "an answer": (
        "示例市人民政府对示例市人大\n四次会议第7264号建议的答复\n",
        "示例市人民政府对示例市人大四次会议第7264号建议的答复",
    ),
    "below breadcrumbs and above share buttons": (
        "首页\n当前位置:首页 > 政策\n关于小店补贴的通知\n2026-03-02 来源:示例市人民政府\n字号:大 中 小 打印\n分享到:\n",
        "关于小店补贴的通知",
    ),
    "twice, the number between": (
        "关于小店补贴的通知\n发布日期:2026-03-02 浏览次数:9\n示府〔2026〕3号\n关于小店补贴的通知\n",
        "关于小店补贴的通知",
    ),
    "none": ("", ""),
}


@pytest.mark.parametrize(("head", "title"), TITLES.values(), ids=TITLES.keys())
def test_the_title_is_found_however_it_is_set(head: str, title: str) -> None:
    source = parsed(head + BODY)
    assert_lossless(source)
    (policy,) = source.policies
    assert policy.title == title
    assert policy.issuers == ("示例市人民政府",)
    assert str(policy.issued) == "2026-03-01"


def test_the_number_above_the_title_belongs_to_the_policy_and_the_table_above_to_the_page() -> None:
    source = parsed(
        "首页\n基本信息\n文 号: 示府〔2026〕3号\n实施日期: 2026年04月01日\n失效日期: 2028年03月31日\n分享到\n示府〔2026〕3号\n关于小店补贴的通知\n"
        + BODY
    )
    assert_lossless(source)
    (policy,) = source.policies
    assert policy.doc_number == "示府〔2026〕3号"
    assert (str(policy.effective_from), str(policy.expires)) == ("2026-04-01", "2028-03-31")
    assert source.text[policy.span.start :].startswith("示府〔2026〕3号")


def test_an_order_comes_with_the_rules_it_issues() -> None:
    source = parsed(
        "示例市人民政府令\n第12号\n《示例市小店条例》已经市政府常务会议通过,现予公布,自2026年5月1日起施行。\n市长 张三\n2026年3月1日\n示例市小店条例\n"
        "第一章 总则\n第一条 为支持小店,制定本条例。\n第二条 本条例自2026年5月1日起施行。\n"
    )
    assert_lossless(source)
    (policy,) = source.policies
    assert (policy.title, policy.doc_number) == ("示例市小店条例", "示例市人民政府令第12号")
    assert policy.issuers == ("示例市人民政府",)
    assert (str(policy.issued), str(policy.effective_from)) == ("2026-03-01", "2026-05-01")
    assert [a.title for a in policy.annexes] == ["示例市小店条例"]


def test_the_history_of_a_law_is_part_of_its_title_block() -> None:
    source = parsed(
        "示例市小店条例\n(1984年3月12日示例市第六届人大常委会第四次会议通过 根据2020年10月17日《关于修改小店条例的决定》修正)\n"
        "第一条 为支持小店,制定本条例。\n第二条 小店自愿参加。\n"
    )
    assert_lossless(source)
    (policy,) = source.policies
    assert policy.title == "示例市小店条例"
    assert str(policy.issued) == "1984-03-12"


def test_what_follows_the_signature_is_note_or_furniture() -> None:
    source = parsed(
        "关于小店补贴的通知\n"
        + BODY
        + "(此件公开发布)\n抄送:市委各部门。\n版权所有:示例市人民政府\n扫一扫在手机打开当前页\n"
    )
    assert_lossless(source)
    (policy,) = source.policies
    assert "抄送" in policy.span.cut(source.text)
    assert "版权所有" not in policy.span.cut(source.text)
    assert all("抄送" not in c.text for c in policy.clauses)


SALUTATIONS = {
    "各区人民政府,市政府各部门、各直属机构:": True,
    "各有关单位:": True,
    "各区残联:": True,
    "张三代表:": True,
    "现将有关事项通知如下:": False,
    "附件:": False,
    "来源:示例市人民政府:": False,
    "组长:": False,
    "一、补贴对象为各区单位:": False,
}


@pytest.mark.parametrize(("line", "whether"), SALUTATIONS.items())
def test_a_salutation_says_whom_it_is_sent_to(line: str, whether: bool) -> None:
    assert is_salutation(line) is whether


def test_a_title_sheds_what_the_page_added() -> None:
    assert tidy("【关注】小店补贴申报指南-示例市人力资源和社会保障局网站") == "小店补贴申报指南"
    assert tidy("(转载)关于小店补贴的通知") == "关于小店补贴的通知"
    assert tidy("《示例市小店补贴办法》") == "示例市小店补贴办法"
