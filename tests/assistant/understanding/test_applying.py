"""Who applies for a zone, what it was before and where it is built, as told in a message."""

from __future__ import annotations

from datetime import date

import pytest

from ceyin.assistant.rules.book import load_book
from ceyin.assistant.rules.values import Known
from ceyin.assistant.understanding.reading import read
from ceyin.assistant.understanding.saying import said_facts

BOOK = load_book()
BODY, PLACE, BEFORE = "申报主体类型", "建设载体", "原有身份"
TOLD = (
    ("园区里有一百家代理机构,由市政府来申报", BODY, "市级以上人民政府"),
    ("园区里有不少服务机构", BODY, None),
    ("我公司在高新区,我们园区想报", BODY, None),
    ("开代理所的,能自己报不", BODY, "企业"),
    ("我个人可以申请吗", BODY, "其他单位"),
    ("想把自己申报成国家知识产权服务业集聚发展示范区", BEFORE, None),
    ("我们大学能当集聚发展试验区吗", BEFORE, None),
    ("各方面一般,想直接上示范区", BEFORE, "其他集聚区"),
    ("以前是集聚发展示范区,条件一般,还能直接报示范区吗", BEFORE, "原集聚发展示范区"),
    ("市政府牵头,建在国家级经开区", PLACE, "省级以上产业园区"),
    ("国家级示范区建设经费给多少万", "所获称号", None),
    ("市级示范基地奖多少", "所获称号", None),
    ("我们是国家级示范", "所获称号", ("国家知识产权示范企业",)),
    ("园区是市级的", PLACE, "市级及以下园区"),
    ("建在镇上的园区", PLACE, "市级及以下园区"),
)


@pytest.mark.parametrize(("text", "key", "value"), TOLD)
def test_only_what_is_told_of_the_application_counts(text: str, key: str, value: str | None) -> None:
    fact = said_facts([read(text)], BOOK, date(2026, 11, 25)).get(key)
    assert (fact.value if isinstance(fact, Known) else None) == value
