"""Who applies where another side is named: the one who copied, was sued or sued is not the applicant."""

import pytest

from tests.assistant.understanding.test_saying import UNKNOWN, WHO, told

SIDES = [
    ("抄俺专利的厂子被我告赢了", UNKNOWN),
    ("我把隔壁那家公司告赢了", UNKNOWN),
    ("有家企业侵犯我的专利", UNKNOWN),
    ("我的商标被隔壁饭店冒用", UNKNOWN),
    ("跟一家外地公司打官司赢了", UNKNOWN),
    ("隔壁厂抄我的外观", UNKNOWN),
    ("没开公司,想申请", UNKNOWN),
    ("我们公司告赢了一个抄我们专利的个体户", "企业"),
    ("有家公司侵犯我们学校的专利", "高校"),
    ("我们厂被一家大学告侵权", "企业"),
    ("我们公司的专利被抄了", "企业"),
    ("就我一个人瞎琢磨的发明,把仿我的公司告赢了", "自然人"),
    ("我是退休工人,有家厂抄我的专利", "自然人"),
    ("我一个人开的公司,专利被抄了", "企业"),
    ("合作社自己办的公司想申请", "企业"),
    ("隔壁老李的厂有3件专利,他的厂能拿多少补贴?", "企业"),
]


@pytest.mark.parametrize(("text", "who"), SIDES)
def test_the_other_side_does_not_apply(text: str, who: str) -> None:
    assert told(text, key=WHO) == who


SUED = [
    ("一家公司把我告了说我侵权", False),
    ("我们厂被一家大学告侵权", False),
    ("我的外观被人仿了,我告了他", True),
    ("我们收到法院的传票,说我们侵权", False),
    ("请了律师去告那家厂", True),
    ("把仿冒的摊主告上了法庭", True),
    ("被同行告了,官司打赢了", False),
    ("发现仿品就向市场监管部门投诉了", True),
]


@pytest.mark.parametrize(("text", "ours"), SUED)
def test_who_is_sued_did_not_sue(text: str, ours: bool) -> None:
    assert told(text, key="是否主动维权") is ours


PARTNERS = [
    (("合伙开民宿", "开头就三个人,后来又拉进来四个"), 7),
    (("起初两个人合伙,后来又喊来三个战友,又退出一个",), 4),
    (("我们五个人合伙,走了两个,又来了一个",), 4),
    (("我们四个毕业生合伙开店,又招了两个服务员",), 4),
]


@pytest.mark.parametrize(("turns", "count"), PARTNERS)
def test_partners_who_come_and_go_are_counted(turns: tuple[str, ...], count: int) -> None:
    assert told(*turns, key="合伙人数") == count


HELD = [
    ("母公司是国家示范企业,我们子公司是省优势", ("江西省知识产权优势企业",)),
    ("我们跟省里的示范企业合作,自己是市优势企业", ("抚州市知识产权优势企业",)),
    ("准备明年申报国家示范企业,现在是市优势企业", ("抚州市知识产权优势企业",)),
    ("想申请国家示范企业的奖励", ("国家知识产权示范企业",)),
]


@pytest.mark.parametrize(("text", "titles"), HELD)
def test_honours_of_others_and_those_still_to_come_are_not_held(text: str, titles: tuple[str, ...]) -> None:
    assert told(text, key="所获称号") == titles


TAKEN = [
    (("被撤销了省示范企业称号,还能领多少",), "unknown"),
    (("省示范企业的牌子去年被取消了,还能领2万吗",), "unknown"),
    (("已经被摘了牌的市级示范企业还能领奖吗",), "unknown"),
    (("评上了省示范企业", "后来牌子被收回了,还能领吗"), "unknown"),
    (("省示范企业的牌子没被取消,能领吗",), ("江西省知识产权示范企业",)),
    (("评上省示范企业,奖金取消了吗",), ("江西省知识产权示范企业",)),
]


@pytest.mark.parametrize(("turns", "titles"), TAKEN)
def test_a_title_taken_away_is_not_held(turns: tuple[str, ...], titles: object) -> None:
    assert told(*turns, key="所获称号") == titles
