"""A follow-up that asks the same of another level of government."""

import pytest

from ceyin.assistant.understanding.levels import asked_instead
from tests.assistant.matching.town import policy

POLICIES = (
    policy("nation", "全国", "国家示例局关于示例毛线的意见"),
    policy("province", "江西省", "江西省示例毛线方案"),
    policy("city", "抚州市", "抚州市示例毛线方案"),
    policy("far", "四川省", "四川省示例毛线措施"),
)
MOVED = {
    "the province": ("那省里定的呢?", "抚州市的毛线定了几斤?", ("province",)),
    "the nation": ("国家层面呢?", "抚州市的毛线定了几斤?", ("nation",)),
    "the city": ("市里呢?", "江西省的毛线定了几斤?", ("city",)),
    "the province of somebody elsewhere": ("省里有没有这条?", "我在成都开毛线铺。", ()),
    "no level": ("那羊毛呢?", "抚州市的毛线定了几斤?", ()),
    "a level in passing": ("毛线要不要报省里?", "抚州市的毛线定了几斤?", ()),
}


@pytest.mark.parametrize(("said", "before", "meant"), MOVED.values(), ids=MOVED.keys())
def test_whose_policies_a_follow_up_means(said: str, before: str, meant: tuple[str, ...]) -> None:
    assert asked_instead(said, before, POLICIES) == meant
