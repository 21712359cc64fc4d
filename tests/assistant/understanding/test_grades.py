"""Honours told by level and kind apart, in whatever words; where a firm only is, no honour is told."""

import pytest

from tests.assistant.understanding.test_saying import UNKNOWN, told

N, P, C = "国家知识产权{}企业", "江西省知识产权{}企业", "抚州市知识产权{}企业"
MODEL, STRONG = "示范", "优势"
TITLES = [
    ("我们评上了国家的示范企业和省里的优势企业", (N.format(MODEL), P.format(STRONG))),
    ("国家级和省级的知识产权示范企业我们都是", (N.format(MODEL), P.format(MODEL))),
    ("国家、省、市三级的优势企业牌子都有", (N.format(STRONG), P.format(STRONG), C.format(STRONG))),
    ("国家知识产权局认定的示范企业", (N.format(MODEL),)),
    ("评上了抚州市的知识产权优势企业", (C.format(STRONG),)),
    ("抚州给我们发了知识产权示范企业的牌子", (C.format(MODEL),)),
    ("市里发的优势企业牌子", (C.format(STRONG),)),
    ("我们厂是江西的知识产权优势企业", (P.format(STRONG),)),
    ("我们被省知识产权局评为优势企业", (P.format(STRONG),)),
    ("公司去年被撤销了省示范企业称号", UNKNOWN),
    ("从市级优势企业升到省级示范企业", (P.format(MODEL),)),
    ("抚州的示范企业有什么奖励", UNKNOWN),
    ("省里给优势企业奖多少", UNKNOWN),
    ("没评上国家的示范企业", UNKNOWN),
]


@pytest.mark.parametrize(("text", "titles"), TITLES)
def test_levels_and_kinds_make_titles(text: str, titles: object) -> None:
    assert told(text, key="所获称号") == titles


SITES = [
    ("馆里是省局认的那种信息服务网店", ("省级信息服务网点",)),
    ("我们在国知局备案成了信息公共服务网点", ("国家级信息服务网点",)),
    ("我们正在申报TISC", UNKNOWN),
]


@pytest.mark.parametrize(("text", "titles"), SITES)
def test_sites_and_centres_in_other_words(text: str, titles: object) -> None:
    assert told(text, key="所获称号") == titles
